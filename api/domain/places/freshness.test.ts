import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REPORT_KINDS, VERIFIED_FACTS, VERIFICATION_STATUSES, type VerifiedFact } from './catalogue.ts';
import {
  complaintsAbout,
  ENOUGH_WEIGHT,
  FAR_WEIGHT,
  type FreshnessEvidence,
  FRESHNESS_DAYS,
  freshnessOf,
  needsLook,
} from './freshness.ts';
import { FRESHNESS } from './office-contract.ts';
import { withReport } from './report.ts';
import type { ReportSummary, SiteProperties } from './site.ts';
import { addDays } from '../time/shanghai.ts';

const TODAY = '2026-03-10';
const UNKNOWN = { status: 'unknown', date: null } as const;

type Fact = FreshnessEvidence['verification'][VerifiedFact];
const about = (fact: VerifiedFact, evidence: Fact, reported?: ReportSummary): FreshnessEvidence => ({
  verification: { location: UNKNOWN, hours: UNKNOWN, facilities: UNKNOWN, [fact]: evidence },
  reported,
});
const checked = (daysAgo: number): Fact => ({ status: 'verified', date: addDays(TODAY, -daysAgo) });
const said = (daysAgo: number, count = 1, near = 0) => ({
  count,
  last: addDays(TODAY, -daysAgo),
  ...(near && { near }),
});

describe('a fact that riders say nothing of', () => {
  it.each(VERIFIED_FACTS)('%s holds for its days, ages, and is then stale', (fact) => {
    const { fresh, ageing } = FRESHNESS_DAYS[fact];
    for (const [daysAgo, expected] of [
      [0, 'fresh'],
      [fresh, 'fresh'],
      [fresh + 1, 'ageing'],
      [ageing, 'ageing'],
      [ageing + 1, 'stale'],
    ] as const) {
      expect(freshnessOf(fact, about(fact, checked(daysAgo)), TODAY), `${daysAgo} days`).toBe(expected);
    }
  });

  it('holds longer for where it is than for when it opens, and longest of what changes least', () => {
    expect(freshnessOf('location', about('location', checked(100)), TODAY)).toBe('fresh');
    expect(freshnessOf('hours', about('hours', checked(100)), TODAY)).toBe('ageing');
    expect(freshnessOf('facilities', about('facilities', checked(100)), TODAY)).toBe('stale');
  });

  it.each<[string, Fact, string]>([
    ['nobody ever looked at', UNKNOWN, 'never'],
    ['was verified on a day nobody wrote down', { status: 'verified', date: null }, 'never'],
    ['was published yesterday', { status: 'reported', date: '2026-03-09' }, 'ageing'],
    ['was published years ago', { status: 'reported', date: '2019-01-01' }, 'stale'],
    ['is in dispute', { status: 'disputed', date: TODAY }, 'contested'],
    ['was checked by somebody whose clock runs ahead', checked(-1), 'fresh'],
  ])('that %s', (_, evidence, expected) => {
    expect(freshnessOf('hours', about('hours', evidence), TODAY)).toBe(expected);
  });
});

describe('what riders say', () => {
  it.each([
    ['locked', 'hours'],
    ['hours_wrong', 'hours'],
    ['moved', 'location'],
    ['closed_for_good', 'location'],
    ['no_water', 'facilities'],
    ['facility_wrong', 'facilities'],
  ] as const)('"%s" puts the %s in question and nothing else', (kind, fact) => {
    for (const other of VERIFIED_FACTS) {
      const freshness = freshnessOf(other, about(other, checked(5), { [kind]: said(1, 1, 1) }), TODAY);
      expect(freshness).toBe(other === fact ? 'contested' : 'fresh');
    }
  });

  it.each<[string, ReportSummary, string]>([
    ['one who was there is enough', { locked: said(1, 1, 1) }, 'contested'],
    ['one who may not have been there only makes it doubtful', { locked: said(1) }, 'ageing'],
    ['two such are enough', { locked: said(1, 2) }, 'contested'],
    ['also when they say it in different words', { locked: said(1), hours_wrong: said(2) }, 'contested'],
    ['on the day of the check is heard too', { locked: said(10, 1, 1) }, 'contested'],
    ['before the check is settled by it', { locked: said(11, 9, 9) }, 'fresh'],
    ['before a confirmation is settled by it', { locked: said(5, 2), confirmed: said(3) }, 'fresh'],
    ['after a confirmation is not', { locked: said(2, 2), confirmed: said(3) }, 'contested'],
  ])('%s', (_, reported, expected) => {
    expect(freshnessOf('hours', about('hours', checked(10), reported), TODAY)).toBe(expected);
  });

  it.each<[string, ReportSummary, string]>([
    ['by one who was there renews it', { confirmed: said(3, 1, 1) }, 'fresh'],
    ['by two others renews it', { confirmed: said(3, 2) }, 'fresh'],
    ['by one other does not', { confirmed: said(3) }, 'stale'],
    ['of long ago does not', { confirmed: said(200, 5, 5) }, 'stale'],
  ])('a confirmation %s', (_, reported, expected) => {
    expect(freshnessOf('hours', about('hours', checked(300), reported), TODAY)).toBe(expected);
  });

  it('never makes fresh what nobody of the office has checked', () => {
    expect(freshnessOf('hours', about('hours', UNKNOWN, { confirmed: said(0, 9, 9) }), TODAY)).toBe('ageing');
    expect(freshnessOf('hours', about('hours', UNKNOWN, { confirmed: said(0) }), TODAY)).toBe('never');
  });
});

it('judges what a rider has on the phone as it stands', () => {
  const site = {
    id: 'a',
    verification: {
      location: { status: 'verified', date: TODAY, source: null },
      hours: { status: 'reported', date: TODAY, source: '某日报' },
      facilities: { status: 'unknown', date: null, source: null },
    },
    reported: { moved: said(0, 1, 1) },
  } satisfies Partial<SiteProperties>;
  expect(VERIFIED_FACTS.map((fact) => freshnessOf(fact, site, TODAY))).toEqual(['contested', 'ageing', 'never']);
});

it('knows what every complaint is about', () => {
  const all = VERIFIED_FACTS.flatMap(complaintsAbout);
  expect([...all, 'confirmed'].sort()).toEqual([...REPORT_KINDS].sort());
});

it('asks for a look at what is stale, contested or never seen', () => {
  expect(FRESHNESS.filter(needsLook)).toEqual(['stale', 'contested', 'never']);
});

const summaryOf = (all: readonly { kind: (typeof REPORT_KINDS)[number]; day: string; near: boolean }[]) =>
  all.reduce<ReportSummary | null>((summary, next) => withReport(summary, next), null) ?? undefined;

describe('whatever is known', () => {
  const day = fc.integer({ min: 0, max: 500 }).map((ago) => addDays(TODAY, -ago));
  const evidence = fc.record({
    status: fc.constantFrom(...VERIFICATION_STATUSES),
    date: fc.option(day),
  });
  const report = fc.record({ kind: fc.constantFrom(...REPORT_KINDS), day, near: fc.boolean() });
  const reports = fc.array(report, { maxLength: 8 });
  const fact = fc.constantFrom(...VERIFIED_FACTS);
  /** Larger is surer; `never` and `stale` are both nothing to rely on. */
  const sureness = { fresh: 3, ageing: 2, stale: 1, never: 1, contested: 0 };

  it('is never surer later, when nothing new is heard', () => {
    fc.assert(
      fc.property(fact, evidence, reports, fc.nat({ max: 400 }), (of, known, heard, days) => {
        const site = about(of, known, summaryOf(heard));
        const now = sureness[freshnessOf(of, site, TODAY)];
        expect(sureness[freshnessOf(of, site, addDays(TODAY, days))]).toBeLessThanOrEqual(now);
      }),
      { seed: 21, numRuns: 1000 },
    );
  });

  it('a complaint of today never makes it surer, and from nearby weighs at least as much', () => {
    fc.assert(
      fc.property(fact, evidence, reports, fc.constantFrom(...REPORT_KINDS), (of, known, heard, kind) => {
        fc.pre(kind !== 'confirmed');
        const before = summaryOf(heard) ?? null;
        const after = (near: boolean) => withReport(before, { kind, day: TODAY, near });
        const quiet = sureness[freshnessOf(of, about(of, known, before ?? undefined), TODAY)];
        const far = sureness[freshnessOf(of, about(of, known, after(false)), TODAY)];
        const near = sureness[freshnessOf(of, about(of, known, after(true)), TODAY)];
        expect(far).toBeLessThanOrEqual(quiet);
        expect(near).toBeLessThanOrEqual(far);
      }),
      { seed: 22, numRuns: 1000 },
    );
  });

  it('a confirmation of today never makes it less sure', () => {
    fc.assert(
      fc.property(fact, evidence, reports, fc.boolean(), (of, known, heard, near) => {
        const before = summaryOf(heard) ?? null;
        const after = withReport(before, { kind: 'confirmed', day: TODAY, near });
        const was = sureness[freshnessOf(of, about(of, known, before ?? undefined), TODAY)];
        expect(sureness[freshnessOf(of, about(of, known, after), TODAY)]).toBeGreaterThanOrEqual(was);
      }),
      { seed: 23, numRuns: 1000 },
    );
  });

  it('two from afar are as much as is needed', () => {
    expect(2 * FAR_WEIGHT).toBeGreaterThanOrEqual(ENOUGH_WEIGHT);
    expect(FAR_WEIGHT).toBeLessThan(ENOUGH_WEIGHT);
  });
});
