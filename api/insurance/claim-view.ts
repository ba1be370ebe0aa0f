import { asc, eq } from 'drizzle-orm';
import { maskPersonal } from '#domain/accounts/masking.ts';
import type { PersonalField } from '#domain/accounts/personal-data.ts';
import type { BenefitStep } from '#domain/insurance/benefit.ts';
import { ClaimAccount, type ClaimView } from '#domain/insurance/claim-contract.ts';
import { adviceForUncovered } from '#domain/insurance/claim-lifecycle.ts';
import { actionsNow, approvalsNeeded, dueIn } from '#domain/insurance/decide-claim.ts';
import type { Database } from '../../db/connect.ts';
import { memberships, users } from '../../db/tables/accounts.ts';
import { claimFiles, claimLines } from '../../db/tables/claims.ts';
import { sites } from '../../db/tables/places.ts';
import type { Files } from '../platform/files/files.ts';
import type { Vault } from '../platform/vault.ts';
import { linksOfClaimFiles } from './claim-files.ts';
import { HANDLING_RIGHTS } from './claim-scope.ts';
import { getCoverOfClaim, listCoveredDays } from './cover-of-day.ts';
import { listDuplicateSigns } from './duplicate-signs.ts';
import type { ClaimEventRow, FoundClaim } from './lock-claim.ts';

export type ClaimViewDependencies = { vault: Vault; files: Files };

/** What the words of an account and of a step are bound to, beside the person whose key seals them. */
export const accountContext = (claimId: string) => `claim account ${claimId}`;
export const wordsContext = (claimId: string, version: number) => `claim words ${claimId} ${version}`;

/** Whether somebody who is not the claimant may read what happened. */
export function mayReadAccount({ claim, actor }: Pick<FoundClaim, 'claim' | 'actor'>): boolean {
  if (actor.isClaimant) return true;
  if (claim.state === 'draft') return claim.madeBy === actor.personId;
  return HANDLING_RIGHTS.some((right) => actor.rights.has(right));
}

/** A claim as this actor may see it: masked for everybody but the claimant, the account only for who handles it. */
export async function viewClaim(
  db: Database,
  { vault, files: fileStore }: ClaimViewDependencies,
  found: FoundClaim,
  nowMs: number,
): Promise<ClaimView> {
  const { claim, actor, facts, terms, events } = found;
  const { id, insuredPersonId } = claim;
  const readsAccount = mayReadAccount(found);
  const personal = async (field: PersonalField) => {
    const value = await vault.getPersonal(db, insuredPersonId, field);
    return value === null || actor.isClaimant ? value : maskPersonal(field, value);
  };
  const unseal = async (sealed: string | null, context: string) =>
    sealed && readsAccount ? vault.unsealFor(db, insuredPersonId, sealed, context) : null;
  const account = await unseal(claim.accountSealed, accountContext(id));
  const coveredDays = claim.enrolmentId ? [] : await listCoveredDays(db, insuredPersonId, claim.happenedOn);
  const files = await listFiles(db, fileStore, id, readsAccount);
  const seesDuplicates = !actor.isClaimant && (actor.rights.has('claim.assess') || actor.rights.has('claim.approve'));
  return {
    id,
    number: claim.number,
    state: claim.state,
    version: claim.version,
    happenedAt: claim.happenedAt.toISOString(),
    createdAt: claim.createdAt.toISOString(),
    cover: claim.enrolmentId
      ? await getCoverOfClaim(db, { enrolmentId: claim.enrolmentId, happenedOn: claim.happenedOn })
      : null,
    coveredDays,
    advice: claim.enrolmentId ? [] : adviceForUncovered(claim.happenedOn, coveredDays),
    name: await personal('name'),
    idNumber: await personal('id_number'),
    account: account === null ? null : ClaimAccount.parse(JSON.parse(account)),
    receivingSite: await findSite(db, claim.receivingSiteId),
    claimedFen: claim.claimedFen,
    assessedFen: claim.assessedFen,
    approvedFen: claim.approvedFen,
    paidFen: claim.paidFen,
    lines: await listLines(db, id),
    declineCode: claim.declineCode,
    materialsAsked: materialsAsked(events, claim.state, files),
    files,
    approvalsMissing:
      claim.state === 'assessed' ? approvalsNeeded(facts.assessedFen, terms) - facts.people.approvers.length : 0,
    dueAt: claim.dueAt?.toISOString() ?? null,
    waitsFor: dueIn(claim.state, nowMs).waitsFor,
    timeline: await viewTimeline(db, found, unseal),
    actions: actionsNow({ claim: facts, actor, terms, nowMs }),
    duplicateSigns: seesDuplicates ? await listDuplicateSigns(db, claim) : [],
    demo: await isDemo(db, found.claimantUserId),
  };
}

async function listLines(db: Database, claimId: string): Promise<ClaimView['lines']> {
  const rows = await db
    .select()
    .from(claimLines)
    .where(eq(claimLines.claimId, claimId))
    .orderBy(asc(claimLines.position), asc(claimLines.id));
  return rows.map(({ id, kind, claimedFen, assessedFen, approvedFen, paidFen, calculation }) => ({
    id,
    kind,
    claimedFen,
    assessedFen,
    approvedFen,
    paidFen,
    steps: (calculation?.steps as BenefitStep[] | undefined) ?? [],
  }));
}

/** Links are made only for who may read the papers; others see which kinds are there. */
async function listFiles(
  db: Database,
  fileStore: Files,
  claimId: string,
  readsAccount: boolean,
): Promise<ClaimView['files']> {
  const rows = await db
    .select()
    .from(claimFiles)
    .where(eq(claimFiles.claimId, claimId))
    .orderBy(asc(claimFiles.addedAt), asc(claimFiles.fileId));
  if (!readsAccount) return [];
  const ids = rows.map(({ fileId }) => fileId);
  const links = await linksOfClaimFiles(db, fileStore, ids);
  return rows.flatMap(({ fileId, material, addedAt }) => {
    const url = links.get(fileId);
    return url ? [{ fileId, material, addedAt: addedAt.toISOString(), url }] : [];
  });
}

/** What was asked for last and has not come since. */
function materialsAsked(
  events: readonly ClaimEventRow[],
  state: string,
  files: ClaimView['files'],
): ClaimView['materialsAsked'] {
  const asked = events.findLast(({ action }) => action === 'request_materials');
  if (!asked || state !== 'materials_requested') return [];
  const come = new Set(files.filter(({ addedAt }) => Date.parse(addedAt) >= asked.at.getTime()).map((f) => f.material));
  return ((asked.data?.materials ?? []) as ClaimView['materialsAsked']).filter((material) => !come.has(material));
}

async function viewTimeline(
  db: Database,
  { claim, actor, events, claimantUserId }: FoundClaim,
  unseal: (sealed: string | null, context: string) => Promise<string | null>,
): Promise<ClaimView['timeline']> {
  const timeline: ClaimView['timeline'] = [];
  const roles = new Map<string, string>();
  for (const { version, action, fromState, toState, at, actorId, wordsSealed, data } of events) {
    if (!roles.has(actorId)) roles.set(actorId, await roleOf(db, actorId));
    const isClaimants = actorId === claimantUserId;
    timeline.push({
      version,
      action,
      fromState,
      toState,
      at: at.toISOString(),
      by: actorId === actor.personId ? 'me' : isClaimants ? 'claimant' : roles.get(actorId)!,
      words: await unseal(wordsSealed, wordsContext(claim.id, version)),
      data,
    });
  }
  return timeline;
}

/** The role by which somebody acts on claims, now or last. */
async function roleOf(db: Database, personId: string): Promise<string> {
  const held = await db
    .select({ role: memberships.role })
    .from(memberships)
    .where(eq(memberships.userId, personId))
    .orderBy(asc(memberships.createdAt));
  return held.find(({ role }) => role !== 'rider')?.role ?? 'staff';
}

async function findSite(db: Database, siteId: string | null): Promise<ClaimView['receivingSite']> {
  if (siteId === null) return null;
  const [site] = await db.select({ id: sites.id, name: sites.name }).from(sites).where(eq(sites.id, siteId));
  return site ?? null;
}

async function isDemo(db: Database, userId: string | null): Promise<boolean> {
  if (userId === null) return false;
  const [user] = await db.select({ demo: users.demo }).from(users).where(eq(users.id, userId));
  return user?.demo ?? false;
}
