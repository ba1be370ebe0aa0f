import { expect, test } from 'vitest';
import { localInput, newDraft } from '../../client/claim-drafts.ts';
import { isKnownCovered, missingOf } from './draft-checks.ts';

const NOW = Date.parse('2026-03-10T14:30:00+08:00');
const whole = {
  ...newDraft({ channel: 'me' }, NOW),
  whatHappened: '右转时被撞',
  name: '陈小明',
  idNumber: '11010519491231002X',
  consent: { identity: true, medical: true },
};

test('a new draft is about now, in the time of Xiamen', () => {
  expect(whole.happenedAt).toBe('2026-03-10T14:30');
  expect(localInput(Date.parse('2026-03-09T16:05:00Z'))).toBe('2026-03-10T00:05');
});

test('a few words, who it is and the consents are enough', () => {
  expect(missingOf(whole, NOW, false)).toEqual([]);
  expect(missingOf({ ...whole, name: '', idNumber: '' }, NOW, true)).toEqual([]);
});

test.each([
  [{ happenedAt: '' }, ['when']],
  [{ happenedAt: '2026-03-10T15:30' }, ['future']],
  [{ happenedAt: '2020-03-10T15:30' }, ['tooOld']],
  [{ whatHappened: ' ' }, ['what']],
  [{ lines: [{ id: 'x', kind: 'medical', yuan: '一百', invoiceNumber: '' }] }, ['lines']],
  [{ lines: [{ id: 'x', kind: 'medical', yuan: '', invoiceNumber: '' }] }, []],
  [{ name: '', idNumber: '110105194912310021' }, ['name', 'idNumber']],
  [{ consent: { identity: false, medical: false } }, ['consentIdentity', 'consentMedical']],
] as const)('%j lacks %j', (change, missing) => {
  expect(missingOf({ ...whole, ...(change as object) }, NOW, false)).toEqual(missing);
});

test('a day is covered only by what is paid, and nothing is claimed where nothing is known', () => {
  const range = { by: null, code: 'x' };
  const known = [
    { from: '2026-03-10', to: '2026-03-11', held: false, ...range },
    { from: '2026-03-12', to: '2026-03-12', held: true, ...range },
  ];
  expect(isKnownCovered('2026-03-11', known)).toBe(true);
  expect(isKnownCovered('2026-03-12', known)).toBe(false);
  expect(isKnownCovered('2026-03-11', null)).toBeNull();
});
