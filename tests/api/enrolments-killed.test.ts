import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EnrolmentView, MyCover } from '#domain/insurance/enrolment-contract.ts';
import { addDays, shanghaiDay } from '#domain/time/shanghai.ts';
import { verifyAudit } from '../../api/platform/audit.ts';
import { connectDatabase } from '../../db/connect.ts';
import { cookiesOf } from '../support/accounts.ts';
import { testEngines } from '../support/database.ts';
import { openProcessHome, type ProcessHome } from '../support/process-home.ts';
import { enrolmentOf, nextIdNumber } from '../support/enrolments.ts';
import { expectBooksToAgree } from '../support/ledger-checks.ts';
import { makeActor } from '../support/actors.ts';
import { seededRandom } from '../support/random.ts';
import { killServers, startServer } from '../support/server-process.ts';

const ROUNDS = Number(process.env.KILL_ROUNDS ?? 2);
const LIMIT_MS = 60_000;
/** How far an enrolment has come, in the order in which this test takes it there. */
const STEPS = ['held', 'insured', 'cancelled'] as const;
const PHONE = '13800000041';

describe.each(testEngines())('kill -9 while somebody enrols on %s', (engine) => {
  let home: ProcessHome;

  beforeAll(async () => {
    home = await openProcessHome(engine, { BASEMAP: 'none' });
  });
  afterAll(async () => {
    killServers();
    await home.close();
  });

  it(
    `loses no enrolment, payment or cancellation that was answered, ${ROUNDS} times over`,
    async () => {
      const random = seededRandom(19);
      const actor = makeActor('me', { role: 'rider' });
      const rider = { actor, personId: '', name: '陈小路', idNumber: nextIdNumber(), phone: PHONE };
      const answered = new Map<string, (typeof STEPS)[number]>();
      const today = shanghaiDay(Date.now());
      let cookie = '';
      let day = 0;

      for (let round = 0; round <= ROUNDS; round++) {
        const server = startServer(home.settings);
        const address = await server.ready;
        const send = (path: string, body?: unknown, method = 'POST') =>
          fetch(`${address}/api${path}`, {
            method,
            headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
            ...(body !== undefined && { body: JSON.stringify(body) }),
          });
        if (cookie === '') {
          await send('/auth/phone-number/send-otp', { phoneNumber: PHONE });
          const lines = (await readFile(join(home.dataDir, 'outbox.jsonl'), 'utf8')).trim().split('\n');
          const { code } = JSON.parse(lines.at(-1)!) as { code: string };
          cookie = cookiesOf(await send('/auth/phone-number/verify', { phoneNumber: PHONE, code }));
        }
        const found = (await (await send('/me/cover', undefined, 'GET')).json()) as MyCover;
        const now = new Map(found.enrolments.map(({ id, state }) => [id, state]));
        for (const [id, state] of answered) {
          const reached = STEPS.indexOf(now.get(id) as (typeof STEPS)[number]);
          expect(reached, `${id}: ${state} was answered, found ${now.get(id)}`).toBeGreaterThanOrEqual(
            STEPS.indexOf(state),
          );
        }
        if (round === ROUNDS) {
          server.child.kill('SIGTERM');
          await server.exited;
          break;
        }
        // At any moment of the writing, but not before the first enrolment is through.
        let isDoomed = false;
        try {
          for (;;) {
            const bought = addDays(today, 2 + (day++ % 55));
            const id = randomUUID();
            const response = await send('/enrolments', enrolmentOf(rider, [bought], { id }));
            const view = (await response.json()) as EnrolmentView;
            if (response.status === 409) continue; // insured in a round before
            expect(response.status).toBe(201);
            answered.set(id, 'held');
            if (!isDoomed) void sleep(random() * 400).then(() => server.child.kill('SIGKILL'));
            isDoomed = true;
            if ((await send(`/payments/${view.payment!.id}/simulate`)).status === 200) answered.set(id, 'insured');
            if (random() < 0.2) continue;
            if ((await send(`/enrolments/${id}/cancel`, { from: bought })).status === 200)
              answered.set(id, 'cancelled');
          }
        } catch (error) {
          if (!(error instanceof TypeError)) throw error; // fetch's, of a server that is gone
        }
        await server.exited;
      }

      expect(answered.size).toBeGreaterThanOrEqual(ROUNDS);
      const connection = home.database ?? (await connectDatabase({ dataDir: home.dataDir, poolSize: 1 }));
      await expectBooksToAgree(connection);
      expect((await verifyAudit(connection.db)).fault).toBeNull();
      if (!home.database) await connection.close();
    },
    LIMIT_MS * (ROUNDS + 2),
  );
});
