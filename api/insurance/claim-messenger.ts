import { and, eq, inArray, isNotNull, lte, sql } from 'drizzle-orm';
import { CLAIM_DUE, CLAIM_STATES } from '#domain/insurance/claim-lifecycle.ts';
import { claimMessage, type ClaimMessageKind } from '#domain/insurance/claim-messages.ts';
import type { Database } from '../../db/connect.ts';
import { users } from '../../db/tables/accounts.ts';
import { claimMessages, claims } from '../../db/tables/claims.ts';
import { insuredPersons } from '../../db/tables/enrolments.ts';
import type { SendMessage } from '../platform/notifications/message.ts';
import type { Vault } from '../platform/vault.ts';

const MINUTE_MS = 60_000;
/** How long until each further try: about a day in all. Then the page alone tells. */
const WAITS_MS = [5, 15, 60, 240, 480, 720].map((minutes) => minutes * MINUTE_MS);
const AT_ONCE = 20;
/** So long before its end somebody is reminded that they are waited for. */
const REMIND_BEFORE_MS = 3 * 86_400_000;

export type MessengerOptions = { db: Database; vault: Vault; sendMessage: SendMessage };

/**
 * Sends the messages to claimants that are due, and returns how many went out. A message is taken before it is sent, so
 * that two processes do not both send it; what fails is tried again later.
 */
export async function sendClaimMessages(options: MessengerOptions, nowMs: number): Promise<number> {
  let sent = 0;
  for (;;) {
    const taken = await takeMessages(options.db, nowMs);
    for (const message of taken) if (await sendOne(options, message, nowMs)) sent += 1;
    if (taken.length < AT_ONCE) return sent;
  }
}

type Taken = { claimId: string; version: number; kind: string; tries: number };

/** Takes some for this process: their next try is the one after this. */
async function takeMessages(db: Database, nowMs: number): Promise<Taken[]> {
  return db.transaction(async (tx) => {
    const due = await tx
      .select({
        claimId: claimMessages.claimId,
        version: claimMessages.version,
        kind: claimMessages.kind,
        tries: claimMessages.tries,
      })
      .from(claimMessages)
      .where(and(isNotNull(claimMessages.nextTryAt), lte(claimMessages.nextTryAt, new Date(nowMs))))
      .orderBy(claimMessages.nextTryAt)
      .limit(AT_ONCE)
      .for('update', { skipLocked: true });
    for (const message of due) {
      const waitMs = WAITS_MS[message.tries];
      await tx
        .update(claimMessages)
        .set({ tries: message.tries + 1, nextTryAt: waitMs === undefined ? null : new Date(nowMs + waitMs) })
        .where(isMessage(message));
    }
    return due;
  });
}

async function sendOne({ db, vault, sendMessage }: MessengerOptions, message: Taken, nowMs: number): Promise<boolean> {
  const [claim] = await db
    .select({ number: claims.number, personId: claims.insuredPersonId, phone: users.phoneNumber })
    .from(claims)
    .innerJoin(insuredPersons, eq(insuredPersons.id, claims.insuredPersonId))
    .leftJoin(users, eq(users.id, insuredPersons.userId))
    .where(eq(claims.id, message.claimId));
  const to = claim!.phone ?? (await vault.getPersonal(db, claim!.personId, 'phone'));
  const text = claimMessage(message.kind as ClaimMessageKind, claim!.number);
  if (to && text) {
    try {
      await sendMessage({ to, text });
    } catch {
      return false; // tried again at the time that was set when it was taken
    }
  }
  // Somebody without a phone is told at the counter; there is nothing to try again.
  await db
    .update(claimMessages)
    .set({ nextTryAt: null, sentAt: to ? new Date(nowMs) : null })
    .where(isMessage(message));
  return to !== null && text !== null;
}

const isMessage = ({ claimId, version, kind }: Taken) =>
  and(eq(claimMessages.claimId, claimId), eq(claimMessages.version, version), eq(claimMessages.kind, kind));

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
