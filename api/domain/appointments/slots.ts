import { dayKind, type HolidayLookup } from '../time/holidays.ts';
import { dateOf, dayFromNumber, dayNumber, dayNumberAt, instantOfNumber, weekdayOf } from '../time/shanghai.ts';

/** Minutes since midnight in Xiamen, the end not included. */
export type MinuteSpan = { fromMin: number; toMin: number };
/** One stretch of work on a weekday (Monday = 0). */
export type WeekWindow = MinuteSpan & { weekday: number };

/** What a service does on public holidays and on make-up workdays: shut and work, or go by the week as ever. */
export const HOLIDAY_RULES = ['closed', 'as_usual'] as const;
export type HolidayRule = (typeof HOLIDAY_RULES)[number];

/** When and to how many a service is given at one place. */
export type Schedule = {
  week: readonly WeekWindow[];
  /** Taken out of every day. */
  breaks: readonly MinuteSpan[];
  holidays: HolidayRule;
  /** Days that differ from the week, by day: no spans, closed. They win over week, breaks and holidays. */
  exceptions: ReadonlyMap<string, readonly MinuteSpan[]>;
  slotMin: number;
  /** Between two slots of one counter. */
  bufferMin: number;
  /** A slot is given no later than this before it begins. */
  leadMin: number;
  horizonDays: number;
  counters: number;
  /** Seats at one counter in one slot. */
  capacity: number;
};

/** A seat that is taken. Counters and seats count from 1. */
export type TakenSeat = { counter: number; seat: number; startMs: number; endMs: number };
export type Seat = { counter: number; seat: number };
export type Slot = { startMs: number; endMs: number };
export type FreeSlot = Slot & { free: number };

/** The open spans of a day, ascending, merged, without breaks. */
export function openSpans(schedule: Schedule, holidays: HolidayLookup, number: number): MinuteSpan[] {
  const exception = schedule.exceptions.get(dayFromNumber(number));
  if (exception) return merge(exception);
  const kind = dayKind(holidays, number, dateOf(number).year);
  if (kind === 'holiday' && schedule.holidays === 'closed') return [];
  // A Saturday or Sunday that is worked in exchange for a bridging day is worked like a Monday.
  const weekday = kind === 'makeup_workday' && schedule.holidays === 'closed' ? 0 : weekdayOf(number);
  const windows = merge(schedule.week.filter((window) => window.weekday === weekday));
  return schedule.breaks.reduce(without, windows);
}

/** Every slot of a day, ascending and never overlapping, whether free or not. */
export function slotsOfDay(schedule: Schedule, holidays: HolidayLookup, number: number): Slot[] {
  const { slotMin, bufferMin } = schedule;
  return openSpans(schedule, holidays, number).flatMap(({ fromMin, toMin }) => {
    const slots: Slot[] = [];
    for (let at = fromMin; at + slotMin <= toMin; at += slotMin + bufferMin) {
      slots.push({ startMs: instantOfNumber(number, at), endMs: instantOfNumber(number, at + slotMin) });
    }
    return slots;
  });
}

/** Whether a slot may still be given: not before the lead time, not beyond the horizon. */
export function isBookable({ leadMin, horizonDays }: Schedule, { startMs }: Slot, nowMs: number): boolean {
  return startMs >= nowMs + leadMin * 60_000 && dayNumberAt(startMs) <= dayNumberAt(nowMs) + horizonDays;
}

/** The slot that begins then, if the plan has one that may still be given. */
export function findSlot(
  schedule: Schedule,
  holidays: HolidayLookup,
  startMs: number,
  nowMs: number,
): Slot | undefined {
  return slotsOfDay(schedule, holidays, dayNumberAt(startMs)).find(
    (slot) => slot.startMs === startMs && isBookable(schedule, slot, nowMs),
  );
}

/** The seats that nobody has in a slot, the first counter first. Also what an older plan gave out counts as taken. */
export function freeSeats(
  { counters, capacity, bufferMin }: Schedule,
  slot: Slot,
  taken: readonly TakenSeat[],
): Seat[] {
  const held = heldSeats({ bufferMin }, slot, taken);
  const seats: Seat[] = [];
  for (let seat = 1; seat <= capacity; seat++) {
    for (let counter = 1; counter <= counters; counter++) {
      if (!held.has(`${counter}/${seat}`)) seats.push({ counter, seat });
    }
  }
  return seats;
}

function heldSeats({ bufferMin }: Pick<Schedule, 'bufferMin'>, slot: Slot, taken: readonly TakenSeat[]): Set<string> {
  const bufferMs = bufferMin * 60_000;
  return new Set(
    taken
      .filter(({ startMs, endMs }) => startMs < slot.endMs + bufferMs && slot.startMs < endMs + bufferMs)
      .map(({ counter, seat }) => `${counter}/${seat}`),
  );
}

/** As many as `freeSeats` names, without naming them: a month of a large hall has a million. */
function countFree(schedule: Schedule, slot: Slot, taken: readonly TakenSeat[]): number {
  const { counters, capacity } = schedule;
  const here = taken.filter(({ counter, seat }) => counter <= counters && seat <= capacity);
  return counters * capacity - heldSeats(schedule, slot, here).size;
}

/**
 * The slots from one day to another (both included) that may still be given, ascending, each with how many seats are
 * free; at most `limit` with a free seat when given.
 */
export function freeSlots(
  schedule: Schedule,
  holidays: HolidayLookup,
  {
    fromDay,
    toDay,
    nowMs,
    taken,
    limit = Infinity,
  }: { fromDay: string; toDay: string; nowMs: number; taken: readonly TakenSeat[]; limit?: number },
): FreeSlot[] {
  const today = dayNumberAt(nowMs);
  const last = Math.min(dayNumber(toDay), today + schedule.horizonDays);
  const byDay = new Map<number, TakenSeat[]>();
  for (const one of taken) {
    for (let day = dayNumberAt(one.startMs) - 1; day <= dayNumberAt(one.endMs) + 1; day++) {
      const known = byDay.get(day);
      if (known) known.push(one);
      else byDay.set(day, [one]);
    }
  }
  const found: FreeSlot[] = [];
  let free = 0;
  for (let day = Math.max(dayNumber(fromDay), today); day <= last && free < limit; day++) {
    for (const slot of slotsOfDay(schedule, holidays, day)) {
      if (!isBookable(schedule, slot, nowMs)) continue;
      const seats = countFree(schedule, slot, byDay.get(day) ?? []);
      found.push({ ...slot, free: seats });
      if (seats > 0 && ++free >= limit) break;
    }
  }
  return found;
}

function merge(spans: readonly MinuteSpan[]): MinuteSpan[] {
  const merged: MinuteSpan[] = [];
  for (const { fromMin, toMin } of [...spans].sort((a, b) => a.fromMin - b.fromMin)) {
    if (toMin <= fromMin) continue;
    const last = merged.at(-1);
    if (last && fromMin <= last.toMin) last.toMin = Math.max(last.toMin, toMin);
    else merged.push({ fromMin, toMin });
  }
  return merged;
}

function without(spans: MinuteSpan[], pause: MinuteSpan): MinuteSpan[] {
  if (pause.toMin <= pause.fromMin) return spans;
  return spans
    .flatMap(({ fromMin, toMin }) => [
      { fromMin, toMin: Math.min(toMin, pause.fromMin) },
      { fromMin: Math.max(fromMin, pause.toMin), toMin },
    ])
    .filter(({ fromMin, toMin }) => fromMin < toMin);
}
