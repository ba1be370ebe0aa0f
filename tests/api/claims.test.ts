import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ClaimPage, ClaimView } from '#domain/insurance/claim-contract.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import { CLAIM_MOVES } from '#domain/insurance/claim-lifecycle.ts';
import type { Connection } from '../../db/connect.ts';
import { auditRecords } from '../../db/tables/audit.ts';
import { claimEvents, claimMessages, claims } from '../../db/tables/claims.ts';
import { ledgerEntries, ledgerPostings } from '../../db/tables/ledger.ts';
import { remindClaimants, sendClaimMessages } from '../../api/insurance/claim-messenger.ts';
import {
  act,
  addCover,
  addOffice,
  addRider,
  handInPaper,
  approver,
  assessLines,
  assessor,
  bring,
  insurer,
  lookAt,
  makeClaim,
  nextIdNumber,
  type Rider,
  second,
  submitted,
  supervisor,
  viewOf,
} from '../support/claims.ts';
import { emptyTestDatabase, openTestDatabase, testEngines } from '../support/database.ts';
import { makePdf } from '../support/pictures.ts';
import { createTestApp, makeActor, NOON, type TestApp } from '../support/factories.ts';
import {
  centre,
  JIANGTOU,
  LIANQIAN,
  neighbour,
  officer,
  parsed,
  refused,
  siming,
  stranger,
} from '../support/office.ts';

const DAY_MS = 86_400_000;

const deathLine = () => [{ id: randomUUID(), kind: 'death' as const, claimedFen: 0 }];
const invoiceLine = () => [{ id: randomUUID(), kind: 'medical' as const, claimedFen: 100, invoiceNumber: 'No 12 345' }];
const noGateway = async () => {
  throw new Error('no gateway');
};

describe.each(testEngines())('claims on %s', (engine) => {
  let connection: Connection;
  let app: TestApp;
  let office: string;
  let rider: Rider;

  beforeAll(async () => {
    connection = await openTestDatabase(engine);
    app = await createTestApp(connection);
    office = await addOffice(app);
  });
  afterAll(async () => {
    expect(app.log).toEqual([]);
    await app.close();
    await connection.close();
  });
  beforeEach(async () => {
    app.clock.nowMs = NOON;
    rider = await addRider(connection.db);
  });

  /** A reported claim of a covered day, received by nobody yet. */
  async function report(claim: Parameters<typeof makeClaim>[1] = {}): Promise<ClaimView> {
    await addCover(app, rider, '2026-03-01', '2026-03-31');
    return submitted(app, rider.actor, makeClaim(rider, { receivingSiteId: office, ...claim }));
  }

  const walkIn = (claim: Parameters<typeof makeClaim>[1] = {}) => {
    const somebody = { ...rider, idNumber: nextIdNumber(), name: '林阿海' };
    const account = { ...makeClaim(rider).account, phone: '13900001234' };
    return makeClaim(somebody, { onBehalf: true, channel: 'counter', receivingSiteId: office, account, ...claim });
  };

  describe('reporting', () => {
    it('stores it, says who has it now and by when', async () => {
      const claim = makeClaim(rider, { receivingSiteId: office });
      await addCover(app, rider, '2026-03-01', '2026-03-31');
      const response = await app.as(rider.actor, 'POST', '/api/claims', claim);
      expect(response.headers.get('cache-control')).toBe('private, no-store');
      const view = await parsed(response, ClaimView, 201);
      expect(view).toMatchObject({
        id: claim.id,
        state: 'reported',
        version: 1,
        cover: { days: { from: '2026-03-01', to: '2026-03-31' } },
        advice: [],
        name: rider.name,
        idNumber: rider.idNumber,
        account: { whatHappened: claim.account.whatHappened },
        receivingSite: { id: office },
        claimedFen: 300_000,
        waitsFor: 'claim.receive',
        dueAt: '2026-03-12T15:59:59.999Z',
        actions: ['supplement', 'withdraw'],
      });
      expect(view.number).toMatch(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/);
      expect(view.timeline).toMatchObject([{ action: 'report', fromState: 'draft', toState: 'reported', by: 'me' }]);
    });

    it('stores the same claim once, however often it is sent', async () => {
      const claim = makeClaim(rider, { receivingSiteId: office });
      const first = await submitted(app, rider.actor, claim);
      expect(await submitted(app, rider.actor, claim, 200)).toEqual(first);
      const later = { ...claim, account: { ...claim.account, whatHappened: '另一件事' } };
      expect((await submitted(app, rider.actor, later, 200)).account).toEqual(first.account);
      const sent = await Promise.all(
        Array.from({ length: 5 }, () => app.as(rider.actor, 'POST', '/api/claims', makeClaim(rider, { id: claim.id }))),
      );
      expect(sent.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
      const racing = makeClaim(rider);
      const raced = await Promise.all(
        Array.from({ length: 4 }, () => app.as(rider.actor, 'POST', '/api/claims', racing)),
      );
      expect(raced.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
    });

    it('keeps a claim of a day that was not covered, and says what can still be done', async () => {
      await addCover(app, rider, '2026-03-05', '2026-03-08');
      const view = await submitted(app, rider.actor, makeClaim(rider, { receivingSiteId: office }));
      expect(view).toMatchObject({
        state: 'reported',
        cover: null,
        coveredDays: [{ from: '2026-03-05', to: '2026-03-08' }],
        advice: ['check_day', 'ask_employer', 'other_insurance', 'legal_aid', 'stays_stored', 'cover_coming_days'],
      });
      const other = await addRider(connection.db);
      const without = await submitted(app, other.actor, makeClaim(other));
      expect(without.coveredDays).toEqual([]);
      expect(without.advice).not.toContain('check_day');
    });

    it('finds a cover whose payment came after the report', async () => {
      const view = await submitted(app, rider.actor, makeClaim(rider, { receivingSiteId: office }));
      expect(view.cover).toBeNull();
      const { enrolmentId } = await addCover(app, rider, '2026-03-09', '2026-03-09');
      const received = await viewOf(await act(app, officer, view, { action: 'receive' }));
      expect(received.cover).toMatchObject({ enrolmentId });
    });

    it('takes a late report and says by how much', async () => {
      const view = await report({ happenedAt: '2026-03-02T12:00:00+08:00' });
      expect(view.timeline[0]!.data).toEqual({ lateByHours: 8 * 24 - 48 });
    });

    it('keeps a draft that only its writer sees, and lets them go on with it', async () => {
      const claim = makeClaim(rider, { report: false, receivingSiteId: office, lines: [] });
      const draft = await submitted(app, rider.actor, claim);
      expect(draft).toMatchObject({ state: 'draft', version: 0, actions: ['report', 'withdraw'], timeline: [] });
      await refused(await app.as(centre, 'GET', `/api/claims/${claim.id}`), 404, 'claim_not_found');
      const again = { ...claim, account: { ...claim.account, whatHappened: '摔倒，右膝擦伤' } };
      const changed = await submitted(app, rider.actor, again, 200);
      expect(changed.account!.whatHappened).toBe('摔倒，右膝擦伤');
      const reported = await viewOf(await act(app, rider.actor, changed, { action: 'report' }));
      expect(reported).toMatchObject({ state: 'reported', version: changed.version + 1 });
      const direct = makeClaim(rider, { report: false });
      await submitted(app, rider.actor, direct);
      const sent = await submitted(app, rider.actor, { ...direct, report: true }, 200);
      expect(sent.state).toBe('reported');
    });

    it.each([
      ['in the future', '2026-03-10T12:20:00+08:00'],
      ['before the insurance existed', '2019-03-10T12:20:00+08:00'],
    ])('refuses an accident %s and stores nothing', async (_, happenedAt) => {
      const claim = makeClaim(rider, { happenedAt });
      await refused(await app.as(rider.actor, 'POST', '/api/claims', claim), 422, 'untimely_accident');
      expect(await connection.db.select().from(claims).where(eq(claims.id, claim.id))).toEqual([]);
    });

    it('refuses another office, an older wording, and an id that is somebody else’s', async () => {
      const send = (claim: object) => app.as(rider.actor, 'POST', '/api/claims', claim);
      await refused(await send(makeClaim(rider, { receivingSiteId: 'nowhere' })), 422, 'no_such_office');
      const consent = { identityWording: '2026-11', medicalWording: 'older' };
      await refused(await send(makeClaim(rider, { consent })), 409, 'consent_missing');
      const mine = makeClaim(rider);
      await submitted(app, rider.actor, mine);
      const other = await addRider(connection.db);
      await refused(
        await app.as(other.actor, 'POST', '/api/claims', { ...makeClaim(other), id: mine.id }),
        409,
        'id_taken',
      );
      await refused(
        await app.as(other.actor, 'POST', '/api/claims', makeClaim(other, { lines: mine.lines })),
        409,
        'id_taken',
      );
    });
  });

  describe('at the counter', () => {
    it('is taken on the same form, for somebody without an account, who is told on their phone', async () => {
      const view = await submitted(app, officer, walkIn());
      expect(view).toMatchObject({
        state: 'reported',
        name: '林**',
        actions: expect.arrayContaining(['receive', 'withdraw']),
      });
      expect(view.idNumber).toMatch(/^350\*+\w{4}$/);
      expect(view.account!.whatHappened).toBe('送餐途中摔倒，左腕骨折');
      await expect.poll(async () => (await app.outbox()).filter(({ to }) => to === '13900001234').length).toBe(1);
    });

    it('is taken for an office of one’s own streets only, and needs name and ID number', async () => {
      for (const actor of [neighbour, stranger]) {
        await refused(await app.as(actor, 'POST', '/api/claims', walkIn()), 403, 'not_allowed');
      }
      await refused(await app.as(rider.actor, 'POST', '/api/claims', walkIn()), 403, 'not_allowed');
      const { idNumber: _, ...without } = walkIn();
      await refused(await app.as(officer, 'POST', '/api/claims', without), 400, 'invalid_request');
      await submitted(app, siming, walkIn());
      const known = walkIn();
      await submitted(app, officer, known);
      const renamed = { ...walkIn(), idNumber: known.idNumber, name: '别人' };
      await refused(await app.as(officer, 'POST', '/api/claims', renamed), 409, 'id_number_held');
    });

    it('withdraws and appeals only for who has no account', async () => {
      const walked = await submitted(app, officer, walkIn());
      expect(await viewOf(await act(app, officer, walked, { action: 'withdraw' }))).toMatchObject({ state: 'closed' });
      const own = await report();
      expect((await lookAt(app, officer, own.id)).actions).not.toContain('withdraw');
      await refused(await act(app, officer, own, { action: 'withdraw' }), 409, 'four_eyes');
    });
  });

  describe('from assessment to payment', () => {
    it('goes through everybody’s hands once, tells the claimant, and posts the payment once', async () => {
      const claim = await report();
      const received = await viewOf(await act(app, officer, claim, { action: 'receive' }));
      const lines = assessLines(received);
      const calculated = await app.as(assessor, 'POST', `/api/claims/${claim.id}/calculate`, { lines });
      expect(await calculated.json()).toMatchObject({
        totalFen: 232_000,
        limitFen: 40_000_000,
        remainingFen: 40_000_000,
      });
      const assessed = await viewOf(await act(app, assessor, received, { action: 'assess', lines }));
      expect(assessed).toMatchObject({
        state: 'assessed',
        assessedFen: 232_000,
        approvedFen: null,
        approvalsMissing: 1,
      });
      expect(assessed.lines[0]!.steps.map(({ code, clause, amountFen }) => [code, clause, amountFen])).toEqual([
        ['cost', null, 300_000],
        ['deductible', 'medical.deductibleFen', -10_000],
        ['share', 'medical.sharePercent', -58_000],
      ]);
      const approved = await viewOf(await act(app, approver, assessed, { action: 'approve' }));
      expect(approved).toMatchObject({ state: 'approved', approvedFen: 232_000, paidFen: null, waitsFor: 'claim.pay' });
      const paid = await viewOf(await act(app, insurer, approved, { action: 'pay' }));
      expect(paid).toMatchObject({ state: 'paid', claimedFen: 300_000, paidFen: 232_000, account: null, name: '陈**' });
      await refused(await act(app, insurer, paid, { action: 'pay' }), 409, 'claim_state');
      const postings = await connection.db.select().from(ledgerPostings).where(eq(ledgerPostings.claimId, claim.id));
      expect(postings.map(({ kind }) => kind)).toEqual(['claim_paid']);
      const entries = await connection.db
        .select()
        .from(ledgerEntries)
        .where(eq(ledgerEntries.postingId, postings[0]!.id));
      expect(entries.map(({ account, amountFen }) => [account, amountFen]).sort()).toEqual([
        ['claim_payments', 232_000],
        ['insurer_claims', -232_000],
      ]);
      const messages = async () => (await app.outbox()).filter(({ to }) => to === rider.phone);
      await expect.poll(async () => (await messages()).length).toBe(5);
      for (const { text } of await messages()) {
        expect(text).toContain(claim.number);
        for (const secret of [rider.name, rider.idNumber, '2320', '摔倒', '莲前']) expect(text).not.toContain(secret);
      }
      const events = await connection.db.select().from(claimEvents).where(eq(claimEvents.claimId, claim.id));
      expect(events.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5]);
    });

    it('asks for papers and gets them, as often as it takes', async () => {
      let view = await report();
      view = await viewOf(
        await act(app, officer, view, { action: 'request_materials', materials: ['invoice', 'bank_card'] }),
      );
      expect(view).toMatchObject({
        state: 'materials_requested',
        waitsFor: 'claim.own',
        materialsAsked: ['invoice', 'bank_card'],
      });
      app.clock.nowMs += DAY_MS;
      const files = [{ fileId: await handInPaper(app, rider.actor), material: 'invoice' as const }];
      view = await viewOf(await act(app, rider.actor, view, { action: 'supplement', files, words: '银行卡随后补' }));
      expect(view).toMatchObject({
        state: 'supplemented',
        files: [{ material: 'invoice' }],
        waitsFor: 'claim.receive',
      });
      expect(view.timeline.at(-1)).toMatchObject({ by: 'me', words: '银行卡随后补' });
      view = await viewOf(await act(app, officer, view, { action: 'request_materials', materials: ['bank_card'] }));
      view = await viewOf(await act(app, officer, view, { action: 'supplement', files: [] }));
      view = await viewOf(await act(app, officer, view, { action: 'receive' }));
      expect(view.state).toBe('received');
      await refused(
        await act(app, assessor, view, { action: 'assess', lines: assessLines(view), files }),
        400,
        'invalid_request',
      );
    });

    it('needs two different people above the limit, and never the assessor', async () => {
      const both = { ...assessor, memberships: [...assessor.memberships, ...approver.memberships] };
      const claim = await report({ lines: [{ id: randomUUID(), kind: 'disability', claimedFen: 0 }] });
      const received = await bring(app, claim, 'received');
      const lines = [{ id: claim.lines[0]!.id, kind: 'disability' as const, grade: 9 }];
      const assessed = await viewOf(await act(app, both, received, { action: 'assess', lines }));
      expect(assessed).toMatchObject({ assessedFen: 8_000_000, approvalsMissing: 2 });
      expect(assessed.actions).toEqual(['return']);
      await refused(await act(app, both, assessed, { action: 'approve' }), 409, 'four_eyes');
      await refused(
        await act(app, both, assessed, { action: 'decline', declineCode: 'over_age', words: '超龄' }),
        409,
        'four_eyes',
      );
      const once = await viewOf(await act(app, approver, assessed, { action: 'approve' }));
      expect(once).toMatchObject({ state: 'assessed', approvedFen: null, approvalsMissing: 1 });
      await refused(await act(app, approver, once, { action: 'approve' }), 409, 'four_eyes');
      const twice = await viewOf(await act(app, second(approver), once, { action: 'approve' }));
      expect(twice).toMatchObject({ state: 'approved', approvedFen: 8_000_000 });
    });

    it('asks for both approvals anew after a return', async () => {
      const claim = await report({ lines: [{ id: randomUUID(), kind: 'disability', claimedFen: 0 }] });
      let view = await bring(app, claim, 'assessed');
      view = await viewOf(await act(app, approver, view, { action: 'approve' }));
      view = await viewOf(await act(app, second(approver), view, { action: 'return', words: '等级依据不足' }));
      view = await bring(app, view, 'assessed');
      expect(view.approvalsMissing).toBe(2);
    });

    it('declines with a code and plain words', async () => {
      const assessed = await bring(app, await report(), 'assessed');
      await refused(await act(app, approver, assessed, { action: 'decline', words: '不行' }), 422, 'claim_incomplete');
      await refused(
        await act(app, approver, assessed, { action: 'decline', declineCode: 'not_at_work' }),
        422,
        'claim_incomplete',
      );
      const declined = await bring(app, assessed, 'declined');
      const mine = await lookAt(app, rider.actor, declined.id);
      expect(mine).toMatchObject({
        state: 'declined',
        declineCode: 'not_at_work',
        approvedFen: 0,
        actions: ['appeal'],
      });
      expect(mine.timeline.at(-1)).toMatchObject({ by: 'staff', words: '当时不在工作中' });
    });

    it('pays no more than the cover leaves over all its claims', async () => {
      const first = await report({ lines: [{ id: randomUUID(), kind: 'disability', claimedFen: 0 }] });
      const other = await submitted(
        app,
        rider.actor,
        makeClaim(rider, { receivingSiteId: office, lines: deathLine() }),
      );
      // Both are assessed while nothing is used; then one is approved.
      const firstAssessed = await bring(app, first, 'assessed', [
        { id: first.lines[0]!.id, kind: 'disability', grade: 3 },
      ]);
      const otherAssessed = await bring(app, other, 'assessed');
      expect(otherAssessed.assessedFen).toBe(40_000_000);
      await bring(app, firstAssessed, 'paid');
      await refused(await act(app, approver, otherAssessed, { action: 'approve' }), 409, 'cover_used_up');
      let view = await viewOf(await act(app, approver, otherAssessed, { action: 'return', words: '额度不足' }));
      view = await bring(app, view, 'paid');
      expect(view.paidFen).toBe(8_000_000);
      expect(view.lines[0]!.steps.at(-1)).toMatchObject({
        code: 'cover_limit',
        clause: 'coverLimitFen',
        amountFen: -32_000_000,
      });
    });
  });

  describe('appeal', () => {
    it('is decided by somebody new, assessed by another assessor, and keeps what was paid', async () => {
      let view = await bring(app, await report(), 'paid');
      view = await viewOf(await act(app, rider.actor, view, { action: 'appeal', words: '少算了住院' }));
      expect(view).toMatchObject({ state: 'appealed', waitsFor: 'claim.decide_appeal' });
      view = await viewOf(await act(app, supervisor, view, { action: 'reopen', words: '补充住院证明' }));
      await refused(await act(app, assessor, view, { action: 'assess', lines: assessLines(view) }), 409, 'four_eyes');
      const less = [{ id: view.lines[0]!.id, kind: 'medical' as const, costFen: 100_000, notCoveredFen: 0 }];
      const stay = { id: randomUUID(), kind: 'hospital' as const, stays: [5] };
      view = await viewOf(await act(app, second(assessor), view, { action: 'assess', lines: [...less, stay] }));
      expect(view).toMatchObject({ assessedFen: 232_000 + 30_000, approvedFen: 232_000, paidFen: 232_000 });
      view = await viewOf(await act(app, approver, view, { action: 'approve' }));
      view = await viewOf(await act(app, insurer, view, { action: 'pay' }));
      expect(view).toMatchObject({ state: 'paid', paidFen: 262_000 });
      const postings = await connection.db
        .select({ amountFen: ledgerEntries.amountFen })
        .from(ledgerPostings)
        .innerJoin(ledgerEntries, eq(ledgerEntries.postingId, ledgerPostings.id))
        .where(and(eq(ledgerPostings.claimId, view.id), eq(ledgerEntries.account, 'claim_payments')));
      expect(postings.map(({ amountFen }) => amountFen).sort()).toEqual([232_000, 30_000]);
    });

    it('is possible for as long as the terms say, once for each decision', async () => {
      const declined = await bring(app, await report(), 'declined');
      app.clock.nowMs = Date.parse('2026-05-09T23:59:00+08:00'); // the 60th day
      let view = await lookAt(app, rider.actor, declined.id);
      expect(view.actions).toEqual(['appeal']);
      view = await viewOf(await act(app, rider.actor, view, { action: 'appeal', words: '我在送单' }));
      view = await viewOf(await act(app, supervisor, view, { action: 'uphold', words: '记录显示已下线' }));
      await refused(await act(app, rider.actor, view, { action: 'appeal', words: '再申诉' }), 409, 'appeal_over');
      rider = await addRider(connection.db);
      app.clock.nowMs = NOON;
      const other = await bring(app, await report(), 'declined');
      app.clock.nowMs = Date.parse('2026-05-10T00:01:00+08:00');
      await refused(await act(app, rider.actor, other, { action: 'appeal', words: '迟了' }), 409, 'appeal_over');
    });
  });

  describe('two at once', () => {
    it('lets one win and shows the other what changed', async () => {
      const claim = await report();
      const [one, two] = await Promise.all([
        act(app, officer, claim, { action: 'receive' }),
        act(app, second(officer), claim, { action: 'request_materials', materials: ['invoice'] }),
      ]);
      expect([one.status, two.status].sort()).toEqual([200, 412]);
      const lost = await (one.status === 412 ? one : two).json();
      expect(lost).toMatchObject({ code: 'changed_meanwhile', current: { id: claim.id, version: 2 } });
      expect(ClaimView.parse(lost.current).state).toBe(one.status === 200 ? 'received' : 'materials_requested');
    });

    it('approves two claims of one cover only as far as its limit goes', async () => {
      const first = await report({ lines: deathLine() });
      const other = await submitted(
        app,
        rider.actor,
        makeClaim(rider, { receivingSiteId: office, lines: deathLine() }),
      );
      const ready = [];
      for (const claim of [first, other]) {
        const assessed = await bring(app, claim, 'assessed');
        ready.push(await viewOf(await act(app, approver, assessed, { action: 'approve' })));
      }
      const answers = await Promise.all(ready.map((view) => act(app, second(approver), view, { action: 'approve' })));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    });
  });

  describe('who sees what', () => {
    it('shows a claim to its claimant, its office, the city and its insurer, and to nobody else', async () => {
      const claim = await report();
      const otherRider = await addRider(connection.db);
      const otherInsurer = makeActor('insurer', 'other-insurer');
      for (const actor of [rider.actor, officer, siming, centre, assessor, approver, supervisor, insurer]) {
        expect((await app.as(actor, 'GET', `/api/claims/${claim.id}`)).status, actor.personId).toBe(200);
      }
      const outside = [
        otherRider.actor,
        neighbour,
        stranger,
        otherInsurer,
        makeActor('administrator'),
        makeActor('keeper', 'x'),
      ];
      for (const actor of outside) {
        await refused(await app.as(actor, 'GET', `/api/claims/${claim.id}`), 404, 'claim_not_found');
        await refused(await act(app, actor, claim, { action: 'receive' }), 404, 'claim_not_found');
        const queue = await app.as(actor, 'GET', '/api/office/claims?limit=100');
        if (queue.status === 200) expect(JSON.stringify(await queue.json())).not.toContain(claim.id);
        else expect(queue.status).toBe(403);
      }
    });

    it('hides who it is about from staff, what happened from who only pays, and writes down every look', async () => {
      const claim = await report();
      for (const [actor, reads] of [
        [officer, true],
        [assessor, true],
        [insurer, false],
      ] as const) {
        const body = await (await app.as(actor, 'GET', `/api/claims/${claim.id}`)).text();
        for (const secret of [rider.name, rider.idNumber]) expect(body).not.toContain(secret);
        expect(body.includes('送餐途中摔倒')).toBe(reads);
        const list = await (await app.as(actor, 'GET', '/api/office/claims')).text();
        for (const secret of [rider.name, rider.idNumber, '送餐途中摔倒']) expect(list).not.toContain(secret);
      }
      const looks = await connection.db
        .select()
        .from(auditRecords)
        .where(and(eq(auditRecords.subjectId, claim.id), eq(auditRecords.action, 'claim.look')))
        .orderBy(auditRecords.seq);
      expect(looks.map(({ actorId, after }) => [actorId, after])).toEqual([
        [officer.personId, { version: 1, account: true }],
        [assessor.personId, { version: 1, account: true }],
        [insurer.personId, { version: 1, account: false }],
      ]);
    });

    it('lets nobody handle their own claim', async () => {
      const clerk = { ...rider.actor, memberships: [...officer.memberships, ...approver.memberships] };
      const claim = await report();
      const view = await lookAt(app, clerk, claim.id);
      expect(view.actions).toEqual(['supplement', 'withdraw']);
      await refused(await act(app, clerk, claim, { action: 'receive' }), 409, 'four_eyes');
    });

    it('says who acted by role, never by name', async () => {
      const claim = await bring(app, await report(), 'received');
      expect(claim.timeline.map(({ by }) => by)).toEqual(['claimant', 'me']);
      const mine = await lookAt(app, rider.actor, claim.id);
      expect(mine.timeline.map(({ by }) => by)).toEqual(['me', 'staff']);
    });
  });

  describe('queues', () => {
    it('pages by when claims must move on, each once', async () => {
      await emptyTestDatabase(connection);
      await app.close();
      app = await createTestApp(connection);
      office = await addOffice(app);
      const far = await addOffice(app, JIANGTOU);
      for (let n = 0; n < 7; n++) {
        rider = await addRider(connection.db);
        app.clock.nowMs = NOON + (n % 3) * DAY_MS;
        await submitted(app, rider.actor, makeClaim(rider, { receivingSiteId: n === 6 ? far : office }));
      }
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const path = `/api/office/claims?limit=2${cursor ? `&cursor=${cursor}` : ''}`;
        const page: ClaimPage = await parsed(await app.as(centre, 'GET', path), ClaimPage);
        seen.push(...page.rows.map(({ id, dueAt }) => `${dueAt} ${id}`));
        cursor = page.nextCursor;
      } while (cursor);
      expect(seen).toEqual([...seen].sort());
      expect(new Set(seen).size).toBe(7);
      const count = async (actor: Parameters<TestApp['as']>[0], query: string) =>
        (await parsed(await app.as(actor, 'GET', `/api/office/claims?${query}`), ClaimPage)).rows.length;
      expect(await count(officer, 'waitsFor=me')).toBe(6);
      expect(await count(neighbour, 'waitsFor=me')).toBe(0);
      expect(await count(assessor, 'waitsFor=me')).toBe(0);
      expect(await count(assessor, 'state=reported')).toBe(7);
      expect(await count(centre, `street=${JIANGTOU}`)).toBe(1);
      expect(await count(siming, `street=${LIANQIAN.slice(0, 6)}`)).toBe(6);
      app.clock.nowMs = NOON + 3 * DAY_MS;
      expect(await count(officer, 'overdue=1')).toBe(2);
      await refused(await app.as(centre, 'GET', '/api/office/claims?cursor=x'), 400, 'invalid_request');
      await refused(await app.as(rider.actor, 'GET', '/api/office/claims'), 403, 'not_allowed');
      const mine = await parsed(await app.as(rider.actor, 'GET', '/api/me/claims'), ClaimPage);
      expect(mine.rows).toHaveLength(1);
      expect(mine.rows[0]).toMatchObject({ name: rider.name, actions: ['supplement', 'withdraw'] });
    });
  });

  it('shows signs of the same thing twice to who decides, and to nobody else', async () => {
    const paper = makePdf();
    const handedIn = async (by: Actor) => [{ fileId: await handInPaper(app, by, paper), material: 'invoice' as const }];
    const first = await report({ lines: invoiceLine(), files: await handedIn(rider.actor) });
    const again = await submitted(app, rider.actor, makeClaim(rider, { lines: [] }));
    const other = await addRider(connection.db);
    const copy = await submitted(
      app,
      other.actor,
      makeClaim(other, { lines: invoiceLine(), files: await handedIn(other.actor) }),
    );
    await connection.db.transaction(async (tx) => {
      for (const personId of [rider.actor.personId, other.actor.personId]) {
        await app.accounts.vault.putPersonal(tx, {
          personId,
          field: 'bank_account',
          value: '6222020200112233',
          atMs: NOON,
        });
      }
    });
    const signs = (await lookAt(app, assessor, first.id)).duplicateSigns;
    expect(signs.map(({ sign, claimId }) => [sign, claimId])).toEqual([
      ['same_day', again.id],
      ['same_invoice', copy.id],
      ['same_account', copy.id],
      ['same_file', copy.id],
    ]);
    for (const actor of [rider.actor, officer, insurer, supervisor]) {
      expect((await lookAt(app, actor, first.id)).duplicateSigns).toEqual([]);
    }
  });

  it('tries messages again that could not be sent, and reminds once', async () => {
    let view = await report();
    view = await viewOf(await act(app, officer, view, { action: 'request_materials', materials: ['invoice'] }));
    await expect.poll(async () => (await app.outbox()).filter(({ to }) => to === rider.phone).length).toBe(2);
    const { db } = connection;
    app.clock.nowMs = Date.parse(view.dueAt!) - DAY_MS;
    await remindClaimants(db, app.clock.nowMs);
    await remindClaimants(db, app.clock.nowMs);
    const options = { db, vault: app.accounts.vault };
    const sent: string[] = [];
    const sendMessage = async ({ text }: { text: string }) => void sent.push(text);
    expect(await sendClaimMessages({ ...options, sendMessage: noGateway }, app.clock.nowMs)).toBe(0);
    expect(await sendClaimMessages({ ...options, sendMessage }, app.clock.nowMs)).toBe(0);
    expect(await sendClaimMessages({ ...options, sendMessage }, app.clock.nowMs + 5 * 60_000)).toBeGreaterThan(0);
    expect(sent.filter((text) => text.includes(view.number))).toHaveLength(1);
    expect(await sendClaimMessages({ ...options, sendMessage }, app.clock.nowMs + DAY_MS)).toBe(0);
    const rows = await db.select().from(claimMessages).where(eq(claimMessages.claimId, view.id));
    expect(rows.map(({ kind, tries }) => [kind, tries]).sort()).toEqual([
      ['reminder', 2],
      ['report', 1],
      ['request_materials', 1],
    ]);
  });

  it('answers the offices that receive claims, nearest first or by street', async () => {
    const near = await app.request('/api/receiving-offices?lng=118.118&lat=24.4885&limit=1');
    expect(await near.json()).toMatchObject({
      offices: [{ id: expect.any(String), street: '350203011', travelTimeMin: 0 }],
    });
    const byStreet = await app.request('/api/receiving-offices?street=350203');
    expect(((await byStreet.json()) as { offices: unknown[] }).offices).toHaveLength(1);
    for (const query of ['', '?lng=118.1', '?street=35']) {
      await refused(await app.request(`/api/receiving-offices${query}`), 400, 'invalid_request');
    }
    await refused(await app.request('/api/receiving-offices?lng=121&lat=31'), 422, 'outside_city');
  });

  it('offers by the table only what the table allows', async () => {
    const view = await bring(app, await report(), 'paid');
    for (const action of Object.keys(CLAIM_MOVES) as (keyof typeof CLAIM_MOVES)[]) {
      if (view.actions.includes(action)) expect(CLAIM_MOVES[action].from).toContain(view.state);
    }
  });
});
