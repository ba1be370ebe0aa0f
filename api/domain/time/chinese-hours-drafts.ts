import { type ChineseHoursNote, refuse } from './chinese-hours-reasons.ts';
import { daysFirst } from './chinese-hours-order.ts';
import { type Item, type SelectorItem, isSelector } from './chinese-hours-reader.ts';
import { closedBy, lastRun } from './chinese-hours-runs.ts';
import { isByDate, isHoliday, isWide, said } from './chinese-hours-selectors.ts';
import { EVERY_DAY } from './chinese-weekdays.ts';
import type { TimeSpan } from './opening-rules.ts';

/** A statement of the text: what holds on which days. */
export type Draft = {
  /** The words that say for which days; none means any day. */
  parts: SelectorItem[];
  /** Kept from the statement before: in 夏季(5月-9月)周一至周五…，周六… the dates are said once. */
  inherited: SelectorItem[];
  spans: TimeSpan[];
  state: 'open' | 'closed' | 'unknown';
  at: string;
};

export type Drafts = {
  drafts: Draft[];
  /** Whether holidays are said to be as any other day. */
  holidaysUsual: boolean;
};

/** Joins the pieces of a text to statements. Throws `Refused`. */
export function draftStatements(items: Item[], notes: ChineseHoursNote[]): Drafts {
  const drafting = new Drafting(notes);
  const ordered = daysFirst(items);
  ordered.forEach((item, index) => drafting.take(item, ordered[index - 1], ordered[index + 1]));
  return drafting.finish();
}

class Drafting {
  private readonly notes: ChineseHoursNote[];
  private readonly drafts: Draft[] = [];
  private current = emptyDraft();
  private readonly breaks: { span: TimeSpan; at: string; drafts: Draft[] }[] = [];
  private lastSpan: TimeSpan | null = null;
  private breakAt: string | null = null;
  /** The number of parts before 除. */
  private exceptFrom: number | null = null;
  private holidaysUsual = false;

  constructor(notes: ChineseHoursNote[]) {
    this.notes = notes;
  }

  take(item: Item, previous: Item | undefined, next: Item | undefined): void {
    if (this.breakAt !== null && item.kind !== 'span') refuse('break_without_times', this.breakAt);
    if (isSelector(item)) return this.select(item);
    if (this.exceptFrom !== null && item.kind !== 'off' && item.kind !== 'except_after') this.closeExcepted(item);
    switch (item.kind) {
      case 'span':
        return this.addSpan(item);
      case 'off':
      case 'except_after':
        if (this.exceptFrom !== null) return this.closeExcepted(item);
        if (this.hasFreshParts()) return this.close(item, next);
        return this.takeBreak(item, previous, next);
      case 'except_before':
        if (this.isComplete()) this.begin([]);
        this.exceptFrom = this.current.parts.length;
        return;
      case 'break':
        return this.takeBreak(item, previous, next);
      case 'usual':
        return this.keepUsual(item, next);
      case 'holidays_included':
        this.holidaysUsual = true;
        return;
      case 'vague':
        return this.takeVague(item);
      case 'stop':
        return;
    }
  }

  finish(): Drafts {
    if (this.breakAt !== null) refuse('break_without_times', this.breakAt);
    if (this.exceptFrom !== null) this.closeExcepted();
    const { current, drafts } = this;
    if (this.isComplete()) drafts.push(current);
    else if (current.parts.length) {
      const at = said(current.parts);
      refuse(current.parts.some((part) => part.kind === 'season') ? 'season_without_dates' : 'times_missing', at);
    }
    for (const { span, at, drafts: within } of this.breaks) {
      for (const draft of within.length ? within : drafts) {
        if (!draft.spans.length || draft.state !== 'open') continue;
        draft.spans = draft.spans.flatMap((open) => without(open, span));
        if (!draft.spans.length) refuse('contradiction', at);
      }
    }
    return { drafts, holidaysUsual: this.holidaysUsual };
  }

  private isComplete(): boolean {
    return this.current.spans.length > 0 || this.current.state !== 'open';
  }

  private hasFreshParts(): boolean {
    return this.current.parts.length > 0 && !this.isComplete();
  }

  private begin(inherited: SelectorItem[]): void {
    const { current } = this;
    if (this.isComplete()) this.drafts.push(current);
    this.current = emptyDraft();
    this.current.inherited = inherited;
    this.lastSpan = null;
  }

  private select(item: SelectorItem): void {
    if (this.isComplete()) this.begin(this.inheritedBy(item));
    this.current.parts.push(item);
  }

  /** Days said inside dates, or dates inside days, change while the outer ones hold on. */
  private inheritedBy(item: SelectorItem): SelectorItem[] {
    if (isHoliday(item)) return [];
    const all = [...this.current.inherited, ...this.current.parts];
    const byDate = isByDate(item);
    const outer = all.filter((part) => isByDate(part) !== byDate && !isHoliday(part));
    const inner = all.findIndex((part) => isByDate(part) === byDate);
    return inner > 0 && outer.length && all.indexOf(outer[0]!) < inner ? outer : [];
  }

  private addSpan(item: Item & { kind: 'span' }): void {
    if (this.breakAt !== null) {
      const { current } = this;
      this.breaks.push({
        span: item.span,
        at: this.breakAt,
        drafts: [...this.drafts, ...(current.spans.length ? [current] : [])],
      });
      this.breakAt = null;
      return;
    }
    if (this.current.state !== 'open') {
      // 周日休息，8:00-18:00: the times are for the other days.
      if (this.drafts.some((draft) => draft.state === 'open') || this.current.parts.some(isByDate)) {
        refuse('days_unclear', item.at);
      }
      this.begin([]);
    }
    if (this.lastSpan && !item.clear && item.span.startMin < this.lastSpan.startMin) refuse('ambiguous_time', item.at);
    this.current.spans.push(item.span);
    this.current.at = this.current.at || item.at;
    this.lastSpan = item.span;
  }

  private closeParts(parts: SelectorItem[], state: Draft['state'], at: string): void {
    const dates = [...this.current.inherited, ...this.current.parts].filter(isByDate);
    const inherited = parts.every(isHoliday) ? [] : dates.filter((part) => !parts.includes(part));
    const closed: Draft = { ...emptyDraft(), parts, inherited, state, at };
    const rest = this.current.parts.filter((part) => !parts.includes(part));
    if (rest.length) this.drafts.push(closed);
    if (rest.length) this.current.parts = rest;
    else this.current = closed;
  }

  private closeExcepted(item?: Item): void {
    const parts = this.current.parts.slice(this.exceptFrom!);
    this.exceptFrom = null;
    if (!parts.length) refuse('not_understood', item?.at ?? '');
    this.closeParts(parts, 'closed', `除${said(parts)}${item?.kind === 'except_after' ? '外' : ''}`);
  }

  private close(item: Item, next: Item | undefined): void {
    const { parts } = this.current;
    const run = lastRun(this.current.parts);
    const at = said(run) + item.at;
    if (item.kind === 'off' && next?.kind === 'span' && !next.apart) refuse('days_unclear', at + next.at);
    this.closeParts(closedBy(item, parts, run, at), 'closed', at);
  }

  private takeBreak(item: Item, previous: Item | undefined, next: Item | undefined): void {
    const nextIsSpan = next?.kind === 'span' && !next.afterComma;
    const afterSpan = previous?.kind === 'span' && !item.afterComma && this.lastSpan === previous.span;
    // 午休13:00-14:00不开放
    if (item.kind === 'off' && previous?.kind === 'span' && this.breaks.at(-1)?.span === previous.span) return;
    if (item.kind === 'break' ? nextIsSpan : nextIsSpan && !afterSpan) this.breakAt = item.at;
    else if (afterSpan) {
      this.current.spans.pop();
      const { current } = this;
      const drafts = [...this.drafts, ...(current.spans.length ? [current] : [])];
      this.breaks.push({ span: this.lastSpan!, at: previous.at + item.at, drafts });
      this.lastSpan = this.current.spans.at(-1) ?? null;
    } else
      refuse(item.kind === 'break' ? 'break_without_times' : previous ? 'not_understood' : 'closed_for_now', item.at);
  }

  private keepUsual(item: Item, next: Item | undefined): void {
    const { current } = this;
    if (!this.hasFreshParts()) {
      const days = { weekdays: EVERY_DAY, publicHoliday: false, weak: true as const };
      if (item.at.includes('休') && !current.parts.length) current.parts.push({ ...item, kind: 'days', days });
      return;
    }
    const run = lastRun(this.current.parts);
    if (run.every(isHoliday)) {
      this.holidaysUsual = true;
      current.parts = current.parts.filter((part) => !run.includes(part));
      return;
    }
    const timed = this.drafts.filter((draft) => draft.state === 'open' && draft.spans.length);
    const distinct = new Map(timed.map((draft) => [JSON.stringify(draft.spans), draft.spans]));
    if (distinct.size === 1) {
      current.spans = [...distinct.values()][0]!.slice();
      current.at = item.at;
    } else if (distinct.size || next === undefined || !isWide(run)) {
      refuse('days_unclear', said(run) + item.at);
    }
  }

  private takeVague(item: Item & { kind: 'vague' }): void {
    if (!this.hasFreshParts()) refuse(item.reason, item.at);
    const run = lastRun(this.current.parts);
    const at = said(run) + item.at;
    if (item.reason === 'closed_for_now')
      return this.closeParts(closedBy(item, this.current.parts, run, at), 'closed', at);
    if (!run.every(isHoliday) || run.some((part) => part.kind === 'named_holiday')) refuse(item.reason, item.at);
    this.notes.push({ code: 'holidays_not_fixed', at });
    this.closeParts(run, 'unknown', at);
  }
}

function emptyDraft(): Draft {
  return { parts: [], inherited: [], spans: [], state: 'open', at: '' };
}

function without(span: TimeSpan, hole: TimeSpan): TimeSpan[] {
  const left: TimeSpan[] = [];
  if (span.startMin < hole.startMin) left.push({ ...span, endMin: Math.min(span.endMin, hole.startMin) });
  if (span.endMin > hole.endMin) left.push({ ...span, startMin: Math.max(span.startMin, hole.endMin) });
  return left;
}
