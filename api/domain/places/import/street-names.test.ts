import { describe, expect, it } from 'vitest';
import streets from '../../../../seed/reference/streets.json' with { type: 'json' };
import { createJurisdictionNames } from './street-names.ts';

const DISTRICTS = ['思明区', '海沧区', '湖里区', '集美区', '同安区', '翔安区'].map((name, i) => ({
  code: `3502${['03', '05', '06', '11', '12', '13'][i]}`,
  name,
}));
const names = createJurisdictionNames(streets, DISTRICTS);

describe('names of streets and districts', () => {
  it.each([
    ['金山街道', '350206005'],
    ['金山', '350206005'],
    ['金山街道办事处', '350206005'],
    ['湖里区金山街道', '350206005'],
    ['福建省厦门市湖里区金山街道', '350206005'],
    ['350206005', '350206005'],
    ['350206005000', '350206005'],
    ['后溪镇', '350211103'],
    ['湖里街道', '350206001'],
    ['厦港', '350203001'],
    ['金　山 街道', '350206005'],
  ])('%s is %s', (text, code) => expect(names.findStreet(text, null)?.code).toBe(code));

  it('every street is found by its own name, alone and behind its district', () => {
    for (const { code, name, districtCode } of streets) {
      const district = DISTRICTS.find((d) => d.code === districtCode)!.name;
      expect(names.findStreet(name, null)?.code).toBe(code);
      expect(names.findStreet(district + name, null)?.code).toBe(code);
    }
  });

  it.each([
    ['思明', '350203'],
    ['厦门市思明区', '350203'],
    ['350203', '350203'],
    ['海淀区', null],
  ])('district %s is %s', (text, code) => expect(names.findDistrict(text)).toBe(code));

  it('suggest what is spelt nearly so, of the stated district first', () => {
    expect(names.findStreet('筼当街道', null)).toBeNull();
    expect(names.suggestStreets('筼当街道', null).map(({ name }) => name)).toEqual(['筼筜街道']);
    expect(names.suggestStreets('金三街道', '350213').map(({ name }) => name)).toEqual(['金海街道', '金山街道']);
    expect(names.suggestStreets('中关村', null)).toEqual([]);
    expect(names.suggestStreets('', null)).toEqual([]);
  });
});
