import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClaimView } from '#domain/insurance/claim-contract.ts';
import { Fairness, PublicFairness } from '#domain/insurance/fairness-contract.ts';
import { SampleView } from '#domain/insurance/review-contract.ts';
import type { Connection } from '../../db/connect.ts';
import { auditRecords } from '../../db/tables/audit.ts';
import { claimReviews, claimSamples } from '../../db/tables/claims.ts';
import {
  act,
  addCover,
  addOffice,
  addRider,
  approver,
  assessor,
  bring,
  insurer,
  makeClaim,
  type Rider,
  second,
  submitted,
  supervisor,
  viewOf,
} from '../support/claims.ts';
import { openTestDatabase, testEngines } from '../support/database.ts';
import { createTestApp, NOON, type TestApp } from '../support/factories.ts';
import { JIALIAN, officer, parsed, refused } from '../support/office.ts';

const DAY_MS = 86_400_000;

const sampleOf = (change: object = {}) => ({
  id: randomUUID(),
  seed: '三月抽查',
  size: 6,
  valuePercent: 50,
  fromDay: '2026-03-10',
  toDay: '2026-03-10',
  ...change,
});

describe.each(testEngines())('second looks and fairness on %s', (engine) => {
  let connection: Connection;
  let app: TestApp;
  /** Twelve claims: seven approved, five declined on the 10th of March. */
  const decided: ClaimView[] = [];
  const riders: Rider[] = [];

  beforeAll(async () => {
    connection = await openTestDatabase(engine);
    app = await createTestApp(connection);
    const office = await addOffice(app);
    for (let n = 0; n < 12; n++) {
      app.clock.nowMs = NOON;
      const rider = await addRider(connection.db);
      await addCover(app, rider, '2026-03-01', '2026-03-31');
      const lines = [{ id: randomUUID(), kind: 'medical' as const, claimedFen: 100_000 * (n + 1) }];
      const claim = await submitted(app, rider.actor, makeClaim(rider, { receivingSiteId: office, lines }));
      app.clock.nowMs += 2 * 3_600_000;
      decided.push(await bring(app, claim, n < 7 ? 'approved' : 'declined'));
      riders.push(rider);
    }
    app.clock.nowMs = NOON + DAY_MS;
  });
  afterAll(async () => {
    expect(app.log).toEqual([]);
    await app.close();
    await connection.close();
  });

  const draw = async (sample: object, status = 201) =>
    parsed(await app.as(supervisor, 'POST', '/api/office/reviews', sample), SampleView, status);

  it('draws by seed, and the same again', async () => {
    const sample = sampleOf();
    const view = await draw(sample);
    expect(view).toMatchObject({ frameCount: 12, drawn: 6, reviewed: 0, drawnAgain: 'same' });
    expect(view.items.map(({ by }) => by)).toEqual(['value', 'value', 'value', 'random', 'random', 'random']);
    expect(await draw(sample, 200)).toEqual(view);
    const again = await draw(sampleOf());
    expect(again.items.map(({ claimId }) => claimId)).toEqual(view.items.map(({ claimId }) => claimId));
    const other = await draw(sampleOf({ seed: '四月抽查' }));
    expect(other.items.map(({ claimId }) => claimId)).not.toEqual(view.items.map(({ claimId }) => claimId));
    await refused(await app.as(supervisor, 'POST', '/api/office/reviews', { ...sample, size: 5 }), 409, 'id_taken');
    const drawn = await connection.db.select().from(auditRecords).where(eq(auditRecords.action, 'claim.sample'));
    expect(drawn).toHaveLength(3);
    await expect(connection.db.update(claimSamples).set({ seed: 'x' })).rejects.toThrow();
  });

  it('draws from days that are over, by supervisors only, from what there is', async () => {
    const send = (actor: typeof supervisor, sample: object) => app.as(actor, 'POST', '/api/office/reviews', sample);
    await refused(await send(supervisor, sampleOf({ toDay: '2026-03-11' })), 422, 'day_to_come');
    await refused(
      await send(supervisor, sampleOf({ fromDay: '2026-02-01', toDay: '2026-02-02' })),
      422,
      'nothing_to_review',
    );
    for (const actor of [assessor, approver, officer, insurer]) {
      await refused(await send(actor, sampleOf()), 403, 'not_allowed');
    }
    for (const actor of [approver, officer, insurer]) {
      await refused(await app.as(actor, 'GET', '/api/office/reviews'), 403, 'not_allowed');
    }
    await refused(await app.as(supervisor, 'GET', `/api/office/reviews/${randomUUID()}`), 404, 'sample_not_found');
  });

  it('takes what a second assessor found, once, and never from the first', async () => {
    const sample = await draw(sampleOf({ size: 12, valuePercent: 0 }));
    const at = (claimId: string) => `/api/office/reviews/${sample.id}/${claimId}`;
    const paid = decided[2]!;
    const lines = [{ id: paid.lines[0]!.id, kind: 'medical', costFen: 200_000, notCoveredFen: 0 }];
    const differs = { agrees: false, lines, words: '有一张发票不在住院期间' };
    const reviewer = second(assessor);
    await refused(await app.as(assessor, 'POST', at(paid.id), differs), 409, 'four_eyes');
    await refused(await app.as(reviewer, 'POST', at(paid.id), { agrees: false, lines }), 400, 'invalid_request');
    await refused(await app.as(reviewer, 'POST', at(randomUUID()), differs), 404, 'sample_not_found');
    const view = await parsed(await app.as(reviewer, 'POST', at(paid.id), differs), SampleView, 201);
    const item = view.items.find(({ claimId }) => claimId === paid.id)!;
    expect(paid.approvedFen).toBe(232_000);
    expect(item.review).toMatchObject({
      agrees: false,
      reviewedFen: 152_000,
      differenceFen: -80_000,
      words: differs.words,
    });
    expect(item.review!.lines).toMatchObject([{ amountFen: 152_000, approvedFen: 232_000 }]);
    await refused(await app.as(second(assessor, 3), 'POST', at(paid.id), { agrees: true }), 409, 'already_decided');
    await parsed(await app.as(reviewer, 'POST', at(decided[8]!.id), { agrees: true }), SampleView, 201);
    expect(view.items.find(({ claimId }) => claimId === decided[8]!.id)!.mayReview).toBe(true);
    const seen = await (await app.as(supervisor, 'GET', `/api/office/reviews/${sample.id}`)).text();
    expect(seen).toContain(differs.words);
    const stored = await connection.db.select().from(claimReviews);
    expect(JSON.stringify(stored)).not.toContain(differs.words);
    await expect(connection.db.delete(claimReviews)).rejects.toThrow();
  });

  it('says how fair it was, to supervisors', async () => {
    let view = await viewOf(await act(app, riders[9]!.actor, decided[9]!, { action: 'appeal', words: '当时在送单' }));
    view = await viewOf(await act(app, supervisor, view, { action: 'uphold', words: '维持' }));
    expect(view.state).toBe('closed');
    const path = '/api/office/fairness?from=2026-03-01&to=2026-03-31';
    const fairness = await parsed(await app.as(supervisor, 'GET', path), Fairness);
    expect(fairness).toMatchObject({
      reported: 12,
      outcomes: [
        { outcome: 'approved', count: 7 },
        { outcome: 'declined', count: 5, amountFen: 0 },
        { outcome: 'withdrawn', count: 0 },
      ],
      appeals: [
        { outcome: 'reopened', count: 0 },
        { outcome: 'upheld', count: 1 },
        { outcome: 'open', count: 0 },
      ],
      reviews: { reviewed: 2, agrees: 1, differs: 1, differenceFen: 80_000 },
    });
    expect(fairness.declines.find(({ code }) => code === 'not_at_work')!.count).toBe(5);
    expect(
      fairness.steps
        .filter(({ office }) => office === JIALIAN)
        .map((step) => [step.state, step.count, step.medianHours, step.overdue]),
    ).toEqual([
      ['reported', 12, 2, 0],
      ['received', 12, 0, 0],
      ['assessed', 12, 0, 0],
      ['declined', 1, 22, 0],
      ['appealed', 1, 0, 0],
    ]);
    for (const actor of [officer, assessor, approver, insurer]) {
      await refused(await app.as(actor, 'GET', path), 403, 'not_allowed');
    }
    for (const query of ['from=2026-04-01&to=2026-03-01', 'from=2001-01-01', 'from=March']) {
      await refused(await app.as(supervisor, 'GET', `/api/office/fairness?${query}`), 400, 'invalid_request');
    }
  });

  it('counts what is late', async () => {
    const rider = await addRider(connection.db);
    const claim = await submitted(app, rider.actor, makeClaim(rider));
    const due = Date.parse(claim.dueAt!);
    app.clock.nowMs = due;
    const coordinator = {
      personId: 'c',
      memberships: [{ role: 'coordinator' as const, organisationId: null, jurisdictionCode: null }],
    };
    await viewOf(await act(app, coordinator, claim, { action: 'receive' }));
    const late = await submitted(app, rider.actor, makeClaim(rider, { happenedAt: '2026-03-08T10:00:00+08:00' }));
    app.clock.nowMs = Date.parse(late.dueAt!) + 1;
    await viewOf(await act(app, coordinator, late, { action: 'receive' }));
    const { steps } = await parsed(
      await app.as(supervisor, 'GET', '/api/office/fairness?from=2026-03-12&to=2026-04-01'),
      Fairness,
    );
    expect(steps).toMatchObject([{ office: null, state: 'reported', count: 2, overdue: 1 }]);
  });

  it('tells everybody the same of finished quarters, without anything small', async () => {
    await refused(await app.request('/api/fairness?quarter=2026-Q1'), 400, 'invalid_request');
    await refused(await app.request('/api/fairness?quarter=spring'), 400, 'invalid_request');
    app.clock.nowMs = Date.parse('2026-04-01T00:00:00+08:00');
    const body = await parsed(await app.request('/api/fairness'), PublicFairness);
    expect(body).toMatchObject({ quarter: '2026-Q1', from: '2026-01-01', to: '2026-03-31', reported: 14 });
    // Nobody withdrew: that is small, and the smaller of the others is hidden with it.
    expect(body.outcomes).toEqual([
      { outcome: 'approved', count: 7 },
      { outcome: 'declined', count: null },
      { outcome: 'withdrawn', count: null },
    ]);
    expect(body.outcomesTotal).toBe(12);
    for (const { count } of [...body.declines, ...body.appeals, ...body.reviews]) expect(count).toBeNull();
    for (const { decided: count } of body.offices) expect(count === null || count >= 5).toBe(true);
    const text = JSON.stringify(body);
    for (const claim of decided) expect(text).not.toContain(claim.number);
    expect(text).not.toContain(riders[0]!.name);
  });
});
