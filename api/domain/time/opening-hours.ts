import { type DayFacts, type Stretch, dayFacts, dayTimeline, ruleApplies } from './day-timeline.ts';
import type { DayKind, HolidayLookup } from './holidays.ts';
import type { DateRange, OpeningHours, OpeningState } from './opening-rules.ts';
import { MINUTES_PER_DAY, dayNumber, dayNumberAt, instantOfNumber, minuteOfDay } from './shanghai.ts';

/**
 * Whether a place is open at an instant, and what comes next. Instants are epoch milliseconds.
 *
 * open: `closesAt` known: closes then. `closesAt` null and `closesKnown`: does not close within `LOOK_AHEAD_DAYS`.
 * `closesKnown` false: open at least until `closesAt`, or, when that is null, until nobody knows.
 *
 * closed: `opensAt` and `opensKnown`: opens then. `opensAt` null: does not open within `LOOK_AHEAD_DAYS`.
 * `opensKnown` false: nothing certain is in sight, it may open from `opensAt`.
 *
 * unknown: nobody knows, which is neither open nor closed.
 *
 * `comment` is the rule's own words, such as "ring the bell". `holidayUnknown`: the hours follow the public holidays and
 * the answer rests on a day whose official arrangement is not published yet; it holds if that day is an ordinary one.
 */
export type Opening = (
  | { state: 'open'; closesAt: number | null; closesKnown: boolean }
  | { state: 'closed'; opensAt: number | null; opensKnown: boolean }
  | { state: 'unknown' }
) & { comment?: string; holidayUnknown?: true };

/** One line of a day's hours, in minutes after its midnight; `endMin` is past 1440 when it reaches into the next day. */
export type DaySpan = {
  startMin: number;
  endMin: number;
  state: OpeningState;
  comment?: string;
  /** It may go on beyond `endMin` (`09:00+`). */
  openEnd?: true;
};

/** How far ahead the next change is looked for: a year and a little, so that every season and holiday comes by once. */
export const LOOK_AHEAD_DAYS = 370;

/** Hours that name no dates or holidays repeat every week. */
const WEEKLY_LOOK_AHEAD_DAYS = 8;

/** Opening of a place at an instant; `hours` null when they are not known. */
export function openingAt(hours: OpeningHours | null, instantMs: number, calendar: HolidayLookup): Opening {
  if (!hours) return { state: 'unknown' };
  const days = new DayWalk(hours, dayNumberAt(instantMs), calendar);
  const minute = minuteOfDay(instantMs);
  const now = days.stretches().find((stretch) => stretch.startMin <= minute && minute < stretch.endMin);
  const opening = answer(days, now, minute);
  if (now?.comment !== undefined) opening.comment = now.comment;
  if (days.holidayUnknown) opening.holidayUnknown = true;
  return opening;
}

/**
 * `openingAt` for many places at one instant: each distinct hours object is worked out once, so callers that share
 * parsed hours between places pay for the few dozen different ones only.
 */
export function openingsAt(instantMs: number, calendar: HolidayLookup): (hours: OpeningHours | null) => Opening {
  const known = new Map<OpeningHours | null, Opening>();
  return (hours) => {
    let opening = known.get(hours);
    if (!opening) known.set(hours, (opening = openingAt(hours, instantMs, calendar)));
    return opening;
  };
}

/**
 * The hours that begin on a day ('YYYY-MM-DD'), sorted, for today's line and the week's table. Empty: closed all day.
 * A `closed` span appears only with a comment that says why. For hours not known (null) ask nothing here.
 */
export function daySpans(hours: OpeningHours, day: string, calendar: HolidayLookup): DaySpan[] {
  const followed = followsHolidays(hours) ? calendar : null;
  const number = dayNumber(day);
  const spans: DaySpan[] = [];
  for (const stretch of dayTimeline(hours, dayFacts(number - 1, followed), dayFacts(number, followed))) {
    const { startMin, endMin, state, comment } = stretch;
    if (stretch.fromYesterday || (state === 'closed' && comment === undefined)) continue;
    const last = spans.at(-1);
    if (last && last.endMin === startMin && last.state === state && last.comment === comment) {
      last.endMin = endMin;
      delete last.openEnd;
    } else spans.push({ startMin, endMin, state, ...(comment !== undefined && { comment }) });
    if (stretch.openEnd) spans.at(-1)!.openEnd = true;
  }
  return spans;
}

/** Whether a day's hours rest on an official holiday arrangement that is not published yet. */
export function holidayUnknownOn(hours: OpeningHours, day: string, calendar: HolidayLookup): boolean {
  const days = new DayWalk(hours, dayNumber(day), calendar);
  days.stretches();
  return days.holidayUnknown;
}

/**
 * The same hours for a service that runs only in a season (`parseSeason`): nothing begins on the days outside it.
 * Hours not known stay not known within the season, and are closed outside it.
 */
export function withinSeason(hours: OpeningHours | null, season: DateRange[]): OpeningHours {
  return { rules: hours?.rules ?? UNKNOWN_HOURS.rules, season };
}

const UNKNOWN_HOURS: OpeningHours = {
  rules: [{ joint: 'replace', dates: [], weekdays: 0, nth: [], publicHoliday: false, times: [], state: 'unknown' }],
};

function answer(days: DayWalk, now: Stretch | undefined, minute: number): Opening {
  if (now?.state === 'open') return untilClosed(days, now);
  if (now?.state === 'unknown') return { state: 'unknown' };
  return untilOpen(days, minute);
}

function untilClosed(days: DayWalk, now: Stretch): Opening {
  let { endMin, openEnd } = now;
  for (;;) {
    // What ends at midnight, or runs past it, goes on with what the next day has in its first minute.
    if (endMin >= MINUTES_PER_DAY) {
      if (!days.next()) return { state: 'open', closesAt: null, closesKnown: true };
      openEnd &&= endMin === MINUTES_PER_DAY;
      endMin = 0;
    }
    const following = days.stretches().find((stretch) => stretch.startMin <= endMin && endMin < stretch.endMin);
    if (following?.state !== 'open') {
      if (openEnd) return { state: 'open', closesAt: null, closesKnown: false };
      return { state: 'open', closesAt: days.instant(endMin), closesKnown: following?.state !== 'unknown' };
    }
    ({ endMin, openEnd } = following);
  }
}

function untilOpen(days: DayWalk, minute: number): Opening {
  let perhapsAt: number | null = null;
  let from = minute;
  do {
    for (const stretch of days.stretches()) {
      if (stretch.startMin < from || stretch.startMin >= MINUTES_PER_DAY || stretch.state === 'closed') continue;
      const opensAt = days.instant(stretch.startMin);
      if (stretch.state === 'open') return { state: 'closed', opensAt, opensKnown: true };
      perhapsAt ??= opensAt;
    }
    from = 0;
  } while (days.next());
  return { state: 'closed', opensAt: perhapsAt, opensKnown: perhapsAt === null };
}

/** The days from a first one onward, and whether an unpublished holiday arrangement matters on those visited. */
class DayWalk {
  holidayUnknown = false;
  private readonly hours: OpeningHours;
  private readonly calendar: HolidayLookup | null;
  private yesterday: DayFacts;
  private today: DayFacts;
  private daysLeft: number;
  private timeline: Stretch[] | null = null;

  constructor(hours: OpeningHours, firstDay: number, calendar: HolidayLookup) {
    this.hours = hours;
    this.calendar = followsHolidays(hours) ? calendar : null;
    this.yesterday = dayFacts(firstDay - 1, this.calendar);
    this.today = dayFacts(firstDay, this.calendar);
    this.daysLeft = this.calendar || namesDates(hours) ? LOOK_AHEAD_DAYS : WEEKLY_LOOK_AHEAD_DAYS;
  }

  next(): boolean {
    if (this.daysLeft-- === 0) return false;
    this.yesterday = this.today;
    this.today = dayFacts(this.today.number + 1, this.calendar);
    this.timeline = null;
    return true;
  }

  stretches(): Stretch[] {
    if (!this.timeline) {
      this.timeline = dayTimeline(this.hours, this.yesterday, this.today);
      this.holidayUnknown ||= this.holidayMatters(this.timeline);
    }
    return this.timeline;
  }

  instant(minute: number): number {
    return instantOfNumber(this.today.number, minute);
  }

  /** Would today look otherwise if it, or the night before, turned out to be a holiday or a make-up workday? */
  private holidayMatters(timeline: Stretch[]): boolean {
    const { hours, yesterday, today } = this;
    const otherDays = (day: DayFacts) =>
      possibleKinds(day)
        .map((kind) => ({ ...day, kind }))
        // Most often every rule applies as before, as in `Mo-Su,PH 09:00-17:00`, and nothing needs to be laid out.
        .filter((other) => hours.rules.some((rule) => ruleApplies(rule, other) !== ruleApplies(rule, day)));
    return (
      otherDays(yesterday).some((other) => differ(timeline, dayTimeline(hours, other, today))) ||
      otherDays(today).some((other) => differ(timeline, dayTimeline(hours, yesterday, other)))
    );
  }
}

/** What a day may turn out to be when the arrangement of its year is published. */
function possibleKinds({ kind, weekday }: DayFacts): DayKind[] {
  if (kind !== 'not_known') return [];
  return weekday < 5 ? ['holiday'] : ['holiday', 'makeup_workday'];
}

/** Whether two timelines say different things between minute 0 and 1440. */
function differ(a: Stretch[], b: Stretch[]): boolean {
  return JSON.stringify(a.flatMap(visible)) !== JSON.stringify(b.flatMap(visible));
}

function visible({ startMin, endMin, state, comment, openEnd }: Stretch): unknown[] {
  if (endMin <= 0 || startMin >= MINUTES_PER_DAY || (state === 'closed' && comment === undefined)) return [];
  return [Math.max(startMin, 0), Math.min(endMin, MINUTES_PER_DAY), state, comment, openEnd];
}

/** Only hours that mention public holidays follow the official calendar, make-up workdays included. */
function followsHolidays(hours: OpeningHours): boolean {
  return hours.rules.some((rule) => rule.publicHoliday);
}

function namesDates(hours: OpeningHours): boolean {
  return Boolean(hours.season) || hours.rules.some((rule) => rule.dates.length || rule.nth.length);
}
