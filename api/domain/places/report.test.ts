import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REPORT_KINDS } from './catalogue.ts';
import { isTimely, OLDEST_REPORT_MS, SubmitReport, withReport } from './report.ts';
import { ReportSummary } from './site.ts';

const MINUTE_MS = 60_000;

describe('what a rider sends', () => {
  const good = {
    id: '3f2b8c1e-9f0a-4c57-8a53-0e9f6f1b2c3d',
    kind: 'locked',
    observedAt: '2026-03-10T12:00:00+08:00',
  };

  it.each<[string, object]>([
    ['the least', {}],
    ['a note', { note: '门锁着 🔒' }],
    ['a note as long as may be', { note: '字'.repeat(500) }],
    ['a wrong facility', { kind: 'facility_wrong', facility: 'toilet' }],
    ['an instant in UTC with milliseconds', { observedAt: '2026-03-10T04:00:00.123Z' }],
  ])('is taken with %s', (_, change) => {
    expect(SubmitReport.safeParse({ ...good, ...change }).success).toBe(true);
  });

  it.each<[string, object]>([
    ['a note too long', { note: '字'.repeat(501) }],
    ['a NUL', { note: 'a\u0000' }],
    ['the first half of a character', { note: '\ud83d' }],
    ['the second half of a character', { note: 'x\udd12y' }],
    ['a key that is not known', { spam: true }],
    ['a local time', { observedAt: '2026-03-10T12:00:00' }],
    ['no facility where one is wrong', { kind: 'facility_wrong' }],
  ])('is refused with %s', (_, change) => {
    expect(SubmitReport.safeParse({ ...good, ...change }).success).toBe(false);
  });
});

describe('the time of a report', () => {
  const now = Date.parse('2026-03-10T04:00:00Z');
  it.each([
    [0, true],
    [-OLDEST_REPORT_MS, true],
    [-OLDEST_REPORT_MS - 1, false],
    [10 * MINUTE_MS, true],
    [10 * MINUTE_MS + 1, false],
    [NaN, false],
  ])('%i ms from now is plausible: %s', (offset, timely) => {
    expect(isTimely(now + offset, now)).toBe(timely);
  });
});

describe('what riders have said of a place', () => {
  const report = fc.record({
    kind: fc.constantFrom(...REPORT_KINDS),
    day: fc.integer({ min: 1, max: 9 }).map((day) => `2026-03-0${day}`),
  });
  type Report = { kind: (typeof REPORT_KINDS)[number]; day: string };
  const summaryOf = (reports: readonly Report[]) =>
    reports.reduce<ReportSummary | null>((summary, next) => withReport(summary, next), null);

  it('counts, with the latest day, in whatever order they arrive', () => {
    expect(
      summaryOf([
        { kind: 'locked', day: '2026-03-02' },
        { kind: 'moved', day: '2026-03-05' },
        { kind: 'locked', day: '2026-03-01' },
      ]),
    ).toEqual({ locked: { count: 2, last: '2026-03-02' }, moved: { count: 1, last: '2026-03-05' } });
  });

  it('lets a confirmation take back what was said up to its day, and nothing said later', () => {
    expect(
      summaryOf([
        { kind: 'locked', day: '2026-03-02' },
        { kind: 'no_water', day: '2026-03-03' },
        { kind: 'moved', day: '2026-03-05' },
        { kind: 'confirmed', day: '2026-03-03' },
      ]),
    ).toEqual({ moved: { count: 1, last: '2026-03-05' }, confirmed: { count: 1, last: '2026-03-03' } });
  });

  it('is on the wire what its schema says, and never changes what it was given', () => {
    fc.assert(
      fc.property(fc.array(report, { minLength: 1, maxLength: 30 }), (reports) => {
        const summary = summaryOf(reports)!;
        expect(ReportSummary.parse(summary)).toEqual(summary);
        const before = structuredClone(summary);
        withReport(summary, { kind: 'confirmed', day: '2026-03-09' });
        withReport(summary, { kind: 'locked', day: '2026-03-09' });
        expect(summary).toEqual(before);
      }),
      { seed: 7 },
    );
  });

  it('holds no complaint from before the last confirmation, whatever arrives when', () => {
    fc.assert(
      fc.property(fc.array(report, { minLength: 1, maxLength: 30 }), (reports) => {
        const { confirmed, ...complaints } = summaryOf(reports)!;
        const days = reports.filter(({ kind }) => kind === 'confirmed').map(({ day }) => day);
        expect(confirmed?.last).toBe(days.toSorted().at(-1));
        expect(confirmed?.count ?? 0).toBe(days.length);
        for (const { last } of Object.values(complaints)) expect(last >= (confirmed?.last ?? '')).toBe(true);
        for (const { kind, day } of reports) {
          if (kind !== 'confirmed' && (!confirmed || day > confirmed.last)) expect(complaints[kind]).toBeDefined();
        }
      }),
      { seed: 8, numRuns: 500 },
    );
  });
});
