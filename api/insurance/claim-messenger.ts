import { and, eq, inArray, lte, sql } from 'drizzle-orm';
import { CLAIM_DUE, CLAIM_STATES } from '#domain/insurance/claim-lifecycle.ts';
import { claimMessage, type ClaimMessageKind } from '#domain/insurance/claim-messages.ts';
import type { Database } from '../../db/connect.ts';
import { users } from '../../db/tables/accounts.ts';
import { claimMessages, claims } from '../../db/tables/claims.ts';
import { insuredPersons } from '../../db/tables/enrolments.ts';
import type { SendMessage } from '../platform/notifications/message.ts';
import { type MessageQueue, sendQueued } from '../platform/notifications/send-queued.ts';
import type { Vault } from '../platform/vault.ts';

/** How long until each further try: about a day in all. Then the page alone tells. */
const WAITS_MIN = [5, 15, 60, 240, 480, 720];
/** So long before its end somebody is reminded that they are waited for. */
const REMIND_BEFORE_MS = 3 * 86_400_000;

export type MessengerOptions = { db: Database; vault: Vault; sendMessage: SendMessage };

/** Sends the messages to claimants that are due, and returns how many went out; see `sendQueued`. */
export async function sendClaimMessages({ db, vault, sendMessage }: MessengerOptions, nowMs: number): Promise<number> {
  const queue: MessageQueue<ClaimMessageRow> = {
    table: claimMessages,
    isRow: ({ claimId, version, kind }) =>
      and(eq(claimMessages.claimId, claimId), eq(claimMessages.version, version), eq(claimMessages.kind, kind))!,
    waitsMin: WAITS_MIN,
    async compose({ claimId, kind }) {
      const [claim] = await db
        .select({ number: claims.number, personId: claims.insuredPersonId, phone: users.phoneNumber })
        .from(claims)
        .innerJoin(insuredPersons, eq(insuredPersons.id, claims.insuredPersonId))
        .leftJoin(users, eq(users.id, insuredPersons.userId))
        .where(eq(claims.id, claimId));
      // Somebody without a phone is told at the counter.
      const to = claim!.phone ?? (await vault.getPersonal(db, claim!.personId, 'phone'));
      const text = claimMessage(kind as ClaimMessageKind, claim!.number);
      return to && text ? { to, text } : null;
    },
  };
  return sendQueued({ db, sendMessage }, queue, nowMs);
}

type ClaimMessageRow = typeof claimMessages.$inferSelect;

/** States in which it is the claimant who is waited for. A draft waits for nobody else. */
const WAITS_FOR_CLAIMANT = CLAIM_STATES.filter((state) => state !== 'draft' && CLAIM_DUE[state]?.right === 'claim.own');

/** Has claimants reminded of what they are asked for, once, some days before its time is over. */
export async function remindClaimants(db: Database, nowMs: number): Promise<void> {
  const now = new Date(nowMs);
  const waiting = await db
    .select({ claimId: claims.id, version: claims.version })
    .from(claims)
    .where(
      and(
        inArray(claims.state, WAITS_FOR_CLAIMANT),
        lte(claims.dueAt, new Date(nowMs + REMIND_BEFORE_MS)),
        sql`${claims.dueAt} > ${now.toISOString()}`,
      ),
    );
  if (waiting.length === 0) return;
  await db
    .insert(claimMessages)
    .values(waiting.map((claim) => ({ ...claim, kind: 'reminder', createdAt: now, nextTryAt: now })))
    .onConflictDoNothing();
}
