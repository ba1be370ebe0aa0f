import { and, eq, inArray, isNotNull, isNull, lte, sql } from 'drizzle-orm';
import { mediationNotice } from '#domain/cases/mediation/notices.ts';
import { SIDES, type Side } from '#domain/cases/mediation/session.ts';
import { addDays, instantOf, shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database, Transaction } from '../../../db/connect.ts';
import { memberships } from '../../../db/tables/accounts.ts';
import { requests } from '../../../db/tables/cases.ts';
import { mediationNotices, mediationSessions } from '../../../db/tables/mediation.ts';
import type { SendMessage } from '../../platform/notifications/message.ts';
import { type MessageQueue, sendQueued } from '../../platform/notifications/send-queued.ts';
import type { Vault } from '../../platform/vault.ts';
import { accountOf, type RequestRecord } from '../view-request.ts';
import { appendEntry, lockSession, type SessionRecord } from './append-entry.ts';
import { ownPhone, phoneOfUser } from './own-phone.ts';

/** How long until each further try: about a day in all. Then the page alone tells. */
const WAITS_MIN = [5, 15, 60, 240, 480, 720];

/** States in which the clock, or the day of a payment, runs. */
const RUNNING = ['accepted', 'in_mediation', 'settled'] as const;

type NoticeKind = (typeof mediationNotices.$inferSelect)['kind'];

/**
 * Has everybody told, once, of time that ends tomorrow (both sides and the mediator) and of time that is over (the
 * supervisors too, on whose list of overdue requests it is), on their phones and in the session. To be called hourly.
 */
export async function remindParties({ db, vault }: { db: Database; vault: Vault }, nowMs: number): Promise<void> {
  const horizon = new Date(instantOf(addDays(shanghaiDay(nowMs), 2), 0));
  const due = await db
    .select({ id: requests.id, dueAt: requests.dueAt })
    .from(requests)
    .where(
      and(
        inArray(requests.state, [...RUNNING]),
        isNotNull(requests.acceptedOn),
        lte(requests.dueAt, horizon),
        sql`not exists (select from ${mediationNotices} n where n.request_id = ${requests.id} and n.due_at = ${requests.dueAt}
          and n.kind = (case when ${requests.dueAt} <= ${new Date(nowMs).toISOString()} then 'overdue' else 'due_tomorrow' end))`,
      ),
    );
  for (const { id } of due) await db.transaction((tx) => remindOf(tx, vault, id, nowMs));
}

async function remindOf(tx: Transaction, vault: Vault, requestId: string, nowMs: number): Promise<void> {
  const [request] = await tx.select().from(requests).where(eq(requests.id, requestId)).for('update');
  if (!request?.dueAt || !RUNNING.some((state) => state === request.state)) return; // moved on meanwhile
  const kind: NoticeKind = request.dueAt.getTime() <= nowMs ? 'overdue' : 'due_tomorrow';
  const [session] = await tx
    .select()
    .from(mediationSessions)
    .where(eq(mediationSessions.requestId, request.id))
    .orderBy(sql`${mediationSessions.openedAt} desc`)
    .limit(1);
  const at = new Date(nowMs);
  const added = await tx
    .insert(mediationNotices)
    .values(
      (await receiversOf(tx, request, session, kind)).map((receiver) => ({
        requestId: request.id,
        dueAt: request.dueAt!,
        kind,
        receiver,
        nextTryAt: at,
      })),
    )
    .onConflictDoNothing()
    .returning({ receiver: mediationNotices.receiver });
  if (added.length === 0 || !session) return;
  // An erased person's session takes nothing more; the phones of the others are still told.
  if (!(await canSeal(tx, vault, request))) return;
  const locked = await lockSession(tx, session.id);
  const data = { reminder: kind, dueAt: request.dueAt.toISOString() };
  await appendEntry(tx, vault, locked, request, { author: 'program', kind: 'reminder', data }, nowMs);
}

async function canSeal(tx: Transaction, vault: Vault, request: RequestRecord): Promise<boolean> {
  return (await vault.unsealFor(tx, request.vaultPersonId, request.accountSealed, accountOf(request.id))) !== null;
}

async function receiversOf(
  tx: Transaction,
  request: RequestRecord,
  session: SessionRecord | undefined,
  kind: NoticeKind,
): Promise<string[]> {
  const holding = async (role: 'employer' | 'mediator' | 'supervisor', organisationId: string | null) =>
    (
      await tx
        .select({ id: memberships.userId })
        .from(memberships)
        .where(
          and(
            eq(memberships.role, role),
            isNull(memberships.endedAt),
            role === 'supervisor' ? undefined : eq(memberships.organisationId, organisationId ?? ''),
          ),
        )
    ).map(({ id }) => id);
  const desk = session && request.respondentId !== null ? await holding('employer', request.respondentId) : [];
  const mediators = session ? [session.openedBy] : await holding('mediator', request.responsibleOrganisationId);
  const supervisors = kind === 'overdue' ? await holding('supervisor', null) : [];
  return [...new Set([...(session ? SIDES : ['claimant']), ...desk, ...mediators, ...supervisors])];
}

export type NoticeOptions = { db: Database; vault: Vault; sendMessage: SendMessage };

/** Sends the reminders that are due and answers how many went out; see `sendQueued`. */
export async function sendMediationNotices({ db, vault, sendMessage }: NoticeOptions, nowMs: number): Promise<number> {
  const queue: MessageQueue<typeof mediationNotices.$inferSelect> = {
    table: mediationNotices,
    isRow: ({ requestId, dueAt, kind, receiver }) =>
      and(
        eq(mediationNotices.requestId, requestId),
        eq(mediationNotices.dueAt, dueAt),
        eq(mediationNotices.kind, kind),
        eq(mediationNotices.receiver, receiver),
      )!,
    waitsMin: WAITS_MIN,
    async compose({ requestId, kind, receiver }) {
      const [request] = await db.select().from(requests).where(eq(requests.id, requestId));
      const to = await phoneOfReceiver({ db, vault }, request!, receiver);
      return to ? { to, text: mediationNotice(kind, request!.number) } : null;
    },
  };
  return sendQueued({ db, sendMessage }, queue, nowMs);
}

async function phoneOfReceiver(
  { db, vault }: { db: Database; vault: Vault },
  request: RequestRecord,
  receiver: string,
): Promise<string | null> {
  const side: Side | undefined = SIDES.find((one) => one === receiver);
  if (!side) return phoneOfUser(db, receiver);
  const [session] = await db
    .select()
    .from(mediationSessions)
    .where(eq(mediationSessions.requestId, request.id))
    .orderBy(sql`${mediationSessions.openedAt} desc`)
    .limit(1);
  if (!session && side === 'respondent') return null;
  return ownPhone({ db, vault }, { session: session ?? null, request }, side, null);
}
