import { randomInt } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Side } from '#domain/cases/mediation/session.ts';
import type { AskSettlementCode, ConfirmSettlement } from '#domain/cases/mediation/session-contract.ts';
import type { Database } from '../../../db/connect.ts';
import { requests } from '../../../db/tables/cases.ts';
import { sessionSettlements } from '../../../db/tables/mediation.ts';
import { CODE_TTL_S, createSignInCodes } from '../../accounts/sign-in-codes.ts';
import { Problem, refuseField } from '../../http/problem.ts';
import { writeAudit } from '../../platform/audit.ts';
import { moveRequest } from '../act-on-request.ts';
import { appendEntry, assertOpen, lockSession } from './append-entry.ts';
import type { MediationDependencies } from './dependencies.ts';
import { type Partaker, sideOf } from './find-partaker.ts';
import { ownPhone } from './own-phone.ts';

type Dependencies = Pick<MediationDependencies, 'connection' | 'vault' | 'limits' | 'sendMessage' | 'clock'>;
type SettlementRecord = typeof sessionSettlements.$inferSelect;

const confirmedAt = { claimant: 'claimantConfirmedAt', respondent: 'respondentConfirmedAt' } as const satisfies Record<
  Side,
  keyof SettlementRecord
>;

/**
 * Sends a side the code by which it confirms exactly the text with this hash, to its own phone. An older code is void.
 * Throws `not_allowed`, `session_state`, `settlement_changed`, `invalid_request` (no phone is known), `message_not_sent`,
 * `too_many_requests`.
 */
export async function askSettlementCode(
  deps: Dependencies,
  partaker: Partaker,
  version: number,
  input: AskSettlementCode,
): Promise<{ sentTo: string; expiresAt: string }> {
  const { vault, limits, sendMessage, clock, connection } = deps;
  const side = sideOf(partaker, input.side);
  const settlement = await standing(connection.db, partaker, version, input.hash);
  if (settlement.state !== 'open' || settlement[confirmedAt[side]] !== null) throw confirmedBefore();
  assertOpen(partaker.session);
  const phone = await phoneFor(deps, partaker, side, input.phone);
  await limits.assert('settlement_code', { phone, name: `${partaker.session.id} ${side}` });
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  await codesOf(connection.db, vault, clock).keep(subjectOf(partaker, settlement, side, phone), code);
  const short = settlement.hash.slice(0, 8);
  const text = `鹭驿：案号 ${partaker.request.number} 调解协议第 ${version} 稿（文本校验 ${short}），确认码 ${code}，5 分钟内有效。请读完协议全文再确认；调解员不会替您决定。`;
  try {
    await sendMessage({ to: phone, text, code });
  } catch {
    throw new Problem('message_not_sent', 'The code could not be sent. Try again in a few minutes.');
  }
  return {
    sentTo: `${phone.slice(0, 3)}****${phone.slice(-4)}`,
    expiresAt: new Date(clock() + CODE_TTL_S * 1000).toISOString(),
  };
}

/**
 * A side's confirmation. The second settles the request, in the same transaction. Throws `code_wrong`,
 * `settlement_changed`, `session_state`, `not_allowed`, `too_many_requests`.
 */
export async function confirmSettlement(
  deps: Dependencies,
  partaker: Partaker,
  version: number,
  input: ConfirmSettlement,
  nowMs: number,
): Promise<void> {
  const { connection, vault, limits, clock } = deps;
  const { db } = connection;
  const side = sideOf(partaker, input.side);
  const seen = await standing(db, partaker, version, input.hash);
  // The answer to the first sending may have been lost.
  if (seen[confirmedAt[side]] !== null && seen.state !== 'superseded') return;
  const phone = await phoneFor(deps, partaker, side, input.phone);
  await limits.assert('confirm_settlement', { name: `${partaker.session.id} ${side}` });
  // Used up before the rest, so that a wrong try stays counted when nothing else is stored.
  const fits = await codesOf(db, vault, clock).use(subjectOf(partaker, seen, side, phone), input.code);
  if (!fits) {
    throw new Problem('code_wrong', 'The code is wrong, used up or too old. Ask for a new one. Nothing was confirmed.');
  }
  await db.transaction(async (tx) => {
    const [request] = await tx.select().from(requests).where(eq(requests.id, partaker.request.id)).for('update');
    const session = await lockSession(tx, partaker.session.id);
    const settlement = await standing(tx, partaker, version, input.hash);
    assertOpen(session);
    if (settlement.state !== 'open' || settlement[confirmedAt[side]] !== null) throw confirmedBefore();
    const at = new Date(nowMs);
    const isSecond = (side === 'claimant' ? settlement.respondentConfirmedAt : settlement.claimantConfirmedAt) !== null;
    await tx
      .update(sessionSettlements)
      .set({ [confirmedAt[side]]: at, ...(isSecond && { state: 'confirmed', performance: 'due' }) })
      .where(isVersion(session.id, version));
    const { party, actorId } = partaker;
    const data = { version, side, hash: settlement.hash };
    await appendEntry(tx, vault, session, request!, { author: party, actorId, kind: 'confirmed', data }, nowMs);
    if (isSecond) {
      const respondBy = settlement.payBy ?? undefined;
      const by = { actorId: null, role: 'program' };
      await moveRequest(tx, vault, by, request!, { action: 'settle', ...(respondBy && { respondBy }) }, nowMs);
    }
    await writeAudit(tx, {
      actorId,
      action: 'session.confirm_settlement',
      subject: { kind: 'session', id: session.id },
      after: data,
      atMs: nowMs,
    });
  });
}

export const isVersion = (sessionId: string, version: number) =>
  and(eq(sessionSettlements.sessionId, sessionId), eq(sessionSettlements.version, version));

/** The settlement with this version and exactly this text. */
async function standing(db: Database, { session }: Partaker, version: number, hash: string): Promise<SettlementRecord> {
  const [settlement] = await db.select().from(sessionSettlements).where(isVersion(session.id, version));
  if (settlement?.hash !== hash || settlement.state === 'superseded') {
    throw new Problem(
      'settlement_changed',
      'Another text has taken its place. Read the newest version and confirm that. Nothing was confirmed.',
    );
  }
  return settlement;
}

async function phoneFor(
  { connection: { db }, vault }: Dependencies,
  partaker: Partaker,
  side: Side,
  given: string | undefined,
): Promise<string> {
  const isOneself = partaker.party === side;
  const known = await ownPhone({ db, vault }, partaker, side, isOneself ? partaker.actorId : null);
  // A mediator never names the phone: the code must reach the side itself.
  const phone = known ?? (isOneself ? given : undefined);
  if (phone === undefined) {
    throw refuseField('invalid_request', 'phone', 'phone: no phone is known here; name the one that gets the code');
  }
  return phone;
}

function codesOf(db: Database, vault: Dependencies['vault'], clock: () => number) {
  return createSignInCodes(db, vault.secretFor('settlement codes'), clock);
}

function subjectOf({ session }: Partaker, { version, hash }: SettlementRecord, side: Side, phone: string): string {
  return [session.id, version, side, hash, phone].join('\n');
}

function confirmedBefore(): Problem {
  return new Problem('session_state', 'This was confirmed before.');
}
