import { createPublicKey, randomUUID, verify } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#domain/accounts/roles.ts';
import type { ClaimState } from '#domain/insurance/claim-lifecycle.ts';
import {
  ClaimReconciliation,
  FeedKey,
  InsurerDayPage,
  type InsurerPayment,
  TakenPayments,
} from '#domain/insurance/ledger-contract.ts';
import { addDays } from '#domain/time/shanghai.ts';
import { closeOverDays } from '../../api/insurance/close-days.ts';
import { takeInsurerPayments } from '../../api/insurance/take-insurer-payments.ts';
import type { Connection } from '../../db/connect.ts';
import { claimEvents, claims, insurerPayments } from '../../db/tables/claims.ts';
import { ledgerPostings } from '../../db/tables/ledger.ts';
import { addCovers, addInsuranceBase, INSURER, OTHER_INSURER, TERMS } from '../support/covers.ts';
import { emptyTestDatabase, openTestDatabase, testEngines } from '../support/database.ts';
import { createTestApp, makeActor, NOON, type TestApp } from '../support/factories.ts';

const TODAY = '2026-03-10';
const YESTERDAY = addDays(TODAY, -1);
const insurer = makeActor('insurer', INSURER);
const otherInsurer = makeActor('insurer', OTHER_INSURER);
const supervisor = makeActor('supervisor');
const rider = makeActor('rider');

const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;
const payment = (reference: string, claim: string, paidFen: number) => ({ reference, claim, paidFen, paidOn: TODAY });

describe.each(testEngines())("an insurer's desk on %s", (engine) => {
  let connection: Connection;
  let app: TestApp;
  beforeAll(async () => {
    connection = await openTestDatabase(engine);
  });
  afterAll(async () => {
    await app?.close();
    await connection.close();
  });
  beforeEach(async () => {
    await app?.close();
    await emptyTestDatabase(connection);
    app = await createTestApp(connection);
    await addInsuranceBase(connection.db, ['employer-a']);
  });

  const get = (actor: Actor, path: string) => app.as(actor, 'GET', `/api/office/insurer/${path}`);
  async function coverYesterday(): Promise<void> {
    const days = { from: YESTERDAY, until: addDays(TODAY, 3) };
    await addCovers(connection.db, [
      { ...days, personId: 'person-1' },
      { ...days, personId: 'person-2', employerId: 'employer-a', ownFen: 55 },
      { ...days, personId: 'person-3', insurerId: OTHER_INSURER },
      { ...days, personId: 'person-4', isInsured: false },
    ]);
    await closeOverDays(connection.db, NOON);
  }

  it('hands out closed days as files whose signature anybody can check with the public key', async () => {
    await coverYesterday();
    const keyAnswer = await app.request('/api/insurer-feed/key');
    const { publicKeyPem } = FeedKey.parse(await keyAnswer.json());
    const publicKey = createPublicKey(publicKeyPem);
    const { days, nextAfter } = InsurerDayPage.parse(await (await get(insurer, 'days')).json());
    expect(nextAfter).toBeNull();
    expect(days).toEqual([
      expect.objectContaining({ day: YESTERDAY, coveredDays: 2, ownFen: 95, subsidyFen: 80, totalFen: 175 }),
    ]);
    expect(days[0]!.files).toHaveLength(2);
    for (const path of days[0]!.files) {
      const answer = await app.as(insurer, 'GET', `/api${path}`);
      const bytes = Buffer.from(await answer.arrayBuffer());
      const detached = await app.as(insurer, 'GET', `/api${path.replace('?', '.sig?')}`);
      const signature = Buffer.from(await detached.arrayBuffer());
      expect(signature).toHaveLength(64);
      expect(answer.headers.get('luyi-signature')).toBe(signature.toString('base64'));
      expect(verify(null, bytes, publicKey, signature)).toBe(true);
      const altered = Buffer.from(bytes.toString().replace('55', '54'));
      expect(verify(null, altered, publicKey, signature)).toBe(false);
      const again = Buffer.from(await (await app.as(insurer, 'GET', `/api${path}`)).arrayBuffer());
      expect(again.equals(bytes)).toBe(true);
      expect(bytes.toString()).not.toContain('person-');
    }
    const lines = (await (await get(insurer, `days/${YESTERDAY}/covers.csv`)).text()).trim().split('\n');
    expect(lines).toHaveLength(4);
    expect(lines.at(-1)).toBe(`total,${YESTERDAY},${INSURER},2,,,95,80,175`);
    const theirs = await (await get(otherInsurer, `days/${YESTERDAY}/covers.json`)).text();
    const { covers } = JSON.parse(theirs) as { covers: { insured: string; premiumFen: number }[] };
    expect(covers).toEqual([expect.objectContaining({ premiumFen: 80, payer: 'self' })]);
  });

  const nameIn = async (actor: Actor, day: string) => {
    const { covers } = (await (await get(actor, `days/${day}/covers.json`)).json()) as {
      covers: { insured: string }[];
    };
    return covers[0]!.insured;
  };
  it('names a person the same in every file for an insurer, and otherwise for another insurer', async () => {
    const one = { personId: 'person-1', ownFen: 40 };
    await addCovers(connection.db, [
      { ...one, from: addDays(TODAY, -3), until: addDays(TODAY, -1) },
      { ...one, from: YESTERDAY, until: TODAY, insurerId: OTHER_INSURER },
    ]);
    await closeOverDays(connection.db, NOON);
    const name = await nameIn(insurer, addDays(TODAY, -3));
    expect(await nameIn(insurer, addDays(TODAY, -2))).toBe(name);
    expect(await nameIn(otherInsurer, YESTERDAY)).not.toBe(name);
  });

  it('signs nothing for a day that is not closed, or whose covers are not those of the close', async () => {
    await coverYesterday();
    const open = await get(insurer, `days/${TODAY}/covers.csv`);
    expect([open.status, await codeOf(open)]).toEqual([409, 'day_not_closed']);
    await connection.db.execute(sql`update covers set own_fen_per_day = 41 where insured_person_id = 'person-1'`);
    for (const file of ['covers.csv', 'covers.csv.sig', 'covers.json']) {
      const response = await get(insurer, `days/${YESTERDAY}/${file}`);
      expect([response.status, await codeOf(response)]).toEqual([409, 'day_differs']);
    }
  });

  it('shows nobody the days and claims of another insurer', async () => {
    await coverYesterday();
    const paths = ['days', `days/${YESTERDAY}`, `days/${YESTERDAY}/covers.csv`, 'claims', 'claims/reconciliation'];
    for (const path of [...paths, 'claims/files/claims.json']) {
      expect((await app.request(`/api/office/insurer/${path}`)).status).toBe(401);
      expect((await get(rider, path)).status).toBe(403);
      expect((await get(insurer, `${path}?insurer=${OTHER_INSURER}`)).status).toBe(403);
      expect((await get(supervisor, path)).status).toBe(400); // has to say whose
      expect((await get(supervisor, `${path}?insurer=${INSURER}`)).status).toBe(200);
      expect((await get(insurer, path)).status).toBe(200);
    }
    const body = { payments: [{ reference: 'r', claim: 'c', paidFen: 1, paidOn: TODAY }] };
    for (const actor of [rider, supervisor]) expect((await take(body, actor)).status).toBe(403);
    expect((await take({ ...body, insurerId: OTHER_INSURER })).status).toBe(403);
  });

  it('says what is wrong with what it is sent, and stores nothing', async () => {
    const good = { reference: 'r', claim: 'c', paidFen: 1, paidOn: TODAY };
    for (const bad of [
      {},
      { payments: [] },
      { payments: [{ ...good, paidFen: 0 }] },
      { payments: [{ ...good, paidFen: 1.5 }] },
      { payments: [{ ...good, more: 1 }] },
      { payments: [{ ...good, paidOn: 'today' }] },
      { payments: [good], csv: 'x' },
      { csv: 'reference,claim\nr,c' },
      { csv: 'reference,claim,paid_fen,paid_on\nr,c,1.5,2026-03-10' },
      { csv: 'reference,claim,paid_fen,paid_on' },
      { csv: '"' },
      '{',
    ]) {
      expect((await take(bad)).status, JSON.stringify(bad)).toBe(400);
    }
    expect((await take({ payments: [{ ...good, paidOn: addDays(TODAY, 1) }] })).status).toBe(422);
    for (const path of ['days?limit=0', 'days?after=x', 'days/x', `days/${TODAY}/covers.exe`, 'claims?which=all']) {
      expect((await get(insurer, path)).status).toBe(400);
    }
    expect(await connection.db.select().from(insurerPayments)).toEqual([]);
  });

  const take = (body: unknown, actor = insurer) => app.as(actor, 'POST', '/api/office/insurer/claims/payments', body);
  async function taken(payments: InsurerPayment[] | string): Promise<TakenPayments> {
    const response = await take(typeof payments === 'string' ? { csv: payments } : { payments });
    expect(response.status, await response.clone().text()).toBe(200);
    return TakenPayments.parse(await response.json());
  }
  const reconciled = async () => ClaimReconciliation.parse(await (await get(insurer, 'claims/reconciliation')).json());

  /** A claim in a state, assessed and approved at an amount, past the API. */
  async function addClaim(
    number: string,
    approvedFen: number,
    { state = 'approved', insurerId = INSURER }: { state?: ClaimState; insurerId?: string } = {},
  ): Promise<string> {
    const { db } = connection;
    const [id, personId] = [randomUUID(), `person-${number}`];
    const [enrolmentId] = await addCovers(db, [{ from: YESTERDAY, until: TODAY, personId, insurerId }]);
    const at = new Date(NOON);
    const amounts = state === 'approved' ? { assessedFen: approvedFen, approvedFen } : {};
    await db.insert(claims).values({
      id,
      number,
      insuredPersonId: personId,
      enrolmentId: enrolmentId!,
      state,
      version: 3,
      happenedAt: at,
      happenedOn: YESTERDAY,
      termsVersion: TERMS,
      insurerId,
      accountSealed: '',
      channel: 'me',
      madeBy: personId,
      claimedFen: approvedFen,
      createdAt: at,
      stateSince: at,
      ...amounts,
    });
    const event = { claimId: id, actorId: 'somebody', at };
    await db.insert(claimEvents).values([
      { ...event, version: 1, action: 'report', fromState: 'draft', toState: 'reported' },
      { ...event, version: 2, action: 'assess', fromState: 'received', toState: 'assessed' },
      { ...event, version: 3, action: 'approve', fromState: 'assessed', toState: 'approved' },
    ]);
    return id;
  }
  const stateOf = async (number: string) => {
    const [claim] = await connection.db
      .select({ state: claims.state, paidFen: claims.paidFen })
      .from(claims)
      .where(eq(claims.number, number));
    return claim;
  };
  it('passes claims in a signed file, takes their payments back once and agrees to the fen', async () => {
    await addClaim('C-1', 120_000);
    await addClaim('C-2', 80_050);
    await addClaim('C-9', 5_000, { insurerId: OTHER_INSURER });
    const file = await get(insurer, 'claims/files/claims.csv');
    const text = await file.text();
    const { publicKeyPem } = FeedKey.parse(await (await app.request('/api/insurer-feed/key')).json());
    const signature = Buffer.from(file.headers.get('luyi-signature')!, 'base64');
    expect(verify(null, Buffer.from(text), createPublicKey(publicKeyPem), signature)).toBe(true);
    expect(text.trim().split('\n').at(-1)).toBe(`total,${INSURER},2,,,,,,200050`);
    expect(text).not.toContain('C-9');

    const rows = ['bank-1,C-1,120000', 'bank-2,C-2,80050'].map((row) => `${row},${TODAY}`);
    const csv = ['\uFEFFreference,claim,paid_fen,paid_on', ...rows, ''].join('\r\n');
    const first = await taken(csv);
    expect(first).toMatchObject({ paid: 2, differences: 0, payments: [{ isNew: true }, { isNew: true }] });
    const second = await taken(csv);
    expect(second).toMatchObject({ paid: 2, differences: 0, payments: [{ isNew: false }, { isNew: false }] });
    expect(await stateOf('C-1')).toEqual({ state: 'paid', paidFen: 120_000 });
    const postings = await connection.db.select().from(ledgerPostings).where(eq(ledgerPostings.kind, 'claim_paid'));
    expect(postings).toHaveLength(2);
    expect(await reconciled()).toEqual({
      claimsFen: 200_050,
      insurerFen: 200_050,
      ledgerFen: 200_050,
      agrees: true,
      differences: [],
    });
    const passed = await (await get(insurer, 'claims')).json();
    expect(passed).toMatchObject({ claims: [{ claim: 'C-1', paidFen: 120_000 }, { claim: 'C-2' }], nextAfter: null });
  });

  it('keeps as a difference what fits nowhere, and moves no claim for it', async () => {
    await addClaim('C-1', 120_000);
    await addClaim('C-2', 80_000, { state: 'received' });
    await addClaim('C-9', 5_000, { insurerId: OTHER_INSURER });
    const answer = await taken([
      payment('bank-1', 'C-1', 119_999),
      payment('bank-2', 'C-2', 80_000),
      payment('bank-3', 'C-9', 5_000),
      payment('bank-4', 'C-0', 1),
    ]);
    expect(answer.payments.map(({ outcome }) => outcome)).toEqual([
      'amount_differs',
      'not_approved',
      'unknown_claim',
      'unknown_claim',
    ]);
    expect(await stateOf('C-1')).toEqual({ state: 'approved', paidFen: null });
    expect(await stateOf('C-9')).toEqual({ state: 'approved', paidFen: null });
    const { agrees, differences } = await reconciled();
    expect(agrees).toBe(false);
    expect(differences.map(({ claim, reference, outcome }) => [claim, reference, outcome])).toEqual([
      ['C-0', 'bank-4', 'unknown_claim'],
      ['C-1', 'bank-1', 'amount_differs'],
      ['C-2', 'bank-2', 'not_approved'],
      ['C-9', 'bank-3', 'unknown_claim'],
    ]);
    const otherwise = await taken([payment('bank-1', 'C-1', 120_000)]);
    expect(otherwise.payments[0]!.outcome).toBe('said_otherwise');
    expect(await taken([payment('bank-5', 'C-1', 120_000), payment('bank-6', 'C-1', 120_000)])).toMatchObject({
      payments: [{ outcome: 'paid' }, { outcome: 'paid_before' }],
    });
    expect(await stateOf('C-1')).toEqual({ state: 'paid', paidFen: 120_000 });
  });

  it('pays once when the same file comes many times at once', async () => {
    for (let i = 0; i < 4; i++) await addClaim(`C-${i}`, 1000 + i);
    const payments = Array.from({ length: 4 }, (_, i) => payment(`bank-${i}`, `C-${i}`, 1000 + i));
    await Promise.all(Array.from({ length: 4 }, () => taken(payments)));
    const last = await taken(payments);
    expect(last.paid).toBe(4);
    const postings = await connection.db.select().from(ledgerPostings).where(eq(ledgerPostings.kind, 'claim_paid'));
    expect(postings).toHaveLength(4);
    expect(await reconciled()).toMatchObject({ agrees: true, claimsFen: 4006, insurerFen: 4006, ledgerFen: 4006 });
  });

  it('finishes a payment that was broken off between the claim and its own record', async () => {
    await addClaim('C-1', 1000);
    const broken = takeInsurerPayments(
      connection.db,
      insurer,
      INSURER,
      { payments: [payment('bank-1', 'C-1', 1000)] },
      async () => {
        throw new Error('cut off');
      },
      NOON,
    );
    await expect(broken).rejects.toThrow('cut off');
    expect((await reconciled()).differences).toEqual([
      expect.objectContaining({ outcome: 'open', reference: 'bank-1' }),
    ]);
    expect(await taken([payment('bank-1', 'C-1', 1000)])).toMatchObject({ paid: 1, payments: [{ isNew: false }] });
    expect((await reconciled()).agrees).toBe(true);
  });
});
