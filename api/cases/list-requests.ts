import { and, asc, desc, eq, inArray, isNull, lt, or, sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { type Action, grantsFor } from '#domain/accounts/permissions.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import { REQUEST_KINDS } from '#domain/cases/request.ts';
import type { RequestPage, RequestRow } from '#domain/cases/request-contract.ts';
import { OPEN_STATES, REQUEST_DUE, REQUEST_STATES } from '#domain/cases/request-lifecycle.ts';
import type { Database } from '../../db/connect.ts';
import { referrals, requests } from '../../db/tables/cases.ts';
import { jurisdictions, organisations } from '../../db/tables/places.ts';
import { Problem } from '../http/problem.ts';
import { requestsInSight, requestsSeenAs, requestsToMove } from './request-scope.ts';

const MAX_LIMIT = 100;

export const officeRequestsQuery = z.strictObject({
  /** `me`: those that wait for a right that the actor has over them. */
  waitsFor: z.literal('me').optional(),
  state: z.enum(REQUEST_STATES).optional(),
  kind: z.enum(REQUEST_KINDS).optional(),
  respondent: z.string().max(60).optional(),
  overdue: z.enum(['true', 'false']).optional(),
  /** The beginning of a number. */
  q: z.string().trim().max(40).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(50),
});
type OfficeRequestsQuery = z.infer<typeof officeRequestsQuery>;

/** One page of what somebody works with, what is due first first; keyset paging over (due, id). */
export async function listOfficeRequests(
  db: Database,
  actor: Actor,
  query: OfficeRequestsQuery,
  nowMs: number,
): Promise<RequestPage> {
  const conditions: (SQL | undefined)[] = [
    requestsInSight(db, actor),
    sql`not ${requestsSeenAs(db, actor, 'person')}`,
    query.waitsFor && waitingFor(db, actor),
    query.state && eq(requests.state, query.state),
    query.kind && eq(requests.kind, query.kind),
    query.respondent ? eq(requests.respondentId, query.respondent) : undefined,
    query.overdue === 'true'
      ? and(lt(requests.dueAt, new Date(nowMs)), inArray(requests.state, [...OPEN_STATES]))
      : undefined,
    query.q ? sql`starts_with(${requests.number}, ${query.q.toUpperCase()})` : undefined,
    query.cursor === undefined ? undefined : afterDue(query.cursor),
  ];
  const rows = await requestsPage(db, and(...conditions)!, query.limit);
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return { rows: shown.map(asRow), next: rows.length > query.limit ? writeCursor(last!.dueAt, last!.id) : null };
}

const dueOrder = sql`coalesce(${requests.dueAt}, 'infinity'::timestamptz)`;

/** The statement behind one page. */
function requestsPage(db: Database, where: SQL, limit: number) {
  return selectRows(db)
    .where(where)
    .orderBy(asc(dueOrder), asc(requests.id))
    .limit(limit + 1);
}

/** What one person asked for, newest first, at most 200. */
export async function listMyRequests(db: Database, actor: Actor): Promise<RequestRow[]> {
  const rows = await selectRows(db)
    .where(requestsSeenAs(db, actor, 'person'))
    .orderBy(desc(requests.createdAt), desc(requests.id))
    .limit(200);
  return rows.map(asRow);
}

const nameOf = (id: SQL) => sql<string | null>`(select o.name from ${organisations} o where o.id = ${id})`;

function selectRows(db: Database) {
  const receiver = db
    .select({ requestId: referrals.requestId, organisationId: referrals.toOrganisationId })
    .from(referrals)
    .where(and(isNull(referrals.sentBackAt), isNull(referrals.concludedAt)))
    .as('receiver');
  return db
    .select({
      id: requests.id,
      number: requests.number,
      kind: requests.kind,
      naming: requests.naming,
      state: requests.state,
      version: requests.version,
      respondentId: requests.respondentId,
      respondentTyped: requests.respondentName,
      respondentName: nameOf(sql`${requests.respondentId}`),
      amountFen: requests.amountFen,
      streetCode: requests.streetCode,
      responsibleStreet: requests.responsibleStreet,
      responsibleOrganisationId: requests.responsibleOrganisationId,
      responsibleName: sql<string | null>`coalesce(
        (select o.name from ${organisations} o where o.id = ${requests.responsibleOrganisationId}),
        (select j.name from ${jurisdictions} j where j.code = ${requests.responsibleStreet}))`,
      receiverId: receiver.organisationId,
      receiverName: nameOf(sql`${receiver.organisationId}`),
      dueAt: requests.dueAt,
      outcome: requests.outcome,
      createdAt: requests.createdAt,
      demo: requests.demo,
    })
    .from(requests)
    .leftJoin(receiver, eq(receiver.requestId, requests.id))
    .$dynamic();
}

function asRow(row: Awaited<ReturnType<typeof requestsPage>>[number]): RequestRow {
  const { id, number, kind, naming, state, version, amountFen, streetCode, outcome, demo } = row;
  return {
    id,
    number,
    kind,
    naming,
    state,
    version,
    amountFen,
    streetCode,
    outcome,
    demo,
    respondent:
      row.respondentId !== null || row.respondentTyped !== null
        ? { id: row.respondentId, name: row.respondentName ?? row.respondentTyped ?? '' }
        : null,
    responsible:
      row.responsibleOrganisationId !== null
        ? { kind: 'organisation', id: row.responsibleOrganisationId, name: row.responsibleName ?? '' }
        : row.responsibleStreet !== null
          ? { kind: 'street', id: row.responsibleStreet, name: row.responsibleName ?? '' }
          : { kind: 'window', id: null, name: '' },
    receiver:
      row.receiverId !== null ? { kind: 'organisation', id: row.receiverId, name: row.receiverName ?? '' } : null,
    waitsFor: REQUEST_DUE[state]?.right ?? null,
    dueAt: row.dueAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}

/** Requests in a state whose turn belongs to a right that covers them. */
function waitingFor(db: Database, actor: Actor): SQL {
  const byRight = new Map<Action, (typeof REQUEST_STATES)[number][]>();
  for (const state of REQUEST_STATES) {
    const right = REQUEST_DUE[state]?.right;
    if (right && grantsFor(actor, right).length > 0) byRight.set(right, [...(byRight.get(right) ?? []), state]);
  }
  const ways = [...byRight].map(([right, states]) =>
    and(inArray(requests.state, states), requestsToMove(db, actor, right)),
  );
  return or(...ways) ?? sql`false`;
}

const Cursor = z.tuple([z.union([z.iso.datetime(), z.literal('infinity')]), z.uuid()]);

function writeCursor(dueAt: Date | null, id: string): string {
  return Buffer.from(JSON.stringify([dueAt?.toISOString() ?? 'infinity', id])).toString('base64url');
}

function afterDue(cursor: string): SQL {
  try {
    const [due, id] = Cursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return sql`(${dueOrder}, ${requests.id}) > (${due}::timestamptz, ${id}::uuid)`;
  } catch {
    throw new Problem('invalid_request', 'cursor: take it from `next` of the page before', {
      errors: [{ path: 'cursor', message: 'is not the `next` of a page' }],
    });
  }
}
