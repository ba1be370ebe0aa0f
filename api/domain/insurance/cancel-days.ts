import { addDays } from '../time/shanghai.ts';
import { countDays, type Days, splitAt } from './day-ranges.ts';

export type CancellableCover = { id: string; days: Days; ownFenPerDay: number };

export type Cancellation =
  | {
      ok: true;
      /** What becomes of each cover that changes; null: nothing of it is left. */
      changes: { id: string; left: Days | null }[];
      cancelledDays: number;
      refundFen: number;
      isEmptied: boolean;
    }
  | { ok: false; fault: { code: 'too_late'; earliest: string } | { code: 'nothing_to_cancel' } };

/** The first day that can still be cancelled on the day `today`. */
function earliestCancel(cancelAheadDays: number, today: string): string {
  return addDays(today, cancelAheadDays);
}

/** The first covered day that can still be cancelled; null when there is none. */
export function cancelFromDay(ranges: readonly Days[], cancelAheadDays: number, today: string): string | null {
  const earliest = earliestCancel(cancelAheadDays, today);
  const left = ranges.flatMap((range) => splitAt(range, earliest).after ?? []);
  return left.reduce<string | null>((first, { from }) => (first === null || from < first ? from : first), null);
}

/**
 * What cancelling every covered day from `from` on does. The refund is the own share of those days, and never more than
 * `refundableFen`, what was paid and is not refunded yet.
 */
export function cancelDays({
  covers,
  from,
  today,
  cancelAheadDays,
  refundableFen,
}: {
  covers: readonly CancellableCover[];
  from: string;
  today: string;
  cancelAheadDays: number;
  refundableFen: number;
}): Cancellation {
  const earliest = earliestCancel(cancelAheadDays, today);
  if (from < earliest) return { ok: false, fault: { code: 'too_late', earliest } };
  const cuts = covers.flatMap(({ id, days, ownFenPerDay }) => {
    const { before, after } = splitAt(days, from);
    return after ? [{ id, left: before, cut: countDays([after]), ownFenPerDay }] : [];
  });
  if (cuts.length === 0) return { ok: false, fault: { code: 'nothing_to_cancel' } };
  const ownFen = cuts.reduce((sum, { cut, ownFenPerDay }) => sum + cut * ownFenPerDay, 0);
  return {
    ok: true,
    changes: cuts.map(({ id, left }) => ({ id, left })),
    cancelledDays: cuts.reduce((sum, { cut }) => sum + cut, 0),
    refundFen: Math.min(ownFen, refundableFen),
    isEmptied: cuts.length === covers.length && cuts.every(({ left }) => left === null),
  };
}
