import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#domain/accounts/roles.ts';
import type { EmployerFileView } from '#domain/insurance/employer-file-contract.ts';
import type { CertificateView, MyCover } from '#domain/insurance/enrolment-contract.ts';
import { currentWording } from '#domain/accounts/consent-wordings.ts';
import { keepEmployerFiles } from '../../api/insurance/employer-files/keep-employer-files.ts';
import { keepPayments } from '../../api/insurance/keep-payments.ts';
import { verifyAudit } from '../../api/platform/audit.ts';
import type { Connection } from '../../db/connect.ts';
import { users } from '../../db/tables/accounts.ts';
import { makeActor } from '../support/actors.ts';
import { emptyTestDatabase, openTestDatabase, testEngines } from '../support/database.ts';
import {
  addEmployer,
  dayFrom,
  employerClient,
  type ListedWorker,
  worker,
  workersCsv,
} from '../support/employer-files.ts';
import { addRider, buy, hold, notify, read, scriptedProvider, type ScriptedProvider } from '../support/enrolments.ts';
import { createTestApp, type TestApp } from '../support/factories.ts';
import { expectBooksToAgree } from '../support/ledger-checks.ts';

describe.each(testEngines())("employers' lists on %s", (engine) => {
  let connection: Connection;
  let app: TestApp;
  let provider: ScriptedProvider;
  let employer: Actor;
  let client: ReturnType<typeof employerClient>;
  let day: (days: number) => string;

  beforeAll(async () => {
    connection = await openTestDatabase(engine);
  });
  afterAll(() => connection.close());
  beforeEach(async () => {
    await app?.close();
    await emptyTestDatabase(connection);
    app = await createTestApp(connection);
    employer = await addEmployer(connection, 'fast-bikes');
    client = employerClient(app, employer);
    day = dayFrom(app);
  });
  afterAll(() => app.close());

  const payments = () => ({ current: provider, all: [provider] });
  const keep = async () => {
    const { vault } = app.accounts;
    const clock = () => app.clock.nowMs;
    await keepPayments({ connection, payments: payments(), clock, log: () => {} });
    await keepEmployerFiles({ connection, vault, clock, employerFileJobs: app.employerFileJobs });
    await app.employerFileJobs.idle();
  };
  async function useScriptedProvider(): Promise<void> {
    await app.close();
    provider = scriptedProvider();
    app = await createTestApp(connection, { payments: payments() });
    client = employerClient(app, employer);
  }
  const count = async (table: string) => {
    const [row] = await connection.sql<{ n: number }[]>`select count(*)::int as n from ${connection.sql(table)}`;
    return row!.n;
  };
  const issuesOf = async (file: EmployerFileView) => {
    const { rows } = await client.rows(file, '?state=bad&limit=100');
    return rows.map(({ row, issues }) => [row, ...issues.map(({ code, column }) => `${code} ${column ?? ''}`.trim())]);
  };

  it('insures everybody of a good list with one payment, and tells each of them once', async () => {
    const list = [
      worker(1, { 开始: day(1), 结束: day(3) }),
      worker(2, { 开始: day(1), 天数: '2' }),
      worker(3, { 日期: `${day(2)}、${day(4)}~${day(5)}` }),
      worker(1, { 开始: day(10) }),
    ];
    const checked = await client.upload(list);
    expect(checked).toMatchObject({
      state: 'checked',
      counts: { good: 4, bad: 0, already: 0 },
      workers: 3,
      coveredDays: 9,
      ownFen: 360,
      subsidyFen: 360,
    });
    const held = await client.confirm(checked);
    expect(held).toMatchObject({ state: 'held', payment: { state: 'open', amountFen: 360, provider: 'simulated' } });
    const insured = await client.pay(held);
    expect(insured).toMatchObject({
      state: 'insured',
      payment: { state: 'paid' },
      told: { sent: 3, waiting: 0, failed: 0 },
    });
    await expectBooksToAgree(connection);
    const told = await app.outbox();
    expect(told.map(({ to }) => to).sort()).toEqual([1, 2, 3].map((n) => worker(n).手机号));
    const first = told.find(({ to }) => to === worker(1).手机号)!;
    expect(first.text).toContain('企业 fast-bikes');
    expect(first.text).toContain(`${day(1)}至${day(3)}、${day(10)}`);
    expect(first.text).not.toMatch(/陈|350212|139/);
    expect((await verifyAudit(connection.db)).fault).toBeNull();
    // Again changes nothing.
    expect(await client.pay(held)).toEqual(insured);
    expect(await client.confirm(held)).toEqual(insured);
    expect(await app.outbox()).toHaveLength(3);
  });

  it('shows a worker who has insured them, once they say who they are', async () => {
    await client.pay(await client.confirm(await client.upload([worker(7, { 开始: day(1), 天数: '3' })])));
    const { 姓名: name, 身份证号: idNumber, 手机号: phoneNumber } = worker(7) as Required<ListedWorker>;
    const account = { id: 'worker-7', name: '骑手', email: 'w7@phone.invalid', phoneNumber, phoneNumberVerified: true };
    await connection.db.insert(users).values(account);
    const me = makeActor('worker-7', { role: 'rider' });
    const before = await read<MyCover>(await app.as(me, 'GET', '/api/me/cover'), 200);
    expect(before).toMatchObject({ employerWaits: true, enrolments: [] });
    const who = { name, idNumber, consent: { identityWording: currentWording('identity').version } };
    const cover = await read<MyCover>(await app.as(me, 'POST', '/api/me/cover/person', who), 200);
    expect(cover.enrolments).toMatchObject([
      { payer: 'employer', employerName: '企业 fast-bikes', state: 'insured', days: [{ from: day(1), to: day(3) }] },
    ]);
    const { id, certificateCode } = cover.enrolments[0]!;
    const certificate = await read<CertificateView>(await app.request(`/api/certificates/${certificateCode}`), 200);
    expect(certificate).toMatchObject({ state: 'covers_later_days', coveredDays: 3, demo: true });
    const cancelled = await app.as(me, 'POST', `/api/enrolments/${id}/cancel`, { from: day(2) });
    expect(await cancelled.json()).toMatchObject({ code: 'paid_by_employer' });
  });

  it('says of each bad row what is wrong, and insures nobody until it is said that they are left out', async () => {
    const rider = await addRider(connection.db);
    await buy(app, rider, [day(2), day(3)]);
    const known = { 姓名: rider.name, 身份证号: rider.idNumber, 手机号: rider.phone };
    const list = [
      worker(1, { 开始: day(1) }),
      worker(2, { 姓名: '', 身份证号: '123', 手机号: '12', 开始: '明天' }),
      worker(3, { 开始: day(0) }),
      worker(4, { 开始: day(5), 结束: day(3) }),
      worker(1, { 开始: day(1), 天数: '2' }),
      worker(1, { 姓名: '陈工二', 开始: day(8) }),
      { ...known, 开始: day(1), 天数: '4' },
      { ...known, 姓名: '别的名', 开始: day(9) },
      worker(5, { 身份证号: '350203199003070000', 开始: day(1) }),
      worker(6, {}),
      worker(8, { 开始: '2030-02-30' }),
    ];
    const file = await client.upload(list);
    expect(file).toMatchObject({ counts: { good: 1, bad: 10, already: 0 }, ownFen: 40 });
    expect(await issuesOf(file)).toEqual([
      [3, 'name_missing name', 'id_shape id_number', 'phone_bad phone', 'day_unreadable from'],
      [4, 'too_soon days'],
      [5, 'days_reversed to'],
      [6, 'twice id_number'],
      [7, 'name_differs name'],
      [8, 'days_taken days'],
      [9, 'name_differs name'],
      [10, 'id_rounded id_number'],
      [11, 'days_missing'],
      [12, 'day_unreadable from'],
    ]);
    const { rows } = await client.rows(file, '?state=bad&limit=100');
    expect(rows.find(({ row }) => row === 8)!.issues[0]!.params).toEqual({ days: `${day(2)}、${day(3)}` });
    const bytes = Buffer.from(await (await client.get(`/${file.id}/errors.csv`)).arrayBuffer());
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from('\uFEFF'));
    const words = bytes.toString().slice(1);
    expect(words.split('\r\n')[0]).toBe('行,列,问题');
    expect(words).toContain(
      `8,日期,"这些日期已经参保，或正在等待付款：${day(2)}、${day(3)}。请去掉这些日期。"`.replaceAll('"', ''),
    );
    expect(await (await client.get(`/${file.id}/errors.csv?language=en`)).text()).toContain('Row,Column,Problem');

    const refused = await client.send(`/${file.id}/confirm`, { leaveBadRowsOut: false, ownFen: 40, workersKnow: true });
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ code: 'employer_file_bad_rows' });
    expect(await count('enrolments')).toBe(1);
    const other = await client.send(`/${file.id}/confirm`, { leaveBadRowsOut: true, ownFen: 80, workersKnow: true });
    expect(await other.json()).toMatchObject({ code: 'employer_file_changed' });
    expect(await client.pay(await client.confirm(file, true))).toMatchObject({ state: 'insured' });
    expect(await count('enrolments')).toBe(2);
    await expectBooksToAgree(connection);
  });

  it('does nothing for the same file twice, and buys nothing for what it has insured before', async () => {
    const list = [worker(1, { 开始: day(1) }), worker(2, { 开始: day(1), 天数: '2' })];
    const insured = await client.pay(await client.confirm(await client.upload(list)));
    const again = await read<EmployerFileView>(await client.post(workersCsv(list)), 200);
    expect(again).toEqual(insured);
    const longer = await client.upload([...list, worker(3, { 开始: day(1) })]);
    expect(longer).toMatchObject({ counts: { good: 1, bad: 0, already: 2 }, ownFen: 40, workers: 1 });
    // Some of the days are not all of them.
    const partly = await client.upload([worker(1, { 开始: day(1), 天数: '2' })]);
    expect(await issuesOf(partly)).toEqual([[2, 'days_taken days']]);
    expect(await count('enrolments')).toBe(2);
  });

  it('takes everything back when a day was taken meanwhile, and checks the list again', async () => {
    const rider = await addRider(connection.db);
    const list = [
      worker(1, { 开始: day(1) }),
      { 姓名: rider.name, 身份证号: rider.idNumber, 手机号: rider.phone, 开始: day(2) },
    ];
    const file = await client.upload(list);
    expect(file.counts).toEqual({ good: 2, bad: 0, already: 0 });
    await hold(app, rider, [day(2)]);
    const again = await client.confirm(file);
    expect(again).toMatchObject({
      state: 'checked',
      problem: 'changed_meanwhile',
      counts: { good: 1, bad: 1 },
      payment: null,
    });
    expect(await count('enrolments')).toBe(1);
    expect(await count('insured_persons')).toBe(1);
    expect(await count('covers')).toBe(1);
  });

  it('forgets whom it does not insure, and its rows, when it is discarded', async () => {
    const before = { people: await count('insured_persons'), fields: await count('personal_fields') };
    const held = await client.confirm(await client.upload([worker(1, { 开始: day(1) }), worker(2, { 开始: day(1) })]));
    expect(await count('insured_persons')).toBe(before.people + 2);
    expect(await read(await client.send(`/${held.id}/discard`), 200)).toMatchObject({
      state: 'discarded',
      payment: null,
    });
    expect({ people: await count('insured_persons'), fields: await count('personal_fields') }).toEqual(before);
    expect(await count('employer_file_rows')).toBe(0);
    const [key] =
      await connection.sql`select wrapped_key from person_keys where person_id = ${`employer-file:${held.id}`}`;
    expect(key).toEqual({ wrapped_key: null });
    expect((await client.rows(held)).rows).toEqual([]);
    expect((await client.send(`/${held.id}/payment/simulate`)).status).toBe(200);
    expect(await client.view(held.id)).toMatchObject({ state: 'discarded', refundedFen: 80 });
    await expectBooksToAgree(connection);
    // It can be handed in anew.
    expect((await client.upload([worker(1, { 开始: day(1) }), worker(2, { 开始: day(1) })])).id).not.toBe(held.id);
  });

  it('gives days back that are not paid in time, and money that comes after that', async () => {
    await useScriptedProvider();
    const held = await client.confirm(await client.upload([worker(1, { 开始: day(3) })]));
    const asked = await read<EmployerFileView>(await client.send(`/${held.id}/payment`), 200);
    const { tradeNo } = /\/(?<tradeNo>[^/]+)$/.exec(asked.payment!.payUrl!)!.groups as { tradeNo: string };
    app.clock.nowMs += 3 * 60 * 60_000;
    await keep();
    expect(await client.view(held.id)).toMatchObject({ state: 'checked', problem: 'hold_expired' });
    expect(provider.closed).toContain(tradeNo);
    expect(await count('covers')).toBe(0);
    const paid = {
      kind: 'payment',
      tradeNo,
      providerRef: 'wx1',
      state: 'paid',
      amountFen: 40,
      paidAt: new Date(app.clock.nowMs),
    };
    expect((await notify(app, paid)).status).toBe(204);
    expect((await notify(app, paid)).status).toBe(204);
    expect(await client.view(held.id)).toMatchObject({ problem: 'paid_too_late', refundedFen: 40 });
    expect([...provider.refunds.values()]).toEqual([{ amountFen: 40, state: 'paid' }]);
    await expectBooksToAgree(connection);
    // Confirmed once more, it is paid for in time; the callback is lost, but the provider knows.
    const again = await client.confirm(await client.view(held.id));
    const second = await read<EmployerFileView>(await client.send(`/${again.id}/payment`), 200);
    const no = second.payment!.payUrl!.split('/').at(-1)!;
    provider.orders.set(no, { state: 'paid', providerRef: 'wx2', paidAt: new Date(app.clock.nowMs), amountFen: 40 });
    app.clock.nowMs += 3 * 60 * 60_000;
    await keep();
    expect(await client.view(held.id)).toMatchObject({ state: 'insured', told: { sent: 1 } });
    await expectBooksToAgree(connection);
  });

  it('is nobody else’s: another employer, a rider and whoever is not signed in', async () => {
    const file = await client.upload([worker(1, { 开始: day(1) })]);
    const other = employerClient(app, await addEmployer(connection, 'slow-bikes'));
    for (const path of [`/${file.id}`, `/${file.id}/rows`, `/${file.id}/errors.csv`]) {
      expect((await other.get(path)).status).toBe(404);
      expect((await app.request(`/api/office/employer-files${path}`)).status).toBe(401);
    }
    const body = { leaveBadRowsOut: true, ownFen: 40, workersKnow: true };
    for (const path of ['confirm', 'discard', 'payment', 'payment/simulate']) {
      expect((await other.send(`/${file.id}/${path}`, path === 'confirm' ? body : undefined)).status).toBe(404);
    }
    expect(await read(await other.get(''), 200)).toEqual({ files: [] });
    const rider = employerClient(app, makeActor('r', { role: 'rider' }));
    expect((await rider.post(workersCsv([worker(1)]))).status).toBe(403);
    // The same list of another employer is another list.
    expect((await other.upload([worker(1, { 开始: day(1) })])).id).not.toBe(file.id);
  });

  it('keeps nothing in the clear', async () => {
    await client.upload([worker(4, { 开始: day(1) })]);
    const dump = await connection.sql`
      select row_to_json(r)::text as text from employer_file_rows r union all select row_to_json(f)::text from employer_files f
      union all select row_to_json(a)::text from audit_records a`;
    const all = dump.map(({ text }) => text as string).join('\n');
    const { 姓名: name, 身份证号: idNumber, 手机号: phone } = worker(4) as Required<ListedWorker>;
    for (const secret of [name, idNumber, phone]) expect(all).not.toContain(secret);
    const answers = await (await client.get(`/${(await client.upload([worker(5, { 开始: day(1) })])).id}/rows`)).text();
    expect(answers).toContain('李**'.replace('李', worker(5).姓名![0]!));
    expect(answers).not.toContain(worker(5).身份证号);
    expect(app.log.join()).not.toContain(idNumber);
  });

  it('destroys rows thirty days after they were insured', async () => {
    await useScriptedProvider();
    provider = scriptedProvider();
    const file = await client.upload([worker(1, { 开始: day(1) })]);
    app.clock.nowMs += 31 * 86_400_000;
    await keep();
    expect(await client.view(file.id)).toMatchObject({ state: 'discarded' });
    expect(await count('employer_file_rows')).toBe(0);
  });
});
