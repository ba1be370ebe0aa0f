import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../time/shanghai.ts';
import { cancelDays, cancelFromDay } from './cancel-days.ts';
import { countDays, daysOf, rangesOf } from './day-ranges.ts';

const TODAY = '2026-03-10';
const covers = [
  { id: 'a', days: { from: '2026-03-08', to: '2026-03-13' }, ownFenPerDay: 40 },
  { id: 'b', days: { from: '2026-03-16', to: '2026-03-17' }, ownFenPerDay: 50 },
];
const cancel = (from: string, refundableFen = 10_000, cancelAheadDays = 1) =>
  cancelDays({ covers, from, today: TODAY, cancelAheadDays, refundableFen });

describe('cancelling', () => {
  it('cuts what is to come out of its range and owes the own share', () => {
    expect(cancel('2026-03-12')).toEqual({
      ok: true,
      changes: [
        { id: 'a', left: { from: '2026-03-08', to: '2026-03-11' } },
        { id: 'b', left: null },
      ],
      cancelledDays: 4,
      refundFen: 180,
      isEmptied: false,
    });
  });

  it('leaves ranges before it alone', () => {
    expect(cancel('2026-03-17')).toMatchObject({
      changes: [{ id: 'b', left: { from: '2026-03-16', to: '2026-03-16' } }],
      refundFen: 50,
    });
  });

  it('says when nothing is left at all', () => {
    const all = cancelDays({
      covers: [covers[1]!],
      from: '2026-03-11',
      today: TODAY,
      cancelAheadDays: 1,
      refundableFen: 100,
    });
    expect(all).toMatchObject({ isEmptied: true, cancelledDays: 2 });
  });

  it('refuses days that have begun or are too near, and days that are not covered', () => {
    expect(cancel('2026-03-10')).toEqual({ ok: false, fault: { code: 'too_late', earliest: '2026-03-11' } });
    expect(cancel('2026-03-12', 10_000, 3)).toEqual({ ok: false, fault: { code: 'too_late', earliest: '2026-03-13' } });
    expect(cancel('2026-03-18')).toEqual({ ok: false, fault: { code: 'nothing_to_cancel' } });
  });

  it('names the first day that can be cancelled', () => {
    const ranges = covers.map(({ days }) => days);
    expect(cancelFromDay(ranges, 1, TODAY)).toBe('2026-03-11');
    expect(cancelFromDay(ranges, 4, TODAY)).toBe('2026-03-16');
    expect(cancelFromDay(ranges, 8, TODAY)).toBeNull();
  });

  it('keeps every day before, none after, and never refunds more than was paid', () => {
    const day = fc.integer({ min: -5, max: 20 }).map((n) => addDays(TODAY, n));
    fc.assert(
      fc.property(
        fc.array(day, { minLength: 1 }),
        day,
        fc.nat(90),
        fc.nat(2000),
        (days, from, ownFenPerDay, paidFen) => {
          const owned = rangesOf(days).map((range, n) => ({ id: String(n), days: range, ownFenPerDay }));
          const answer = cancelDays({ covers: owned, from, today: TODAY, cancelAheadDays: 1, refundableFen: paidFen });
          const cut = [...new Set(days)].filter((one) => one >= from);
          expect(answer.ok).toBe(from > TODAY && cut.length > 0);
          if (!answer.ok) return;
          const changed = new Map(answer.changes.map(({ id, left }) => [id, left]));
          const left = owned.flatMap(({ id, days: range }) => (changed.has(id) ? (changed.get(id) ?? []) : range));
          expect(daysOf(left)).toEqual([...new Set(days)].filter((one) => one < from).sort());
          expect(answer.cancelledDays).toBe(cut.length);
          expect(countDays(left) + answer.cancelledDays).toBe(new Set(days).size);
          expect(answer.refundFen).toBe(Math.min(cut.length * ownFenPerDay, paidFen));
          expect(answer.isEmptied).toBe(left.length === 0);
        },
      ),
      { seed: 4 },
    );
  });
});
