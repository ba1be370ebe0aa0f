import { expect, test } from 'vitest';
import { counterBody, missingAtCounter, newCounterClaim } from './counter-claim.ts';

const NOW_MS = Date.parse('2026-03-10T12:00:00+08:00');
const blank = newCounterClaim(NOW_MS);

test('a blank form says all that is missing, the office last', () => {
  expect(missingAtCounter(blank, NOW_MS)).toEqual([
    'when',
    'what',
    'name',
    'idNumber',
    'consentIdentity',
    'consentMedical',
    'office',
  ]);
});

test('a full one is sent for the person at the counter, without what was left empty', () => {
  const draft = {
    ...blank,
    happenedAt: '2026-03-09T19:30',
    whatHappened: ' 摔倒 ',
    witnesses: [
      { id: 'w', name: '', phone: ' ' },
      { id: 'x', name: '李', phone: '' },
    ],
    lines: [{ id: 'l', kind: 'medical' as const, yuan: '', invoiceNumber: '' }],
    receivingSiteId: 'office-1',
    name: '陈小鹭',
    idNumber: '11010519491231002x',
    consent: { identity: true, medical: true },
  };
  expect(missingAtCounter(draft, NOW_MS)).toEqual([]);
  expect(counterBody(draft)).toMatchObject({
    onBehalf: true,
    channel: 'counter',
    happenedAt: '2026-03-09T11:30:00.000Z',
    account: { whatHappened: '摔倒', witnesses: [{ name: '李', phone: '' }] },
    lines: [],
    receivingSiteId: 'office-1',
    idNumber: '11010519491231002X',
  });
});
