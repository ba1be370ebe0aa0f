import { z } from 'zod';
import { FACILITIES, MAX_NOTE_LENGTH, REPORT_KINDS } from './catalogue.ts';
import type { ReportSummary } from './site.ts';

/** PostgreSQL keeps no NUL; a lone surrogate is no character and would be stored as another one. */
// oxlint-disable-next-line no-control-regex
const UNSTORABLE = /\0|\p{Surrogate}/u;

/** What a rider sends about a place. `id` is made on the phone, so that a draft sent twice is stored once. */
export const SubmitReport = z
  .strictObject({
    id: z.uuid(),
    kind: z.enum(REPORT_KINDS),
    /** With `facility_wrong`: which one. */
    facility: z.enum(FACILITIES).optional(),
    note: z
      .string()
      .trim()
      .max(MAX_NOTE_LENGTH)
      .refine((text) => !UNSTORABLE.test(text), { message: 'must not hold a NUL character or half a character' })
      .optional(),
    /** When the rider saw it, an ISO instant; a draft may be sent much later. */
    observedAt: z.iso.datetime({ offset: true }),
    /** Whether the phone was at the place (`isAtSite`), worked out on the phone. Absent: it did not know. */
    near: z.boolean().optional(),
    /** A photo that this phone has handed in before. Only the office sees it. */
    photo: z.uuid().optional(),
  })
  .refine((report) => report.kind !== 'facility_wrong' || report.facility !== undefined, {
    path: ['facility'],
    message: 'say which facility is wrong',
  });
export type SubmitReport = z.infer<typeof SubmitReport>;

const DAY_MS = 24 * 60 * 60 * 1000;
/** A report this old says nothing about today. */
export const OLDEST_REPORT_MS = 30 * DAY_MS;
/** Phones' clocks run ahead a little. */
const CLOCK_TOLERANCE_MS = 10 * 60 * 1000;

export function isTimely(observedAtMs: number, nowMs: number): boolean {
  return observedAtMs >= nowMs - OLDEST_REPORT_MS && observedAtMs <= nowMs + CLOCK_TOLERANCE_MS;
}

/**
 * What riders have said of a place, with one more report. "Confirmed" takes back earlier complaints, also those that
 * arrive after it: somebody stood there later and found it as described. Days are `YYYY-MM-DD` in Asia/Shanghai.
 */
export function withReport(
  summary: ReportSummary | null,
  { kind, day, near = false }: { kind: SubmitReport['kind']; day: string; near?: boolean | undefined },
): ReportSummary {
  if (kind !== 'confirmed' && summary?.confirmed && summary.confirmed.last > day) return summary;
  const earlier = summary?.[kind];
  const nearCount = (earlier?.near ?? 0) + (near ? 1 : 0);
  const latest = {
    count: (earlier?.count ?? 0) + 1,
    ...(nearCount > 0 && { near: nearCount }),
    last: earlier && earlier.last > day ? earlier.last : day,
  };
  if (kind !== 'confirmed') return { ...summary, [kind]: latest };
  const newer = Object.entries(summary ?? {}).filter(([, { last }]) => last > day);
  return { ...Object.fromEntries(newer), confirmed: latest };
}
