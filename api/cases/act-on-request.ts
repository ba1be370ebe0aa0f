import { randomUUID } from 'node:crypto';
import { and, eq, or, sql } from 'drizzle-orm';
import type { ActOnRequest } from '#domain/cases/request-contract.ts';
import type { RequestView } from '#domain/cases/request-contract.ts';
import { decideRequest, type RequestDecision } from '#domain/cases/decide-request.ts';
import { type Need, REQUEST_MOVES } from '#domain/cases/request-lifecycle.ts';
import { addDays, instantOf, shanghaiDay } from '#domain/time/shanghai.ts';
import type { Transaction } from '../../db/connect.ts';
import { referrals, requestEvents, requests } from '../../db/tables/cases.ts';
import { jurisdictions, organisations } from '../../db/tables/places.ts';
import { Problem, refuseField } from '../http/problem.ts';
import { writeAudit } from '../platform/audit.ts';
import type { CasesDependencies } from './dependencies.ts';
import { closeSessions } from './mediation/append-entry.ts';
import { requestsToMove } from './request-scope.ts';
import { type Looker, type RequestRecord, summaryOf, viewerOf, viewRequest, wordsOf } from './view-request.ts';

type Dependencies = Pick<CasesDependencies, 'connection' | 'vault' | 'files'>;

/**
 * Moves a request on, by the lifecycle table. One transaction: scope, version, decision, event, audit. Throws
 * `request_not_found`, `not_allowed`, `changed_meanwhile` with the request as it stands, `request_state`,
 * `invalid_request` and `no_such_reference`.
 */
export async function actOnRequest(
  { connection: { db }, vault, files }: Dependencies,
  looker: Looker,
  id: string,
  input: ActOnRequest,
  nowMs: number,
): Promise<RequestView> {
  const look = { db, vault, files };
  const viewer = await viewerOf(db, looker, id);
  if (!viewer) throw requestNotFound();
  const done = await db.transaction(async (tx) => {
    const mine = 'actor' in looker ? mayMove(tx, looker, input.action) : eq(requests.id, looker.holderOf);
    const [record] = await tx.select().from(requests).where(eq(requests.id, id)).for('update');
    const [allowed] = await tx
      .select({ id: requests.id })
      .from(requests)
      .where(and(eq(requests.id, id), mine));
    const isOwnAction = REQUEST_MOVES[input.action].rights.includes('case.own');
    if (!record || !allowed || ('holderOf' in looker && !isOwnAction)) {
      throw new Problem('not_allowed', 'This is not yours to do, or not any more.');
    }
    if (record.version !== input.version) return { stale: record };
    refuseBySession(record, input.action);
    const by = { actorId: 'actor' in looker ? looker.actor.personId : null, role: roleOf(looker) };
    return { now: await moveRequest(tx, vault, by, record, input, nowMs) };
  });
  if (done.stale) {
    throw new Problem('changed_meanwhile', 'Somebody else has acted on this meanwhile. Look at how it stands now.', {
      current: await viewRequest(look, looker, viewer, done.stale),
    });
  }
  // Whoever hands a request on may no longer see it as they did.
  const after = (await viewerOf(db, looker, id)) ?? viewer;
  return viewRequest(look, looker, after, done.now);
}

export function requestNotFound(): Problem {
  return new Problem('request_not_found', 'There is no such request among those that you may see.');
}

function mayMove(tx: Transaction, { actor }: Extract<Looker, { actor: unknown }>, action: ActOnRequest['action']) {
  return or(...REQUEST_MOVES[action].rights.map((right) => requestsToMove(tx, actor, right)))!;
}

/** What only a session does, with the codes or the consents of both sides. */
function refuseBySession({ state }: RequestRecord, action: ActOnRequest['action']): void {
  if (action === 'settle') {
    throw new Problem('request_state', 'A request is settled when both sides have confirmed the settlement.');
  }
  if (action === 'extend' && state === 'in_mediation') {
    throw new Problem('request_state', 'Both sides agree to a longer time in the session. Nothing was changed.');
  }
}

/** Who moves a request, as its timeline tells. `actorId` is null for the program, a code or a link. */
export type Mover = { actorId: string | null; role: string };

/**
 * Moves a request that is locked, by the lifecycle table, within a transaction; who may is found out before. What left
 * mediation has no open session any more. Writes the audit trail, so that nothing may be sealed after it. Throws
 * `request_state`, `invalid_request`, `no_such_reference`.
 */
export async function moveRequest(
  tx: Transaction,
  vault: Dependencies['vault'],
  { actorId, role }: Mover,
  record: RequestRecord,
  input: Omit<ActOnRequest, 'version'>,
  nowMs: number,
): Promise<RequestRecord> {
  const today = shanghaiDay(nowMs);
  const at = new Date(nowMs);
  const decision = decideRequest(record, input.action, broughtBy(input), today);
  if (!decision.ok) throw refusal(decision, record);
  const version = record.version + 1;
  if (record.state === 'in_mediation' && decision.state !== record.state) {
    await closeSessions(
      tx,
      vault,
      record,
      { state: decision.state, ...(input.outcome && { outcome: input.outcome }) },
      nowMs,
    );
  }
  const changes: Partial<RequestRecord> = {
    state: decision.state,
    version,
    acceptedOn: decision.acceptedOn,
    isExtended: decision.isExtended,
    dueAt: decision.dueOn === null ? null : new Date(instantOf(addDays(decision.dueOn, 1), 0)),
    ...(decision.state !== record.state && { stateSince: at }),
    ...(input.action === 'withdraw' && { outcome: 'withdrawn' as const }),
    ...(input.outcome && { outcome: input.outcome }),
    ...(input.action === 'not_solved' && { outcome: null }),
  };
  if (input.body) Object.assign(changes, await bodyColumns(tx, input.body));
  if (input.summary) {
    changes.summarySealed = await vault.sealFor(tx, record.vaultPersonId, input.summary, summaryOf(record.id));
  }
  const data = await moveReferral(tx, vault, record, input, { actorId, version, at });
  const [now] = await tx.update(requests).set(changes).where(eq(requests.id, record.id)).returning();
  const wordsSealed = input.words
    ? await vault.sealFor(tx, record.vaultPersonId, input.words, wordsOf(record.id, version))
    : null;
  await tx.insert(requestEvents).values({
    requestId: record.id,
    version,
    action: input.action,
    fromState: record.state,
    toState: decision.state,
    actorId,
    actorRole: role,
    wordsSealed,
    readers: input.action === 'reassign' ? 'handlers' : 'person',
    data: {
      ...data,
      ...(input.body && { body: input.body }),
      ...(input.outcome && { outcome: input.outcome }),
      ...(input.appointmentId && { appointmentId: input.appointmentId }),
      ...(input.consents && { consentsRecorded: true }),
    },
    at,
  });
  await writeAudit(tx, {
    actorId,
    action: `request.${input.action}`,
    subject: { kind: 'request', id: record.id },
    before: { state: record.state, version: record.version },
    after: { ...changes, ...(wordsSealed && { words: wordsSealed }), ...(input.consents && { consents: 'recorded' }) },
    atMs: nowMs,
  });
  return now!;
}

function broughtBy(input: Omit<ActOnRequest, 'version'>): Partial<Record<Need, boolean>> & { respondBy?: string } {
  return {
    words: Boolean(input.words),
    outcome: input.outcome !== undefined,
    appointment: input.appointmentId !== undefined || input.respondBy !== undefined,
    body: input.body !== undefined,
    receiver: input.receiverId !== undefined,
    receipt: Boolean(input.receipt),
    consents: input.consents !== undefined,
    ...(input.respondBy && { respondBy: input.respondBy }),
  };
}

const NEED_FIELDS: Record<Need, [path: string, words: string]> = {
  words: ['words', 'say in words what the person should know'],
  outcome: ['outcome', 'choose how it ended'],
  appointment: ['respondBy', 'name the appointment or its day'],
  body: ['body', 'name who takes it'],
  receiver: ['receiverId', 'name who shall receive it'],
  receipt: ['receipt', 'give the number of your receipt'],
  consents: ['consents', 'both sides must agree, and where that is recorded must be said'],
};

function refusal(decision: Extract<RequestDecision, { ok: false }>, record: RequestRecord): Problem {
  if (decision.why === 'missing') {
    const [path, words] = NEED_FIELDS[decision.need];
    return refuseField('invalid_request', path, `${path}: ${words}`);
  }
  const words = {
    not_from_here: `A request that is "${record.state}" cannot go that way.`,
    extended_before: 'The time was extended before; it can be once only.',
    clock_ran_out: 'The time has run out; it can only be extended before it does.',
  }[decision.why];
  return new Problem('request_state', `${words} Nothing was changed.`);
}

async function bodyColumns(tx: Transaction, body: NonNullable<ActOnRequest['body']>) {
  if (body.kind === 'window') return { responsibleStreet: null, responsibleOrganisationId: null, ruleId: null };
  const id = body.id ?? '';
  const [known] =
    body.kind === 'street'
      ? await tx.select({ id: jurisdictions.code }).from(jurisdictions).where(eq(jurisdictions.code, id))
      : await tx.select({ id: organisations.id }).from(organisations).where(eq(organisations.id, id));
  if (!known) throw refuseField('no_such_reference', 'body', 'There is no such street or organisation.');
  return body.kind === 'street'
    ? { responsibleStreet: id, responsibleOrganisationId: null, ruleId: null }
    : { responsibleStreet: null, responsibleOrganisationId: id, ruleId: null };
}

const isOpen = sql`${referrals.sentBackAt} is null and ${referrals.concludedAt} is null`;

/** Keeps the referral in step with the request; answers what the timeline tells of it. */
async function moveReferral(
  tx: Transaction,
  vault: Dependencies['vault'],
  record: RequestRecord,
  input: Omit<ActOnRequest, 'version'>,
  { actorId, version, at }: { actorId: string | null; version: number; at: Date },
): Promise<Record<string, unknown>> {
  const open = and(eq(referrals.requestId, record.id), isOpen);
  switch (input.action) {
    case 'refer': {
      const [receiver] = await tx
        .select({ id: organisations.id, name: organisations.name })
        .from(organisations)
        .where(eq(organisations.id, input.receiverId!));
      if (!receiver) throw refuseField('no_such_reference', 'receiverId', 'There is no such organisation.');
      const respondBy = input.respondBy ?? addDays(shanghaiDay(at.getTime()), 7);
      await tx.insert(referrals).values({
        id: randomUUID(),
        requestId: record.id,
        toOrganisationId: receiver.id,
        reasonSealed: await vault.sealFor(tx, record.vaultPersonId, input.words!, wordsOf(record.id, version)),
        appointmentId: input.appointmentId ?? null,
        askedBy: actorId!,
        askedAt: at,
        respondBy: new Date(instantOf(addDays(respondBy, 1), 0)),
      });
      return { receiver: receiver.name, respondBy };
    }
    case 'take': {
      await tx.update(referrals).set({ takenBy: actorId, takenAt: at, receipt: input.receipt! }).where(open);
      return { receipt: input.receipt };
    }
    case 'send_back':
      await tx.update(referrals).set({ sentBackAt: at }).where(open);
      return {};
    case 'report_outcome':
      await tx.update(referrals).set({ concludedAt: at, outcome: input.outcome! }).where(open);
      return {};
    case 'withdraw':
      await tx.update(referrals).set({ concludedAt: at, outcome: 'withdrawn' }).where(open);
      return {};
    default:
      return {};
  }
}

/** The role that an actor acts in, as the timeline tells it: never a name. */
function roleOf(looker: Looker): string {
  if ('holderOf' in looker) return 'rider';
  return looker.actor.memberships.find(({ role }) => role !== 'rider')?.role ?? 'rider';
}
