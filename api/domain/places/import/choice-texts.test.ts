import { describe, expect, it } from 'vitest';
import { readAccess, readPrice, readServices, readStatus } from './choice-texts.ts';

describe('closed lists in words', () => {
  it.each([
    ['免费', 'free'],
    ['不收费', 'free'],
    ['餐费8折', 'discount'],
    ['10元/份', 'paid'],
    ['收费', 'paid'],
    ['Free', 'free'],
    ['看情况', null],
  ])('price: %s is %s', (text, price) => expect(readPrice(text)).toBe(price));

  it.each([
    ['对外开放', 'open'],
    ['不对外开放', 'staff'],
    ['扫码进入', 'code'],
    ['前台登记', 'ask'],
    ['仅限内部职工', 'staff'],
    ['happy', null],
    ['', null],
  ])('access: %s is %s', (text, access) => expect(readAccess(text)).toBe(access));

  it.each([
    ['正常开放', 'open'],
    ['暂停开放', 'closed_for_now'],
    ['装修中', 'closed_for_now'],
    ['已撤销', 'closed_for_good'],
    ['建设中', 'planned'],
    ['closed for now', 'closed_for_now'],
    ['？', null],
  ])('status: %s is %s', (text, status) => expect(readStatus(text)).toBe(status));

  it('services: in the order of the text, with what is not known', () => {
    expect(readServices('休息、饮水、下棋；益鹭保理赔')).toEqual({
      services: ['rest', 'water', 'insurance_office'],
      unknown: ['下棋'],
    });
    expect(readServices('rest, free meal')).toEqual({ services: ['rest', 'free_meal'], unknown: [] });
    expect(readServices('')).toEqual({ services: [], unknown: [] });
  });
});
