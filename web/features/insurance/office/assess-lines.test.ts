import { expect, test } from 'vitest';
import { emptyLine, readLine, readLines, type TypedLine, typedLines } from './assess-lines.ts';

const medical = (change: Partial<TypedLine>) => ({ ...emptyLine('a', 'medical'), ...change });

test('what is typed becomes what the API takes', () => {
  expect(readLine(medical({ cost: '1,200.5', notCovered: '' }))).toEqual({
    id: 'a',
    kind: 'medical',
    costFen: 120_050,
    notCoveredFen: 0,
  });
  expect(readLine({ ...emptyLine('b', 'hospital'), stays: '3，5、 12' })).toEqual({
    id: 'b',
    kind: 'hospital',
    stays: [3, 5, 12],
  });
  expect(readLine({ ...emptyLine('c', 'disability'), grade: 9 })).toEqual({ id: 'c', kind: 'disability', grade: 9 });
  expect(readLine(emptyLine('d', 'death'))).toEqual({ id: 'd', kind: 'death' });
});

test.each([
  ['cost', medical({ cost: '' })],
  ['cost', medical({ cost: '-3' })],
  ['notCovered', medical({ cost: '3', notCovered: 'x' })],
  ['tooMuch', medical({ cost: '3', notCovered: '3.01' })],
  ['stays', { ...emptyLine('b', 'hospital'), stays: '' }],
  ['stays', { ...emptyLine('b', 'hospital'), stays: '1.5' }],
  ['stays', { ...emptyLine('b', 'hospital'), stays: '0' }],
] as const)('%s is said to be wrong', (fault, line) => {
  expect(readLine(line)).toBe(fault);
  expect(readLines([emptyLine('d', 'death'), line])).toBeNull();
});

test('it begins with what was assessed before, else with what is claimed', () => {
  const line = {
    id: 'a',
    kind: 'medical',
    claimedFen: 300_000,
    assessedFen: null,
    approvedFen: null,
    paidFen: null,
  } as const;
  expect(typedLines([{ ...line, steps: [] }])[0]).toMatchObject({ cost: '3000', notCovered: '' });
  const step = { clause: null, certainty: null, params: {} };
  const steps = [
    { ...step, code: 'cost', amountFen: 250_050 },
    { ...step, code: 'not_covered', amountFen: -10_000 },
  ];
  expect(typedLines([{ ...line, steps }])[0]).toMatchObject({ cost: '2500.50', notCovered: '100' });
  const stays = [{ ...step, code: 'days', amountFen: 18_000, params: { days: 3, fenPerDay: 6000 } }];
  expect(typedLines([{ ...line, kind: 'hospital', steps: stays }])[0]).toMatchObject({ stays: '3', cost: '' });
});
