import { and, desc, eq, sql } from 'drizzle-orm';
import { can } from '#domain/accounts/permissions.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import type { OfficeSite } from '#domain/places/office-contract.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database } from '../../db/connect.ts';
import { organisations, sites } from '../../db/tables/places.ts';
import { siteVerifications } from '../../db/tables/office.ts';
import { files, fileUses } from '../../db/tables/files.ts';
import type { FileLinks } from '../platform/files/file-links.ts';
import { getFactStates } from './fact-states.ts';
import { getSiteDocument } from './get-site-document.ts';
import { listReportGroups } from './open-reports.ts';

/** Kinds times facilities: more groups than one place can have. */
const MOST_GROUPS = 100;

/** A place whole, with its facts and open reports, for whoever may see it. Throws `site_not_found`. */
export async function getOfficeSite(
  db: Database,
  actor: Actor,
  id: string,
  nowMs: number,
  links: FileLinks,
): Promise<OfficeSite> {
  const { site, document } = await getSiteDocument(db, actor, 'site.view', id);
  const facts = await getFactStates(db, [site], shanghaiDay(nowMs));
  const [organisation] =
    document.organisationId === null
      ? []
      : await db
          .select({ name: organisations.name })
          .from(organisations)
          .where(eq(organisations.id, document.organisationId));
  return {
    id,
    revision: site.revision,
    document,
    organisation: organisation?.name ?? null,
    facts: facts.get(id) ?? [],
    reports: await listReportGroups(db, eq(sites.id, id), MOST_GROUPS, { actor, links }),
    verificationPhotos: await listVerificationPhotos(db, id, links),
    mayEdit: can(actor, 'site.edit', document),
    demo: site.demo,
  };
}

const MOST_PHOTOS = 12;

async function listVerificationPhotos(
  db: Database,
  siteId: string,
  links: FileLinks,
): Promise<OfficeSite['verificationPhotos']> {
  const rows = await db
    .select({ fact: siteVerifications.fact, day: siteVerifications.day, id: files.id, thumbBytes: files.thumbBytes })
    .from(siteVerifications)
    .innerJoin(
      fileUses,
      and(eq(fileUses.kind, 'verification'), eq(fileUses.subjectId, sql`${siteVerifications.id}::text`)),
    )
    .innerJoin(files, eq(files.id, fileUses.fileId))
    .where(eq(siteVerifications.siteId, siteId))
    .orderBy(desc(siteVerifications.day), desc(siteVerifications.at), files.id)
    .limit(MOST_PHOTOS);
  return rows.map(({ fact, day, ...file }) => ({ fact, day, link: links.make(file) }));
}
