import { z } from '@hono/zod-openapi';
import { and, desc, eq, inArray, isNotNull, lt, ne, not, or, type SQL, sql } from 'drizzle-orm';
import { maskPersonal } from '#domain/accounts/masking.ts';
import { mayEver } from '#domain/accounts/permissions.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import type { ClaimPage, ClaimRow, WaitingClaims } from '#domain/insurance/claim-contract.ts';
import { CLAIM_DUE, CLAIM_STATES, type ClaimRight } from '#domain/insurance/claim-lifecycle.ts';
import { actionsNow, dueIn } from '#domain/insurance/decide-claim.ts';
import type { Database } from '../../db/connect.ts';
import { claimApprovals, claimEvents, claims } from '../../db/tables/claims.ts';
import { insuredPersons } from '../../db/tables/enrolments.ts';
import { sites } from '../../db/tables/places.ts';
import { refuseField } from '../http/problem.ts';
import type { Vault } from '../platform/vault.ts';
import { listOf, wholeNumber } from '../places/query-params.ts';
import { CLAIM_RIGHTS, claimsInScope, isClaimantSql } from './claim-scope.ts';
import { type FoundClaim, listFoundClaims } from './lock-claim.ts';

const MAX_OWN = 200;
const LIMIT_RANGE = 'must be a whole number from 1 to 100';

export const claimQueueQuery = z.object({
  state: listOf(CLAIM_STATES).optional().openapi({ type: 'string', example: 'reported,supplemented' }),
  waitsFor: z.literal('me').optional().openapi({ description: 'only what waits for a step that I may take' }),
  overdue: z.literal('1').optional().openapi({ description: 'only what should have moved on by now' }),
  street: z
    .string()
    .regex(/^\d{6}(\d{3})?$/, 'must be the 9 digits of a street or the 6 digits of a district')
    .optional(),
  q: z
    .string()
    .trim()
    .max(20)
    .regex(/^[0-9A-Za-z-]*$/, 'must be part of a claim number')
    .optional()
    .openapi({ description: 'part of a number' }),
  cursor: z.string().max(300).optional(),
  limit: wholeNumber(LIMIT_RANGE)
    .refine((value) => value >= 1 && value <= 100, { message: LIMIT_RANGE })
    .default(50)
    .openapi({ type: 'integer', minimum: 1, maximum: 100, default: 50 }),
});
export type ClaimQueueQuery = z.infer<typeof claimQueueQuery>;

/** The claims that staff may see, by when they must move on; what waits for nobody comes last. */
export async function listOfficeClaims(
  { db, vault }: { db: Database; vault: Vault },
  actor: Actor,
  { state, waitsFor, overdue, street, q, cursor, limit }: ClaimQueueQuery,
  nowMs: number,
): Promise<ClaimPage> {
  const where = and(
    ne(claims.state, 'draft'),
    claimsInScope(actor, 'claim.view'),
    state && inArray(claims.state, state),
    waitsFor && waitsForSomebody(db, actor),
    overdue && isOverdue(nowMs),
    street ? sql`left(${claims.receivingStreet}, ${street.length}::int) = ${street}` : undefined,
    q ? sql`position(${q.toUpperCase()} in ${claims.number}) > 0` : undefined,
    cursor === undefined ? undefined : isAfter(readCursor(cursor)),
  );
  const found = await listFoundClaims(db, actor, (query) =>
    query
      .where(where)
      .orderBy(dueOrder, claims.id)
      .limit(limit + 1),
  );
  const shown = found.slice(0, limit);
  return {
    rows: await viewRows(db, vault, shown, nowMs),
    nextCursor: found.length > limit ? writeCursor(shown.at(-1)!) : null,
  };
}

/** The claims about oneself, the newest first. */
export async function listMyClaims(
  { db, vault }: { db: Database; vault: Vault },
  actor: Actor,
  nowMs: number,
): Promise<ClaimPage> {
  const found = await listFoundClaims(db, actor, (query) =>
    query
      .where(eq(insuredPersons.userId, actor.personId))
      .orderBy(desc(claims.createdAt), desc(claims.id))
      .limit(MAX_OWN),
  );
  return { rows: await viewRows(db, vault, found, nowMs), nextCursor: null };
}

/** The most urgent claims of an office and how many there are: a panel of its workbench. */
export async function listWaitingClaims(
  deps: { db: Database; vault: Vault },
  actor: Actor,
  nowMs: number,
): Promise<WaitingClaims> {
  const { rows } = await listOfficeClaims(deps, actor, { waitsFor: 'me', limit: 20 }, nowMs);
  const [counts] = await deps.db
    .select({
      total: sql<number>`count(*)`.mapWith(Number),
      overdue: sql<number>`count(*) filter (where ${isOverdue(nowMs)})`.mapWith(Number),
    })
    .from(claims)
    .innerJoin(insuredPersons, eq(insuredPersons.id, claims.insuredPersonId))
    .where(and(claimsInScope(actor, 'claim.view'), waitsForSomebody(deps.db, actor)));
  return { claims: rows, ...counts! };
}

const isOverdue = (nowMs: number): SQL => and(isNotNull(claims.dueAt), lt(claims.dueAt, new Date(nowMs)))!;

/** What the actor may move on: states that wait for one of their rights, without what somebody else has to do. */
function waitsForSomebody(db: Database, actor: Actor): SQL {
  const ways = CLAIM_RIGHTS.filter((right) => right !== 'claim.own' && mayEver(actor, right)).map((right) =>
    and(inArray(claims.state, statesWaitingFor(right)), claimsInScope(actor, right)),
  );
  const hasApproved = sql`exists ${db
    .select({ one: sql`1` })
    .from(claimApprovals)
    .where(
      and(
        eq(claimApprovals.claimId, claims.id),
        eq(claimApprovals.approverId, actor.personId),
        sql`${claimApprovals.assessmentVersion} = (select max(version) from claim_events where claim_id = ${claims.id} and action = 'assess')`,
      ),
    )}`;
  const mustNot = or(
    and(eq(claims.state, 'assessed'), or(eq(claims.assessedBy, actor.personId), hasApproved)),
    and(eq(claims.state, 'reopened'), hasActed(db, actor, ['assess'])),
    and(eq(claims.state, 'approved'), hasActed(db, actor, ['assess', 'approve'])),
    and(eq(claims.state, 'appealed'), hasActed(db, actor, ['assess', 'approve', 'decline', 'pay'])),
  )!;
  return and(or(...ways) ?? sql`false`, not(isClaimantSql(actor)), sql`not coalesce(${mustNot}, false)`)!;
}

function hasActed(db: Database, actor: Actor, actions: (typeof claimEvents.$inferSelect)['action'][]): SQL {
  return sql`exists ${db
    .select({ one: sql`1` })
    .from(claimEvents)
    .where(
      and(
        eq(claimEvents.claimId, claims.id),
        eq(claimEvents.actorId, actor.personId),
        inArray(claimEvents.action, actions),
      ),
    )}`;
}

const statesWaitingFor = (right: ClaimRight) => CLAIM_STATES.filter((state) => CLAIM_DUE[state]?.right === right);

async function viewRows(db: Database, vault: Vault, found: readonly FoundClaim[], nowMs: number): Promise<ClaimRow[]> {
  const names = await vault.listPersonal(
    db,
    found.map(({ claim }) => claim.insuredPersonId),
    'name',
  );
  const siteIds = found.flatMap(({ claim }) => claim.receivingSiteId ?? []);
  const offices = await db
    .select({ id: sites.id, name: sites.name })
    .from(sites)
    .where(inArray(sites.id, [...new Set(siteIds)]));
  return found.map(({ claim, actor, facts, terms }) => {
    const name = names.get(claim.insuredPersonId) ?? null;
    return {
      id: claim.id,
      number: claim.number,
      state: claim.state,
      version: claim.version,
      happenedAt: claim.happenedAt.toISOString(),
      createdAt: claim.createdAt.toISOString(),
      name: name === null || actor.isClaimant ? name : maskPersonal('name', name),
      receivingSite: offices.find(({ id }) => id === claim.receivingSiteId) ?? null,
      claimedFen: claim.claimedFen,
      assessedFen: claim.assessedFen,
      approvedFen: claim.approvedFen,
      paidFen: claim.paidFen,
      dueAt: claim.dueAt?.toISOString() ?? null,
      waitsFor: dueIn(claim.state, nowMs).waitsFor,
      actions: actionsNow({ claim: facts, actor, terms, nowMs }),
      covered: claim.enrolmentId !== null,
    };
  });
}

const dueOrder = sql`coalesce(${claims.dueAt}, 'infinity')`;
const Cursor = z.tuple([z.iso.datetime({ offset: true }).nullable(), z.uuid()]);
type Cursor = z.infer<typeof Cursor>;

function isAfter([dueAt, id]: Cursor): SQL {
  return sql`(${dueOrder}, ${claims.id}) > (${dueAt ?? 'infinity'}::timestamptz, ${id}::uuid)`;
}

function writeCursor({ claim }: FoundClaim): string {
  const keys: Cursor = [claim.dueAt?.toISOString() ?? null, claim.id];
  return Buffer.from(JSON.stringify(keys)).toString('base64url');
}

/** Throws `invalid_request` for anything but a cursor of `writeCursor`. */
function readCursor(cursor: string): Cursor {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw refuseField('invalid_request', 'cursor', 'cursor: take it from `nextCursor` of the page before');
  }
}
