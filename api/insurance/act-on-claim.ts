import { and, eq, notInArray, sql } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import type { ActOnClaim } from '#domain/insurance/claim-contract.ts';
import type { ClaimAction } from '#domain/insurance/claim-lifecycle.ts';
import { postingEntries } from '#domain/insurance/ledger.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database, Transaction } from '../../db/connect.ts';
import { claimApprovals, claimLines, claims } from '../../db/tables/claims.ts';
import type { Files } from '../platform/files/files.ts';
import { Problem, refuseField } from '../http/problem.ts';
import { writeAudit } from '../platform/audit.ts';
import type { Vault } from '../platform/vault.ts';
import { calculateLines } from './calculate-claim.ts';
import { viewClaim } from './claim-view.ts';
import { findCoverOfDay } from './cover-of-day.ts';
import { type FoundClaim, getClaim, lockClaim, type StoredClaim } from './lock-claim.ts';
import { postLedger } from './post-ledger.ts';
import { findReceivingOffice } from './receiving-offices.ts';
import { recordLook } from './open-claim.ts';
import { decideOrRefuse, recordStep } from './record-step.ts';
import { addClaimFiles, explainErased, lateness } from './submit-claim.ts';

export type ActOnClaimDependencies = { db: Database; vault: Vault; files: Files };

/** Actions that papers may come with. */
const TAKES_FILES: readonly ClaimAction[] = ['report', 'supplement', 'receive', 'appeal'];
/** Before these a cover that was paid for meanwhile is looked for once more. */
const LOOKS_FOR_COVER: readonly ClaimAction[] = ['report', 'receive', 'assess'];

/** What an action brings about beside the next state. */
type Outcome = { change?: Partial<StoredClaim>; data?: Record<string, unknown> | null };

/**
 * Takes one action of the lifecycle. Throws `claim_not_found`, `changed_meanwhile` with the claim as it stands,
 * `not_allowed`, `claim_state`, `claim_incomplete`, `four_eyes`, `appeal_over`, `cover_used_up`, `invalid_request`,
 * `no_such_office`, `no_such_file`, `person_erased`.
 */
export async function actOnClaim(
  deps: ActOnClaimDependencies,
  actor: Actor,
  id: string,
  input: ActOnClaim,
  nowMs: number,
): Promise<void> {
  const { db, vault, files: fileStore } = deps;
  const { action, words } = input;
  const stale = await db
    .transaction(async (tx) => {
      let found = await lockClaim(tx, actor, id);
      const { claim } = found;
      if (claim.version !== input.version) {
        const current = await viewClaim(tx, deps, found, nowMs);
        await recordLook(tx, found, nowMs);
        return current;
      }
      if (await findLateCover(tx, claim, action)) found = await getClaim(tx, actor, id);
      const given = { action, words, materials: input.materials, declineCode: input.declineCode };
      const step = decideOrRefuse(found, { ...given, hasLines: input.lines !== undefined }, nowMs);
      const { change, data = null } = await OUTCOMES[action](tx, found, input, {
        approvalsMissing: step.approvalsMissing,
        nowMs,
      });
      const moved = await moveOffice(tx, found, input);
      const version = await recordStep(tx, vault, found, {
        action,
        words,
        data,
        change: { ...change, ...moved },
        nowMs,
        step,
      });
      await takeFiles(tx, fileStore, found, input, nowMs);
      await writeAudit(tx, {
        actorId: actor.personId,
        action: `claim.${action}`,
        subject: { kind: 'claim', id },
        before: { state: claim.state, version: claim.version },
        after: { state: step.toState, version, ...data, ...moved },
        reason: input.declineCode ?? null,
        atMs: nowMs,
      });
      return null;
    })
    .catch(explainErased);
  if (stale) {
    const { state, version } = stale;
    throw new Problem(
      'changed_meanwhile',
      `Somebody has acted on this claim meanwhile: it is ${state} now (version ${version}). Look at it again. Nothing was stored.`,
      { current: stale },
    );
  }
}

type Decided = { approvalsMissing: number; nowMs: number };

const nothing = async (): Promise<Outcome> => ({});

const OUTCOMES: Record<
  ClaimAction,
  (tx: Transaction, found: FoundClaim, input: ActOnClaim, decided: Decided) => Promise<Outcome>
> = {
  report: async (_, found, __, { nowMs }) => ({ data: lateness(found, found.terms, nowMs) }),
  request_materials: async (_, __, { materials }) => ({ data: { materials } }),
  supplement: async (_, __, { files }) => ({ data: { files: files?.length ?? 0 } }),
  receive: nothing,
  assess,
  return: nothing,
  approve,
  decline,
  pay,
  close: nothing,
  appeal: nothing,
  reopen: nothing,
  uphold: nothing,
  withdraw: nothing,
};

/** Whatever was approved before counts no more, except what is paid. */
async function assess(tx: Transaction, found: FoundClaim, { lines = [] }: ActOnClaim): Promise<Outcome> {
  const { claim, actor } = found;
  const calculation = await calculateLines(tx, found, lines);
  const position = sql<number>`(select coalesce(max(position), -1) + 1 from claim_lines where claim_id = ${claim.id})`;
  for (const { id, kind, amountFen, steps } of calculation.lines) {
    const assessed = {
      assessedFen: amountFen,
      approvedFen: sql`${claimLines.paidFen}`,
      calculation: { input: lines.find((line) => line.id === id), steps },
    };
    await tx
      .insert(claimLines)
      .values({ id, claimId: claim.id, position, kind, claimedFen: 0, ...assessed, approvedFen: null })
      .onConflictDoUpdate({ target: claimLines.id, set: assessed });
  }
  const kept = lines.map(({ id }) => id);
  await tx
    .update(claimLines)
    .set({ assessedFen: 0, approvedFen: sql`${claimLines.paidFen}`, calculation: null })
    .where(and(eq(claimLines.claimId, claim.id), kept.length > 0 ? notInArray(claimLines.id, kept) : undefined));
  return {
    change: {
      assessedFen: calculation.totalFen,
      approvedFen: claim.paidFen,
      assessedBy: actor.personId,
      declineCode: null,
    },
    data: { assessedFen: calculation.totalFen },
  };
}

async function approve(
  tx: Transaction,
  { claim, actor, assessmentVersion }: FoundClaim,
  _: ActOnClaim,
  { approvalsMissing, nowMs }: Decided,
): Promise<Outcome> {
  await tx.insert(claimApprovals).values({
    claimId: claim.id,
    assessmentVersion: assessmentVersion!,
    approverId: actor.personId,
    at: new Date(nowMs),
  });
  if (approvalsMissing > 0) return { data: { approvalsMissing } };
  await tx
    .update(claimLines)
    .set({ approvedFen: sql`${claimLines.assessedFen}` })
    .where(eq(claimLines.claimId, claim.id));
  return { change: { approvedFen: claim.assessedFen }, data: { approvedFen: claim.assessedFen, approvalsMissing: 0 } };
}

/** What was paid before an appeal stays approved. */
async function decline(tx: Transaction, { claim }: FoundClaim, { declineCode }: ActOnClaim): Promise<Outcome> {
  await tx
    .update(claimLines)
    .set({ approvedFen: sql`coalesce(${claimLines.paidFen}, 0)` })
    .where(eq(claimLines.claimId, claim.id));
  const atStakeFen = Math.max(claim.claimedFen, claim.assessedFen ?? 0);
  return { change: { declineCode: declineCode!, approvedFen: claim.paidFen ?? 0 }, data: { declineCode, atStakeFen } };
}

/** Pays what is approved and not paid yet, and posts it once. */
async function pay(
  tx: Transaction,
  { claim, assessmentVersion }: FoundClaim,
  _: ActOnClaim,
  { nowMs }: Decided,
): Promise<Outcome> {
  const totalPaidFen = claim.approvedFen ?? 0;
  const paidFen = totalPaidFen - (claim.paidFen ?? 0);
  if (paidFen > 0) {
    const isPosted = await postLedger(tx, {
      kind: 'claim_paid',
      key: `claim:${claim.id}:${assessmentVersion}`,
      day: shanghaiDay(nowMs),
      atMs: nowMs,
      entries: postingEntries.claim_paid(paidFen),
      claimId: claim.id,
      ...(claim.enrolmentId && { enrolmentId: claim.enrolmentId }),
    });
    if (!isPosted) throw new Problem('claim_state', 'This assessment was paid before. Nothing was paid again.');
  }
  await tx
    .update(claimLines)
    .set({ paidFen: sql`${claimLines.approvedFen}` })
    .where(eq(claimLines.claimId, claim.id));
  return { change: { paidFen: totalPaidFen }, data: { paidFen, totalPaidFen } };
}

/** True when there is one now that was not there when the claim was written: its payment was on its way. */
async function findLateCover(tx: Transaction, claim: StoredClaim, action: ClaimAction): Promise<boolean> {
  if (claim.enrolmentId !== null || !LOOKS_FOR_COVER.includes(action)) return false;
  const cover = await findCoverOfDay(tx, claim.insuredPersonId, claim.happenedOn);
  if (!cover) return false;
  await tx.update(claims).set(cover).where(eq(claims.id, claim.id));
  return true;
}

/** An office is chosen with the report, or by who receives a claim that has none. */
async function moveOffice(
  tx: Transaction,
  { claim }: FoundClaim,
  { action, receivingSiteId }: ActOnClaim,
): Promise<Partial<StoredClaim>> {
  if (receivingSiteId === undefined) return {};
  const isFree = action === 'report' || (action === 'receive' && claim.receivingSiteId === null);
  if (!isFree) {
    throw refuseField('invalid_request', 'receivingSiteId', 'receivingSiteId: the office is chosen with the report');
  }
  const office = await findReceivingOffice(tx, receivingSiteId);
  return { receivingSiteId: office!.siteId, receivingStreet: office!.streetCode };
}

async function takeFiles(
  tx: Transaction,
  fileStore: Files,
  { claim, actor }: FoundClaim,
  { action, files = [] }: ActOnClaim,
  nowMs: number,
): Promise<void> {
  if (files.length === 0) return;
  if (!TAKES_FILES.includes(action)) {
    throw refuseField('invalid_request', 'files', `files: papers come with ${TAKES_FILES.join(', ')}`);
  }
  const { id: claimId, insuredPersonId } = claim;
  await addClaimFiles(tx, fileStore, { claimId, insuredPersonId, actorId: actor.personId, files, nowMs });
}
