import { expect, test } from 'vitest';
import { changedSource, checkedSource, readFactSource } from './fact-source.ts';
import { VERIFICATION_METHODS } from './office.ts';

test.each(VERIFICATION_METHODS)('who checked a fact (%s) is read back', (how) => {
  for (const who of ['嘉莲街道', '厦门（岛内）总工会']) {
    expect(readFactSource(checkedSource(who, how))).toEqual({ who, how });
  }
});

test('who changed a fact is read back without the day', () => {
  expect(readFactSource(changedSource('嘉莲街道', '2026-03-10'))).toEqual({ who: '嘉莲街道', how: 'changed' });
});

test.each(['公开报道（2019-06-04）', '演示数据', '（现场核实）', '现场核实'])(
  'another source stands as it is: %s',
  (who) => expect(readFactSource(who)).toEqual({ who, how: null }),
);
