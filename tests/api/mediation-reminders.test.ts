import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SessionEntries } from '#domain/cases/mediation/session-contract.ts';
import type { RequestPage } from '#domain/cases/request-contract.ts';
import { remindParties, sendMediationNotices } from '../../api/cases/mediation/remind-parties.ts';
import type { Connection } from '../../db/connect.ts';
import { addStaff, nextPhoneNumber, signIn, type SignedIn } from '../support/accounts.ts';
import { emptyTestDatabase, openTestDatabase, testEngines } from '../support/database.ts';
import { createTestApp, NOON, type TestApp } from '../support/factories.ts';
import { addAccepted, addMediationStaff, type MediationStaff, openTestSession } from '../support/mediation.ts';

const DAY_MS = 86_400_000;

describe.each(testEngines())('the clock of a mediation on %s', (engine) => {
  let connection: Connection;
  let app: TestApp;
  let staff: MediationStaff;
  let supervisor: SignedIn;
  const phones = { mediator: nextPhoneNumber(), supervisor: nextPhoneNumber(), employer: nextPhoneNumber() };

  beforeAll(async () => {
    connection = await openTestDatabase(engine);
  });
  beforeEach(async () => {
    await emptyTestDatabase(connection);
    app = await createTestApp(connection);
    staff = await addMediationStaff(app);
    supervisor = await signIn(app, { role: 'supervisor' });
    for (const [who, id] of [
      [phones.mediator, staff.mediator.personId],
      [phones.employer, staff.employer.personId],
      [phones.supervisor, supervisor.personId],
    ] as const) {
      await connection.sql`update users set phone_number = ${who} where id = ${id}`;
    }
    return () => app.close();
  });
  afterAll(() => connection.close());

  const keep = async () => {
    await remindParties(app.accounts, app.clock.nowMs);
    return sendMediationNotices(app.accounts, app.clock.nowMs);
  };
  const told = async () => (await app.outbox()).filter(({ text }) => text.includes('期限')).map(({ to }) => to);

  it('has both sides and the mediator told the day before, once, and the supervisor when it is over', async () => {
    const request = await addAccepted(app, staff);
    const session = await openTestSession(app, staff, request);
    await addStaff(app, [{ role: 'supervisor' }]); // without a phone: told on the page
    app.clock.nowMs = NOON + 13 * DAY_MS;
    expect(await keep()).toBe(0);
    app.clock.nowMs = NOON + 14 * DAY_MS;
    expect(await keep()).toBe(3);
    expect(await keep()).toBe(0);
    expect(await told()).toEqual(expect.arrayContaining([phones.mediator, phones.employer]));
    expect(await told()).not.toContain(phones.supervisor);
    const overdue = async () =>
      (
        (await (
          await app.request('/api/office/requests?overdue=true', { headers: supervisor.headers })
        ).json()) as RequestPage
      ).rows.map(({ id }) => id);
    expect(await overdue()).toEqual([]);

    app.clock.nowMs = NOON + 16 * DAY_MS;
    expect(await keep()).toBe(4);
    expect(await keep()).toBe(0);
    expect(await told()).toContain(phones.supervisor);
    expect(await overdue()).toEqual([request.id]);
    const seen = await app.request(`/api/sessions/${session.id}/messages`, { headers: staff.employer.headers });
    const { entries } = (await seen.json()) as SessionEntries;
    expect(entries.filter(({ kind }) => kind === 'reminder').map(({ data }) => data!.reminder)).toEqual([
      'due_tomorrow',
      'overdue',
    ]);
  });

  it('tries again what a gateway did not take, and tells nobody of what has moved on', async () => {
    const request = await addAccepted(app, staff);
    const session = await openTestSession(app, staff, request);
    app.clock.nowMs = NOON + 14 * DAY_MS;
    await remindParties(app.accounts, app.clock.nowMs);
    const refusing = { ...app.accounts, sendMessage: () => Promise.reject(new Error('no gateway')) };
    expect(await sendMediationNotices(refusing, app.clock.nowMs)).toBe(0);
    expect(await sendMediationNotices(app.accounts, app.clock.nowMs)).toBe(0);
    app.clock.nowMs += 5 * 60_000;
    expect(await sendMediationNotices(app.accounts, app.clock.nowMs)).toBe(3);
    const end = { outcome: 'unsettled_court', words: '未能达成一致' };
    app.clock.nowMs = NOON + 14 * DAY_MS;
    await app.post(`/api/sessions/${session.id}/end`, end, staff.mediator.headers);
    app.clock.nowMs = NOON + 30 * DAY_MS;
    expect(await keep()).toBe(0);
  });
});
