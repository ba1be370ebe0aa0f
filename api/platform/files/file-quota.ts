import { and, count, eq, gt, isNotNull, isNull, sql, sum } from 'drizzle-orm';
import type { Database } from '../../../db/connect.ts';
import { files, fileUploads, fileUses } from '../../../db/tables/files.ts';
import { Problem } from '../../http/problem.ts';
import type { Uploader } from './files.ts';

const MB = 1024 * 1024;
const DAY_MS = 86_400_000;

/**
 * What one person or one phone may hand in within a day, and what all phones on which nobody is signed in may have lying
 * about together: whoever throws the phone's name away and begins anew still cannot fill the disk.
 */
export const FILE_LIMITS = {
  person: { files: 500, bytes: 1000 * MB },
  device: { files: 30, bytes: 100 * MB },
  unusedOfDevices: { bytes: 2000 * MB },
} as const;

/** Throws `too_many_files`, in words, when this uploader or all phones together have handed in enough. */
export async function assertQuota(db: Database, uploader: Uploader, nowMs: number): Promise<void> {
  const isPerson = uploader.personId !== null;
  const [limit, wait] = [FILE_LIMITS[isPerson ? 'person' : 'device'], { 'retry-after': '3600' }];
  const since = new Date(nowMs - DAY_MS);
  const mine = isPerson ? eq(files.personId, uploader.personId) : eq(files.deviceHash, uploader.deviceHash);
  const size = sql`${files.bytes} + coalesce(${files.thumbBytes}, 0)`;
  const [own] = await db
    .select({ files: count(), bytes: sum(size).mapWith(Number) })
    .from(files)
    .where(and(mine, gt(files.createdAt, since)));
  const [open] = isPerson
    ? await db
        .select({ files: count(), bytes: sum(fileUploads.bytes).mapWith(Number) })
        .from(fileUploads)
        .where(
          and(
            eq(fileUploads.personId, uploader.personId),
            isNull(fileUploads.fileId),
            gt(fileUploads.createdAt, since),
          ),
        )
    : [];
  if (own!.files + (open?.files ?? 0) >= limit.files || (own!.bytes ?? 0) + (open?.bytes ?? 0) >= limit.bytes) {
    const most = `${limit.files} files or ${limit.bytes / MB} MB`;
    throw new Problem('too_many_files', `At most ${most} within a day. Please go on tomorrow.`, {}, wait);
  }
  if (isPerson) return;
  const [unused] = await db
    .select({ bytes: sum(size).mapWith(Number) })
    .from(files)
    .leftJoin(fileUses, eq(fileUses.fileId, files.id))
    .where(and(isNotNull(files.deviceHash), isNull(fileUses.fileId)));
  if ((unused!.bytes ?? 0) >= FILE_LIMITS.unusedOfDevices.bytes) {
    const detail = 'Too many photos are waiting here. Please send the report without a photo, or try again in an hour.';
    throw new Problem('too_many_files', detail, {}, wait);
  }
}
