import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EmployerFileView } from '#domain/insurance/employer-file-contract.ts';
import type { Connection } from '../../db/connect.ts';
import { openTestDatabase, testEngines } from '../support/database.ts';
import { addEmployer, dayFrom, employerClient, worker, workersCsv } from '../support/employer-files.ts';
import { read } from '../support/enrolments.ts';
import { createTestApp, type TestApp } from '../support/factories.ts';
import { expectBooksToAgree } from '../support/ledger-checks.ts';

const ROWS = 10_000;
const DAYS = 7;
const LIMIT_MS = 300_000;

// Long enough on one engine: the server where there is one.
describe.each(testEngines().slice(-1))('ten thousand workers in one list on %s', (engine) => {
  let connection: Connection;
  let app: TestApp;

  beforeAll(async () => {
    connection = await openTestDatabase(engine);
    app = await createTestApp(connection, { sendMessage: async () => {} });
  });
  afterAll(async () => {
    await app.close();
    await connection.close();
  });

  it(
    'are checked, paid for with one payment, insured and told',
    async () => {
      const client = employerClient(app, await addEmployer(connection, 'giant'));
      const day = dayFrom(app);
      const list = Array.from({ length: ROWS }, (_, n) => worker(n, { 开始: day(1), 天数: String(DAYS) }));
      const lag = monitorEventLoopDelay({ resolution: 10 });
      const took: Record<string, number> = {};
      const timed = async <T>(step: string, work: () => Promise<T>): Promise<T> => {
        const startedAt = performance.now();
        lag.reset();
        lag.enable();
        const done = await work();
        lag.disable();
        took[step] = Math.round(performance.now() - startedAt);
        took[`${step}, longest pause`] = Math.round(lag.max / 1e6);
        return done;
      };
      const posted = await timed('upload', async () =>
        read<EmployerFileView>(await client.post(workersCsv(list)), 201),
      );
      const checked = await timed('check', () => client.settled(posted.id));
      expect(checked).toMatchObject({
        state: 'checked',
        counts: { good: ROWS, bad: 0, already: 0 },
        workers: ROWS,
        coveredDays: ROWS * DAYS,
        ownFen: ROWS * DAYS * 40,
        subsidyFen: ROWS * DAYS * 40,
      });
      const held = await timed('hold', () => client.confirm(checked));
      expect(held).toMatchObject({ state: 'held', payment: { amountFen: ROWS * DAYS * 40 } });
      await timed('pay', async () => read(await client.send(`/${held.id}/payment/simulate`), 200));
      const told = await timed('tell', () => client.settled(held.id));
      expect(told).toMatchObject({ state: 'insured', told: { sent: ROWS, waiting: 0, failed: 0 } });
      await expectBooksToAgree(connection);
      if (process.env.SAY_TIMES) console.log(engine, took);
    },
    LIMIT_MS,
  );
});
