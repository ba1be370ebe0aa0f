import type { Draft, Drafts } from './chinese-hours-drafts.ts';
import { type ChineseHoursNote, refuse } from './chinese-hours-reasons.ts';
import { datesOf, isByDate, isHoliday, said, weekdaysOf } from './chinese-hours-selectors.ts';
import {
  type Statement,
  compareAll,
  datesSet,
  dayless,
  daysOf,
  exceptionsLast,
  isAlways,
  mergeSame,
  sorted,
} from './chinese-hours-statements.ts';
import { EVERY_DAY, WEEKEND } from './chinese-weekdays.ts';
import type { OpeningHours, Rule } from './opening-rules.ts';

/** Orders statements so that the narrower ones come after those they except, holidays last. Throws `Refused`. */
export function rulesOf({ drafts, holidaysUsual }: Drafts, notes: ChineseHoursNote[]): OpeningHours {
  for (const { parts, spans, state, at } of drafts) {
    if (state === 'open' && !spans.length) refuse('times_missing', at || said(parts));
    const season = parts.find((part) => part.kind === 'season');
    if (season && !parts.some((part) => part.kind === 'dates' || part.kind === 'others')) {
      refuse('season_without_dates', season.at);
    }
  }
  const days = mergeSame(drafts.flatMap((draft) => dayStatement(draft, drafts)));
  if (!days.some(({ state }) => state === 'open')) {
    // 节假日9:00-17:00 alone says nothing of other days.
    const holidaysOnly = drafts.some(({ state, spans }) => state === 'open' && spans.length);
    const everyDay = days.some((one) => daysOf(one) === EVERY_DAY && !one.dates.length);
    refuse(holidaysOnly ? 'days_unclear' : everyDay ? 'closed_for_now' : 'times_missing', drafts[0]?.at ?? '');
  }
  compareAll(days, drafts);
  noteDays(days, notes);
  const holidays = holidayStatements(drafts, days, notes, holidaysUsual);
  const byState = [...days.filter(({ state }) => state === 'open'), ...days.filter(({ state }) => state !== 'open')];
  const ordered = exceptionsLast(byState);
  const rules = ordered.map((statement) => ruleOf(statement, false));
  for (const statement of holidays) {
    const last = ordered.at(-1)!;
    // 周末及节假日 9:00-17:00 stays one rule.
    const together = holidays.length === 1 && last.draft === statement.draft && last.weekdays && !last.dates.length;
    if (together) rules.at(-1)!.publicHoliday = true;
    else rules.push(ruleOf(statement, true));
  }
  return { rules };
}

function dayStatement(draft: Draft, drafts: Draft[]): Statement[] {
  const { parts, inherited, state } = draft;
  const all = [...parts, ...inherited.filter((part) => !isByDate(part) || !parts.some(isByDate))];
  const dates = datesOf(draft);
  let weekdays = weekdaysOf(all);
  const onHolidays = parts.some(
    (part) => part.kind === 'named_holiday' || (part.kind === 'days' && part.days.publicHoliday),
  );
  if (!weekdays && onHolidays) return [];
  const others = parts.find((part) => part.kind === 'others');
  if (others) {
    const dated = drafts.some((other) => other !== draft && datesOf(other).length);
    const named = drafts.reduce(
      (bits, other) => bits | (other === draft ? 0 : weekdaysOf([...other.parts, ...other.inherited])),
      0,
    );
    const byWeekday = named !== 0 && named !== EVERY_DAY;
    if (state === 'closed') return [];
    const alone = !dated && !named && !drafts.some((other) => other.parts.some(isHoliday));
    if (dates.length || (dated && byWeekday && !weekdays) || alone) refuse('days_unclear', others.at);
    if (!dated) weekdays = EVERY_DAY & ~named;
    if (!weekdays && !dated) refuse('contradiction', others.at);
  }
  return [{ draft, weekdays, dates, times: sorted(draft.spans, draft.at), state }];
}

function holidayStatements(
  drafts: Draft[],
  days: Statement[],
  notes: ChineseHoursNote[],
  holidaysUsual: boolean,
): Statement[] {
  const found: Statement[] = [];
  const named: Draft[] = [];
  for (const draft of drafts) {
    if (draft.parts.some((part) => part.kind === 'days' && part.days.publicHoliday)) {
      const one = holiday(draft, draft.state, draft.state === 'unknown' ? draft.at : undefined);
      if (!found.some((other) => sayTheSame(other, one))) found.push(one);
    } else if (draft.parts.some((part) => part.kind === 'named_holiday')) named.push(draft);
  }
  const clash = found.find((one, index) =>
    found.some((other, at) => at < index && [...datesSet(one.dates)].some((day) => datesSet(other.dates).has(day))),
  );
  if (clash) refuse('contradiction', clash.draft.at);
  const workdays = drafts
    .flatMap(({ parts }) => parts)
    .find((part) => part.kind === 'days' && part.days.officialWorkdays);
  if (holidaysUsual && (found.length || workdays)) refuse('contradiction', (found[0]?.draft ?? drafts[0]!).at);
  for (const draft of named) {
    const closes = draft.state === 'closed' && !found.some(({ state }) => state === 'open');
    if (!closes || found.some(({ dates }) => dates.length))
      refuse('named_holiday', draft.parts.map(({ at }) => at).join(''));
  }
  if (found.length) return found;
  if (named.length) {
    const comment = named.map(({ at }) => at).join('、');
    notes.push({ code: 'named_holiday', at: comment });
    // Which public holiday a day belongs to is not known, so all of them are in doubt.
    return [holiday(named[0]!, workdays ? 'closed' : 'unknown', workdays ? undefined : comment)];
  }
  if (!workdays) return [];
  const bare: Draft = { parts: [], inherited: [], spans: [], state: 'closed', at: workdays.at };
  if (!days.some((one) => one.state === 'open' && daysOf(one) & WEEKEND)) return [holiday(bare, 'closed')];
  notes.push({ code: 'holidays_not_stated', at: workdays.at });
  return [holiday(bare, 'unknown', '节假日未注明')];
}

function holiday(draft: Draft, state: Rule['state'], comment?: string): Statement {
  const times = sorted(draft.spans, draft.at);
  const words = comment?.replaceAll('"', '').slice(0, 40);
  return { draft, weekdays: 0, dates: datesOf(draft), times, state, ...(words !== undefined && { comment: words }) };
}

function sayTheSame(a: Statement, b: Statement): boolean {
  return JSON.stringify([a.dates, a.times, a.state]) === JSON.stringify([b.dates, b.times, b.state]);
}

function noteDays(days: Statement[], notes: ChineseHoursNote[]): void {
  const silent = days.find(
    (one) =>
      dayless(one) && one.state === 'open' && !isAlways(one) && !one.draft.parts.some((part) => part.kind === 'others'),
  );
  if (silent) notes.push({ code: 'days_not_stated', at: silent.draft.at });
}

function ruleOf(statement: Statement, publicHoliday: boolean): Rule {
  const { dates, state, comment } = statement;
  const always = !publicHoliday && isAlways(statement);
  const weekdays = always ? 0 : statement.weekdays;
  const times = always ? [] : statement.times;
  const rule: Rule = { joint: 'replace', dates, weekdays, nth: [], publicHoliday, times, state };
  return comment === undefined ? rule : { ...rule, comment };
}
