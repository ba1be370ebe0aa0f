import { randomInt } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { can } from '#domain/accounts/permissions.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import type { SubmitClaim } from '#domain/insurance/claim-contract.ts';
import { dueIn } from '#domain/insurance/decide-claim.ts';
import type { PolicyTerms } from '#domain/insurance/policy-terms.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database, Transaction } from '../../db/connect.ts';
import { claimFiles, claimLines, claims } from '../../db/tables/claims.ts';
import { sites } from '../../db/tables/places.ts';
import { Problem, refuseField } from '../http/problem.ts';
import type { Files } from '../platform/files/files.ts';
import { writeAudit } from '../platform/audit.ts';
import { KeyDestroyed, type Vault } from '../platform/vault.ts';
import { attachClaimFiles } from './claim-files.ts';
import { accountContext } from './claim-view.ts';
import { getTermsForDay } from './find-terms.ts';
import { findCoverOfDay } from './cover-of-day.ts';
import { type FoundClaim, lockClaim } from './lock-claim.ts';
import { findReceivingOffice } from './receiving-offices.ts';
import { recordStep } from './record-step.ts';
import { settleClaimant } from './settle-claimant.ts';

export type SubmitClaimDependencies = { db: Database; vault: Vault; files: Files };

/** A phone whose clock is a little ahead. */
const AHEAD_MS = 10 * 60_000;
const HOUR_MS = 3_600_000;
/** Without what can be mistaken for something else over the phone: no 0 O 1 I L. */
const NUMBER_CHARACTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/**
 * Keeps a claim: a report, or with `report: false` a draft. What is sent again under the same id changes nothing, except
 * that its writer can go on with a draft. Also a claim for a day without cover is kept. Throws `invalid_request`,
 * `consent_missing`, `id_number_held`, `not_allowed`, `untimely_accident`, `no_such_office`, `no_such_file`, `id_taken`.
 */
export async function submitClaim(
  { db, vault, files: fileStore }: SubmitClaimDependencies,
  actor: Actor,
  input: SubmitClaim,
  nowMs: number,
): Promise<{ isNew: boolean }> {
  const happenedAtMs = Date.parse(input.happenedAt);
  if (happenedAtMs > nowMs + AHEAD_MS) {
    throw refuseField('untimely_accident', 'happenedAt', 'happenedAt lies in the future. Check day and time.');
  }
  const happenedOn = shanghaiDay(happenedAtMs);
  return db.transaction(async (tx) => {
    const [sent] = await tx
      .select({ state: claims.state, madeBy: claims.madeBy })
      .from(claims)
      .where(eq(claims.id, input.id));
    if (sent && sent.madeBy !== actor.personId) throw idTaken();
    if (sent && sent.state !== 'draft') return { isNew: false };
    const termsOfDay = await getTermsForDay(tx, happenedOn).catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      throw refuseField('untimely_accident', 'happenedAt', 'The insurance did not exist on that day. Check the year.');
    });
    const office = await findReceivingOffice(tx, input.receivingSiteId ?? null);
    if (input.onBehalf) assertMayReceive(actor, office?.streetCode ?? null);
    const claimant = await settleClaimant(tx, vault, actor, input, nowMs).catch(explainErased);
    const cover = await findCoverOfDay(tx, claimant.insuredPersonId, happenedOn);
    const [known] = await tx.select().from(claims).where(eq(claims.id, input.id)).for('update');
    if (known && (known.insuredPersonId !== claimant.insuredPersonId || known.madeBy !== actor.personId))
      throw idTaken();
    if (known && known.state !== 'draft') return { isNew: false };

    const accountSealed = await vault.sealFor(
      tx,
      claimant.insuredPersonId,
      JSON.stringify(input.account),
      accountContext(input.id),
    );
    const row = {
      insuredPersonId: claimant.insuredPersonId,
      state: 'draft' as const,
      version: known ? known.version + 1 : 0,
      happenedAt: new Date(happenedAtMs),
      happenedOn,
      coverId: cover?.coverId ?? null,
      enrolmentId: cover?.enrolmentId ?? null,
      termsVersion: cover?.termsVersion ?? termsOfDay.version,
      insurerId: cover?.insurerId ?? termsOfDay.insurerId,
      accountSealed,
      receivingSiteId: office?.siteId ?? null,
      receivingStreet: office?.streetCode ?? null,
      channel: input.onBehalf ? ('counter' as const) : input.channel,
      siteId: await findSiteId(tx, input.siteId),
      madeBy: actor.personId,
      claimedFen: input.lines.reduce((sum, { claimedFen }) => sum + claimedFen, 0),
      dueAt: dateOf(dueIn('draft', nowMs).dueAtMs),
      stateSince: new Date(nowMs),
    };
    if (known) await tx.update(claims).set(row).where(eq(claims.id, input.id));
    else await insertClaim(tx, { ...row, id: input.id, createdAt: new Date(nowMs) });
    await replaceLines(tx, vault, input);
    await addClaimFiles(tx, fileStore, {
      claimId: input.id,
      insuredPersonId: claimant.insuredPersonId,
      actorId: actor.personId,
      files: input.files,
      nowMs,
    });
    const audit = {
      actorId: actor.personId,
      subject: { kind: 'claim', id: input.id },
      after: { ...claimant.changed, accountSealed, covered: cover !== null, channel: row.channel },
      atMs: nowMs,
    };
    if (!input.report) {
      await writeAudit(tx, { ...audit, action: 'claim.draft' });
      return { isNew: !known };
    }
    const found = await lockClaim(tx, actor, input.id);
    await recordStep(tx, vault, found, { action: 'report', data: lateness(found, termsOfDay, nowMs), nowMs });
    await writeAudit(tx, { ...audit, action: 'claim.report' });
    return { isNew: !known };
  });
}

/** By how many hours a report is late; it is taken all the same. */
export function lateness({ claim }: Pick<FoundClaim, 'claim'>, terms: PolicyTerms, nowMs: number) {
  const hours = Math.ceil((nowMs - claim.happenedAt.getTime()) / HOUR_MS) - terms.reportWithinHours.value;
  return hours > 0 ? { lateByHours: hours } : null;
}

export type ClaimFilesToAdd = {
  claimId: string;
  insuredPersonId: string;
  actorId: string;
  files: SubmitClaim['files'];
  nowMs: number;
};

const MAX_FILES = 60;

/** Adds papers to a claim; what is there already stays as it is. */
export async function addClaimFiles(
  tx: Transaction,
  fileStore: Files,
  { files, ...attachment }: ClaimFilesToAdd,
): Promise<void> {
  if (files.length === 0) return;
  const { claimId, actorId, nowMs } = attachment;
  await attachClaimFiles(tx, fileStore, { ...attachment, fileIds: files.map(({ fileId }) => fileId) });
  await tx
    .insert(claimFiles)
    .values(files.map((file) => ({ claimId, ...file, addedBy: actorId, addedAt: new Date(nowMs) })))
    .onConflictDoNothing();
  const kept = await tx.select({ id: claimFiles.fileId }).from(claimFiles).where(eq(claimFiles.claimId, claimId));
  if (kept.length > MAX_FILES) {
    throw refuseField(
      'invalid_request',
      'files',
      `files: a claim has ${MAX_FILES} papers at most. Nothing was stored.`,
    );
  }
}

const idTaken = () => new Problem('id_taken', 'Something else was stored under this id. Make a new id.');

async function insertClaim(tx: Transaction, row: Omit<typeof claims.$inferInsert, 'number'>): Promise<void> {
  for (let tries = 0; tries < 5; tries++) {
    const stored = await tx
      .insert(claims)
      .values({ ...row, number: newNumber() })
      .onConflictDoNothing()
      .returning({ id: claims.id });
    if (stored.length > 0) return;
    const [taken] = await tx.select({ id: claims.id }).from(claims).where(eq(claims.id, row.id));
    if (taken) throw idTaken();
  }
  throw new Error('No number was free.');
}

function newNumber(): string {
  const characters = Array.from({ length: 8 }, () => NUMBER_CHARACTERS[randomInt(NUMBER_CHARACTERS.length)]!);
  return `${characters.slice(0, 4).join('')}-${characters.slice(4).join('')}`;
}

async function replaceLines(tx: Transaction, vault: Vault, { id: claimId, lines }: SubmitClaim): Promise<void> {
  if (new Set(lines.map(({ id }) => id)).size < lines.length) {
    throw refuseField('invalid_request', 'lines', 'lines: each line needs an id of its own');
  }
  await tx.delete(claimLines).where(eq(claimLines.claimId, claimId));
  if (lines.length === 0) return;
  const stored = await tx
    .insert(claimLines)
    .values(
      lines.map(({ id, kind, claimedFen, invoiceNumber }, position) => ({
        id,
        claimId,
        position,
        kind,
        claimedFen,
        invoiceLookup: invoiceNumber ? vault.lookupOf('invoice', invoiceNumber) : null,
      })),
    )
    .onConflictDoNothing()
    .returning({ id: claimLines.id });
  if (stored.length < lines.length) {
    throw new Problem('id_taken', 'A line of another claim has one of these ids. Make new ids.');
  }
}

/** Where somebody came from is worth knowing, but no reason to lose a claim. */
async function findSiteId(tx: Transaction, siteId: string | undefined): Promise<string | null> {
  if (siteId === undefined) return null;
  const [site] = await tx.select({ id: sites.id }).from(sites).where(eq(sites.id, siteId));
  return site?.id ?? null;
}

function assertMayReceive(actor: Actor, streetCode: string | null): void {
  const districtCode = streetCode?.slice(0, 6) ?? null;
  if (!can(actor, 'claim.receive', { streetCode, districtCode })) {
    throw new Problem('not_allowed', 'Claims at a counter are taken for an office of your own street or district.');
  }
}

export function explainErased(error: unknown): never {
  if (error instanceof KeyDestroyed) throw new Problem('person_erased', 'This person had their data erased.');
  throw error;
}

const dateOf = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));
