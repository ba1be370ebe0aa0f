import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CertificateView, EnrolmentView, MyCover } from '#domain/insurance/enrolment-contract.ts';
import { verifyAudit } from '../../api/platform/audit.ts';
import { settleByIdNumber } from '../../api/insurance/settle-insured-person.ts';
import type { Connection } from '../../db/connect.ts';
import { auditRecords } from '../../db/tables/audit.ts';
import { covers, enrolments, insuredPersons, policyTerms } from '../../db/tables/enrolments.ts';
import { makeActor } from '../support/actors.ts';
import { emptyTestDatabase, openTestDatabase } from '../support/database.ts';
import {
  addRider,
  buy,
  enrolmentOf,
  hold,
  nextIdNumber,
  read,
  type Rider,
  TERMS_VERSION,
} from '../support/enrolments.ts';
import { addSite, createTestApp, NOON, type TestApp } from '../support/factories.ts';
import { expectBooksToAgree } from '../support/ledger-checks.ts';

let connection: Connection;
let app: TestApp;
let rider: Rider;

beforeAll(async () => {
  connection = await openTestDatabase();
});
beforeEach(async () => {
  await emptyTestDatabase(connection);
  app = await createTestApp(connection);
  rider = await addRider(connection.db);
  return async () => {
    await expectBooksToAgree(connection);
    expect((await verifyAudit(connection.db)).fault).toBeNull();
    expect(app.log).toEqual([]);
    await app.close();
  };
});
afterAll(() => connection.close());

const submit = (body: unknown, by = rider) => app.as(by.actor, 'POST', '/api/enrolments', body);
const sell = (days: string[], termsVersion = TERMS_VERSION, by = rider) =>
  submit(enrolmentOf(by, days, { termsVersion }), by);
const cancel = (id: string, from: string, by = rider) =>
  app.as(by.actor, 'POST', `/api/enrolments/${id}/cancel`, { from });
const simulate = ({ payment }: EnrolmentView, by = rider) =>
  app.as(by.actor, 'POST', `/api/payments/${payment!.id}/simulate`);
const myCover = async (by = rider) => read<MyCover>(await app.as(by.actor, 'GET', '/api/me/cover'), 200);
const refused = async (response: Response, status: number) =>
  await read<{ code: string; detail: string; errors?: { path: string; message: string }[] }>(response, status);

const check = (code: string) => app.request(`/api/certificates/${encodeURIComponent(code)}`);

const confirm = (by = rider) => {
  const { name, idNumber, consent } = enrolmentOf(by, []);
  const body = { name, idNumber, consent: { identityWording: consent.identityWording } };
  return app.as(by.actor, 'POST', '/api/me/cover/person', body);
};

const admin = makeActor('admin', { role: 'administrator' });

const put = (terms: object, actor = admin) =>
  app.as(actor, 'PUT', '/api/office/policy-terms', { terms, reason: '2027 年费率' });

const current = async (query = '') =>
  read<Record<string, unknown>>(await app.request(`/api/policy-terms${query}`), 200);

async function byEmployer(name = rider.name, phone = rider.phone) {
  const { vault } = app.accounts;
  const { id } = await connection.db.transaction((tx) =>
    settleByIdNumber(tx, { vault, idNumber: rider.idNumber, name, phone, nowMs: NOON }),
  );
  await connection.db.insert(enrolments).values({
    id: randomUUID(),
    insuredPersonId: id,
    termsVersion: TERMS_VERSION,
    insurerId: 'yilubao-insurer',
    state: 'insured',
    payer: 'employer',
    employerId: 'yilubao-insurer', // any organisation
    ownFen: 0,
    subsidyFen: 40,
    certificateCode: '0'.repeat(20),
    channel: 'employer_file',
    madeBy: 'employer',
    createdAt: new Date(NOON),
    insuredAt: new Date(NOON),
  });
  const [made] = await connection.db.select().from(enrolments);
  await connection.db.insert(covers).values({
    enrolmentId: made!.id,
    insuredPersonId: id,
    insurerId: 'yilubao-insurer',
    payer: 'employer',
    days: '[2026-03-11,2026-03-12)',
    isInsured: true,
    ownFenPerDay: 0,
    subsidyFenPerDay: 40,
  });
  return { personId: id, enrolmentId: made!.id };
}

describe('enrolling oneself', () => {
  it('holds the days with their price, and insures them when they are paid', async () => {
    const siteId = await addSite(connection.db);
    const body = enrolmentOf(rider, ['2026-03-12', '2026-03-11', '2026-03-14'], { siteId, channel: 'qr' });
    const response = await submit(body);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const held = await read<EnrolmentView>(response, 201);
    expect(held).toMatchObject({
      id: body.id,
      state: 'held',
      payer: 'self',
      employerName: null,
      days: [
        { from: '2026-03-11', to: '2026-03-12' },
        { from: '2026-03-14', to: '2026-03-14' },
      ],
      coveredDays: 3,
      ownFen: 120,
      subsidyFen: 120,
      termsVersion: TERMS_VERSION,
      siteId,
      insuredAt: null,
      heldUntil: '2026-03-10T04:15:00.000Z',
      payment: { provider: 'simulated', state: 'open', amountFen: 120, payUrl: null, codeUrl: null },
      refunds: [],
      cancelFrom: null,
    });
    expect(held.certificateCode).toMatch(/^[0-9A-HJKMNP-TV-Z]{20}$/);
    const insured = await read<EnrolmentView>(await simulate(held), 200);
    expect(insured).toMatchObject({
      state: 'insured',
      insuredAt: '2026-03-10T04:00:00.000Z',
      heldUntil: null,
      payment: { state: 'paid' },
      cancelFrom: '2026-03-11',
    });
    expect(await read(await app.as(rider.actor, 'GET', `/api/enrolments/${body.id}`), 200)).toEqual(insured);
    expect(await myCover()).toEqual({
      today: '2026-03-10',
      name: '陈**',
      idNumber: `350***********${rider.idNumber.slice(-4)}`,
      employerWaits: false,
      enrolments: [insured],
    });
    const [row] = await connection.db.select().from(enrolments);
    expect(row).toMatchObject({ channel: 'qr', siteId, madeBy: rider.personId });
    const deeds = await connection.db.select().from(auditRecords).where(eq(auditRecords.subjectId, body.id));
    expect(deeds.map(({ action }) => action)).toEqual(['enrolment.submit', 'enrolment.insure']);
    expect(JSON.stringify(deeds)).not.toContain(rider.idNumber);
    expect(JSON.stringify(deeds)).not.toContain(rider.name);
  });

  it('stores what is sent twice once, and refuses another body under the same id', async () => {
    const body = enrolmentOf(rider, ['2026-03-11', '2026-03-12']);
    const first = await read<EnrolmentView>(await submit(body), 201);
    expect(await read(await submit(body), 200)).toEqual(first);
    expect(await read(await submit({ ...body, days: ['2026-03-12', '2026-03-11'], name: undefined }), 200)).toEqual(
      first,
    );
    for (const other of [
      { days: ['2026-03-11'] },
      { channel: 'qr' },
      { idNumber: nextIdNumber() },
      { termsVersion: 'another' },
    ]) {
      expect((await refused(await submit({ ...body, ...other }), 409)).code).toBe('id_taken');
    }
    const stranger = await addRider(connection.db);
    const theirs = enrolmentOf(stranger, ['2026-03-11', '2026-03-12'], { id: body.id });
    expect((await refused(await submit(theirs, stranger), 409)).code).toBe('id_taken');
    expect(await connection.db.select().from(insuredPersons)).toHaveLength(1);
    await simulate(first);
    expect(await read(await submit(body), 200)).toMatchObject({ state: 'insured' });
  });

  it('needs name and ID number once, and keeps them for the next time', async () => {
    const { name, idNumber, ...body } = enrolmentOf(rider, ['2026-03-11']);
    expect((await refused(await submit({ ...body, name }), 400)).errors?.[0]?.path).toBe('idNumber');
    expect((await refused(await submit({ ...body, idNumber }), 400)).errors?.[0]?.path).toBe('name');
    await read(await submit({ ...body, name, idNumber }), 201);
    await read(await submit({ ...body, id: randomUUID(), days: ['2026-03-12'] }), 201);
    const other = await refused(
      await submit({ ...body, id: randomUUID(), days: ['2026-03-13'], name, idNumber: nextIdNumber() }),
      409,
    );
    expect(other.code).toBe('id_number_other');
  });

  it('does not sell an ID number to a second account', async () => {
    await hold(app, rider, ['2026-03-11']);
    const stranger = { ...(await addRider(connection.db)), idNumber: rider.idNumber };
    const { code, detail } = await refused(await submit(enrolmentOf(stranger, ['2026-03-12']), stranger), 409);
    expect([code, detail]).toEqual(['id_number_held', expect.stringContaining('service counter')]);
    expect(await myCover(stranger)).toMatchObject({ name: null, idNumber: null, enrolments: [] });
  });

  it('does not sell a day twice, and says which', async () => {
    await hold(app, rider, ['2026-03-11', '2026-03-12']);
    const { code, errors } = await refused(await submit(enrolmentOf(rider, ['2026-03-12', '2026-03-13'])), 409);
    expect([code, errors]).toEqual(['days_taken', [{ path: 'days', message: '2026-03-12' }]]);
  });

  it('refuses terms that were replaced meanwhile, ages and days out of range', async () => {
    const [terms] = await connection.db.select().from(policyTerms);
    await connection.db.insert(policyTerms).values({
      ...terms!,
      version: 'next',
      validFrom: '2026-03-20',
      document: { ...terms!.document, version: 'next', validFrom: '2026-03-20' },
    });
    expect((await refused(await sell(['2026-03-20']), 409)).code).toBe('terms_changed');
    expect((await refused(await sell(['2026-03-19', '2026-03-20']), 422)).code).toBe('days_not_for_sale');
    expect((await refused(await sell(['2026-03-10']), 422)).detail).toContain('2026-03-11');
    expect((await refused(await sell(['2026-05-10'], 'next'), 422)).detail).toContain('2026-05-09');
    await read(await sell(['2026-03-20'], 'next'), 201);
    const child = await addRider(connection.db, { birthDay: '2010-03-12' });
    expect((await refused(await sell(['2026-03-11', '2026-03-12'], TERMS_VERSION, child), 422)).code).toBe(
      'age_not_insurable',
    );
    await read(await sell(['2026-03-12'], TERMS_VERSION, child), 201);
  });
});

describe('a hold', () => {
  it('frees its days when it is over, for the same person too, and cannot be paid then', async () => {
    const held = await hold(app, rider, ['2026-03-11', '2026-03-12']);
    app.clock.nowMs += 15 * 60_000;
    expect((await myCover()).enrolments).toMatchObject([{ state: 'expired', days: [], payment: { state: 'expired' } }]);
    expect((await refused(await simulate(held), 409)).code).toBe('hold_expired');
    const retry = await app.as(rider.actor, 'POST', `/api/enrolments/${held.id}/payment`);
    expect((await refused(retry, 409)).code).toBe('hold_expired');
    await hold(app, rider, ['2026-03-12']);
    expect((await myCover()).enrolments.map(({ state }) => state)).toEqual(['held', 'expired']);
  });

  it('is given up as a whole', async () => {
    const held = await hold(app, rider, ['2026-03-11', '2026-03-12']);
    expect(await read(await cancel(held.id, '2026-03-12'), 200)).toMatchObject({
      state: 'cancelled',
      days: [],
      refunds: [],
    });
    await hold(app, rider, ['2026-03-11']);
  });
});

describe('cancelling', () => {
  it('gives the own share of days to come back, once', async () => {
    const bought = await buy(app, rider, ['2026-03-11', '2026-03-12', '2026-03-13']);
    app.clock.nowMs += 24 * 3_600_000; // the first day has begun
    expect((await refused(await cancel(bought.id, '2026-03-11'), 422)).detail).toContain('2026-03-12');
    const after = await read<EnrolmentView>(await cancel(bought.id, '2026-03-13'), 200);
    expect(after).toMatchObject({
      state: 'insured',
      days: [{ from: '2026-03-11', to: '2026-03-12' }],
      coveredDays: 2,
      refunds: [{ state: 'paid', amountFen: 40, days: 1 }],
      cancelFrom: '2026-03-12',
    });
    expect(await read(await cancel(bought.id, '2026-03-13'), 200)).toEqual(after);
    expect((await refused(await cancel(bought.id, '2026-03-14'), 409)).code).toBe('nothing_to_cancel');
    expect(await read(await cancel(bought.id, '2026-03-12'), 200)).toMatchObject({
      state: 'insured',
      days: [{ from: '2026-03-11', to: '2026-03-11' }],
      cancelFrom: null,
    });
    await hold(app, rider, ['2026-03-13']);
  });

  it('of everything ends the enrolment', async () => {
    const bought = await buy(app, rider, ['2026-03-11', '2026-03-12']);
    expect(await read(await cancel(bought.id, '2026-03-11'), 200)).toMatchObject({
      state: 'cancelled',
      coveredDays: 0,
      refunds: [{ amountFen: 80, days: 2 }],
    });
  });
});

describe("another's", () => {
  it('enrolment, payment and cancelling are not there', async () => {
    const bought = await buy(app, rider, ['2026-03-11']);
    const stranger = await addRider(connection.db);
    const answers = [
      await app.as(stranger.actor, 'GET', `/api/enrolments/${bought.id}`),
      await cancel(bought.id, '2026-03-11', stranger),
      await app.as(stranger.actor, 'POST', `/api/enrolments/${bought.id}/payment`),
      await simulate(bought, stranger),
    ];
    for (const answer of answers) expect((await refused(answer, 404)).code).toMatch(/_not_found$/);
    expect((await app.request(`/api/enrolments/${bought.id}`)).status).toBe(401);
    expect(await myCover()).toMatchObject({ enrolments: [{ state: 'insured', coveredDays: 1 }] });
  });
});

describe('a certificate', () => {
  it('is checked by anybody who holds its code, and shows neither number nor name', async () => {
    const { certificateCode: code } = await buy(app, rider, ['2026-03-11', '2026-03-12']);
    const response = await check(code.toLowerCase().match(/.{4}/g)!.join('-'));
    expect(response.headers.get('cache-control')).toBe('no-store');
    const view = await read<CertificateView>(response, 200);
    expect(view).toEqual({
      code,
      maskedName: '陈**',
      idEnding: rider.idNumber.slice(-4),
      state: 'covers_later_days',
      days: [{ from: '2026-03-11', to: '2026-03-12' }],
      coveredDays: 2,
      coverLimitFen: 40_000_000,
      termsVersion: TERMS_VERSION,
      insuredAt: '2026-03-10T04:00:00.000Z',
      checkedAt: '2026-03-10T04:00:00.000Z',
      demo: true,
    });
    expect(JSON.stringify(view)).not.toMatch(new RegExp(`${rider.name}|${rider.idNumber.slice(0, 14)}`));
    for (const [days, state] of [
      [1, 'covered_today'],
      [2, 'covered_today'],
      [3, 'over'],
    ] as const) {
      app.clock.nowMs = NOON + days * 24 * 3_600_000;
      expect(await read(await check(code), 200)).toMatchObject({ state });
    }
    const qr = await app.request(`/api/certificates/${code}/qr.svg`);
    expect([qr.status, qr.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    expect(await qr.text()).toMatch(/^<svg/);
  });

  it('names nobody once the account keeps another ID number', async () => {
    const { certificateCode } = await buy(app, rider, ['2026-03-11']);
    const { consent } = enrolmentOf(rider, []);
    const kept = await app.as(rider.actor, 'PUT', '/api/me/personal-data/id_number', {
      value: nextIdNumber(),
      consent: { purpose: 'identity', wordingVersion: consent.identityWording },
    });
    expect(kept.status).toBe(200);
    expect(await read(await check(certificateCode), 200)).toMatchObject({ maskedName: null, idEnding: null });
  });

  it('of what is not paid or was cancelled covers nothing', async () => {
    const held = await hold(app, rider, ['2026-03-11']);
    const nothing = { days: [], coveredDays: 0 };
    expect(await read(await check(held.certificateCode), 200)).toMatchObject({ state: 'not_paid', ...nothing });
    await cancel(held.id, '2026-03-11');
    expect(await read(await check(held.certificateCode), 200)).toMatchObject({ state: 'cancelled', ...nothing });
  });

  it('cannot be found by trying: the same answer to every wrong code, and a limit', async () => {
    const answers = await Promise.all(['A', '0'.repeat(20), 'U'.repeat(20), '%', 'Z'.repeat(20)].map(check));
    const bodies = await Promise.all(answers.map((answer) => refused(answer, 404)));
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
    const statuses = [];
    for (let i = 0; i < 60; i++) statuses.push((await check('0'.repeat(20))).status);
    expect(statuses.at(-1)).toBe(429);
    expect(statuses.filter((status) => status === 404)).toHaveLength(55);
  });
});

describe('somebody whom an employer insured first', () => {
  it('is told that they are, joins by name, number and verified phone, and sees who paid', async () => {
    const { personId, enrolmentId } = await byEmployer();
    expect(await myCover()).toMatchObject({ employerWaits: true, enrolments: [] });
    const joined = await read<MyCover>(await confirm(), 200);
    expect(joined).toMatchObject({
      employerWaits: false,
      name: '陈**',
      enrolments: [
        { id: enrolmentId, payer: 'employer', employerName: expect.any(String), cancelFrom: null, coveredDays: 1 },
      ],
    });
    const [person] = await connection.db.select().from(insuredPersons);
    expect(person).toMatchObject({ id: personId, userId: rider.personId });
    expect((await refused(await cancel(enrolmentId, '2026-03-11'), 409)).code).toBe('paid_by_employer');
    expect((await refused(await submit(enrolmentOf(rider, ['2026-03-11'])), 409)).code).toBe('days_taken');
    await buy(app, rider, ['2026-03-12']);
  });

  it.each([
    ['another name', '别人', undefined],
    ['another phone', undefined, '13900000000'],
  ])('under %s has to go to a counter', async (_, name, phone) => {
    await byEmployer(name, phone);
    expect((await refused(await confirm(), 409)).code).toBe('id_number_held');
    expect((await connection.db.select().from(insuredPersons))[0]!.userId).toBeNull();
  });
});

describe('everything that is kept about me', () => {
  it('has my covered days in it', async () => {
    const bought = await buy(app, rider, ['2026-03-11']);
    const all = await read(await app.as(rider.actor, 'GET', '/api/me/export'), 200);
    expect(all).toMatchObject({
      insurance: {
        person: { name: rider.name, idNumber: rider.idNumber, phone: null },
        enrolments: [{ id: bought.id }],
      },
    });
  });
});

describe('erasing', () => {
  it('destroys the insured person, gives days to come back and leaves a certificate without a name', async () => {
    const bought = await buy(app, rider, ['2026-03-11', '2026-03-12']);
    app.clock.nowMs += 24 * 3_600_000;
    expect((await app.as(rider.actor, 'POST', '/api/me/erase', { confirm: true })).status).toBe(200);
    expect(await read(await app.request(`/api/certificates/${bought.certificateCode}`), 200)).toMatchObject({
      maskedName: null,
      idEnding: null,
      state: 'covered_today',
      days: [{ from: '2026-03-11', to: '2026-03-11' }],
    });
    // The ID number can be insured anew by whoever it belongs to.
    const again = { ...(await addRider(connection.db)), idNumber: rider.idNumber };
    await hold(app, again, ['2026-03-13']);
  });
});

describe('the policy terms', () => {
  it('are read by anybody, with how sure each figure is', async () => {
    expect(await current()).toMatchObject({
      version: TERMS_VERSION,
      ownShareFenPerDay: { value: 40, certainty: 'verified' },
      longestTermDays: { certainty: 'unverified' },
    });
    expect((await refused(await app.request('/api/policy-terms?day=2020-01-01'), 404)).code).toBe('terms_not_found');
  });

  it('are replaced by a new version from a day to come on; the old ones stay', async () => {
    const next = { ...(await current()), version: '2027-01', validFrom: '2026-03-20' };
    expect((await put(next)).status).toBe(201);
    expect((await put(next)).status).toBe(200);
    expect(await current()).toMatchObject({ version: TERMS_VERSION });
    expect(await current('?day=2026-03-20')).toMatchObject({ version: '2027-01' });
    expect((await refused(await put({ ...next, name: { zh: '改', en: 'changed' } }), 409)).code).toBe('id_taken');
    expect((await refused(await put({ ...next, version: 'x', validFrom: '2026-03-10' }), 422)).errors?.[0]?.path).toBe(
      'validFrom',
    );
    expect((await refused(await put({ ...next, version: 'x', insurerId: 'nobody' }), 422)).code).toBe(
      'no_such_reference',
    );
    expect((await refused(await put({ ...next, version: 'x', extra: 1 }), 400)).code).toBe('invalid_request');
    const list = await read(await app.as(admin, 'GET', '/api/office/policy-terms'), 200);
    expect(list).toMatchObject({ versions: [{ version: TERMS_VERSION }, { version: '2027-01' }] });
    expect(await connection.db.select().from(auditRecords)).toMatchObject([
      { action: 'terms.replace', reason: '2027 年费率' },
    ]);
    const officer = makeActor('o', { role: 'coordinator' });
    expect((await put(next, officer)).status).toBe(403);
  });
});
