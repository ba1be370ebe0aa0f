import { eq } from 'drizzle-orm';
import { isTimely, type SubmitReport, withReport } from '#domain/places/report.ts';
import { isPublicStatus } from '#domain/places/catalogue.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database } from '../../db/connect.ts';
import { siteReports, sites } from '../../db/tables/places.ts';
import { Problem } from '../http/problem.ts';
import { attachFiles } from '../platform/files/attach-files.ts';
import type { Uploader } from '../platform/files/files.ts';

/**
 * Keeps a rider's report and counts it into what the place shows. True when it is new, false when this very report was
 * stored before. Throws `site_not_found`, `site_gone`, `untimely_report`, `report_id_taken`, and `no_such_file`
 * for a photo that this phone has not handed in.
 */
export async function submitReport(
  db: Database,
  siteId: string,
  report: SubmitReport,
  nowMs: number,
  /** Whose phone it is; needed with a photo only. */
  uploader: Uploader | null,
): Promise<boolean> {
  const observedAt = new Date(report.observedAt);
  if (!isTimely(observedAt.getTime(), nowMs)) {
    throw new Problem('untimely_report', 'observedAt must lie within the last 30 days. Check the clock of the phone.');
  }
  return db.transaction(async (tx) => {
    const [site] = await tx
      .select({ status: sites.status, replacedBy: sites.replacedBy, reported: sites.reported })
      .from(sites)
      .where(eq(sites.id, siteId))
      .for('update');
    if (!site || site.status === 'planned')
      throw new Problem('site_not_found', `There is no place with the id ${siteId}.`);
    if (!isPublicStatus(site.status)) {
      throw new Problem('site_gone', 'This place is gone; nothing was stored.', { replacedBy: site.replacedBy });
    }
    const stored = await tx
      .insert(siteReports)
      .values({
        id: report.id,
        siteId,
        kind: report.kind,
        facility: report.facility ?? null,
        note: report.note || null,
        wasNear: report.near ?? null,
        observedAt,
        receivedAt: new Date(nowMs),
      })
      .onConflictDoNothing()
      .returning({ id: siteReports.id });
    if (stored.length === 0) {
      const [known] = await tx.select().from(siteReports).where(eq(siteReports.id, report.id));
      if (known?.siteId !== siteId || known.kind !== report.kind) {
        throw new Problem('report_id_taken', 'A different report was stored under this id. Make a new id.');
      }
      return false;
    }
    if (report.photo && uploader) {
      await attachFiles(tx, {
        fileIds: [report.photo],
        use: { kind: 'report', subjectId: report.id.toLowerCase() },
        purpose: 'report_photo',
        uploader,
        path: 'photo',
        nowMs,
      });
    }
    const day = shanghaiDay(observedAt.getTime());
    const reported = withReport(site.reported, { kind: report.kind, day, near: report.near });
    await tx.update(sites).set({ reported }).where(eq(sites.id, siteId));
    return true;
  });
}
