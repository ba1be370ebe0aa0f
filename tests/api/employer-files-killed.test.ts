import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EmployerFileView } from '#domain/insurance/employer-file-contract.ts';
import { addDays, shanghaiDay } from '#domain/time/shanghai.ts';
import { verifyAudit } from '../../api/platform/audit.ts';
import { connectDatabase, type Connection } from '../../db/connect.ts';
import { makeActor, signedInAs } from '../support/actors.ts';
import { openTestDatabase, testEngines } from '../support/database.ts';
import { worker, workersCsv } from '../support/employer-files.ts';
import { expectBooksToAgree } from '../support/ledger-checks.ts';
import { seededRandom } from '../support/random.ts';
import { databaseUrl } from '../support/start-database.ts';
import { newDataDir } from '../support/template.ts';

const ROWS = 1200;
const ROUNDS = Number(process.env.KILL_ROUNDS ?? 2);
const LIMIT_MS = 60_000;
/** Who speaks for it is said by the requests themselves. */
const EMPLOYER = 'killed-bikes';
const headers = signedInAs(makeActor('clerk', { role: 'employer', organisationId: EMPLOYER }));
const JSON_BODY = { ...headers, 'content-type': 'application/json' };

/** Takes a list one step on; true when it is insured and everybody was told. */
async function step(address: string, { id, state, ownFen, told }: EmployerFileView): Promise<boolean> {
  const path = `${address}/api/office/employer-files/${id}`;
  if (state === 'checked') {
    const body = JSON.stringify({ leaveBadRowsOut: false, ownFen, workersKnow: true });
    expect((await fetch(`${path}/confirm`, { method: 'POST', headers: JSON_BODY, body })).status).toBe(202);
  } else if (state === 'held') {
    expect((await fetch(`${path}/payment/simulate`, { method: 'POST', headers })).status).toBe(200);
  } else if (state === 'insured') return told.waiting === 0;
  else await sleep(30);
  return false;
}

describe.each(testEngines())("kill -9 while an employer's list is on its way, on %s", (engine) => {
  let dataDir: string;
  let database: Connection | undefined;
  let settings: Record<string, string>;
  let child: ChildProcess | undefined;

  beforeAll(async () => {
    dataDir = await newDataDir();
    settings = { DATA_DIR: dataDir, EMPLOYER };
    if (engine === 'postgresql') {
      database = await openTestDatabase(engine);
      const [row] = await database.sql<{ name: string }[]>`select current_database() as name`;
      settings.DATABASE_URL = databaseUrl(process.env.TEST_DATABASE_URL!, row!.name);
    }
  });
  afterAll(async () => {
    child?.kill('SIGKILL');
    await database?.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  async function start(): Promise<string> {
    const { PATH, HOME } = process.env;
    child = spawn(process.execPath, ['--import', 'tsx', 'tests/support/import-server.ts'], {
      env: { PATH, HOME, ...settings },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const line of createInterface({ input: child.stdout! })) {
      if (line.startsWith('ready ')) return line.slice(6);
    }
    throw new Error('The server ended before it was ready.');
  }
  async function kill(): Promise<void> {
    if (child!.exitCode !== null || child!.signalCode !== null) return;
    const gone = once(child!, 'exit');
    child!.kill('SIGKILL');
    await gone;
  }

  it(
    `goes on where it stopped, ${ROUNDS} kills long, and insures everybody once`,
    async () => {
      const random = seededRandom(23);
      const from = addDays(shanghaiDay(Date.now()), 3);
      const list = workersCsv(Array.from({ length: ROWS }, (_, n) => worker(n, { 开始: from, 天数: '2' })));
      const seen = new Set<string>();
      let id = '';
      for (let round = 0; ; round++) {
        const address = await start();
        const isLast = round >= ROUNDS;
        const doomed = child!;
        if (!isLast) void sleep(30 + random() * 700).then(() => doomed.kill('SIGKILL'));
        try {
          if (id === '') {
            const form = new FormData();
            form.set('file', new File([list], '名单.csv'));
            const path = `${address}/api/office/employer-files`;
            const uploaded = await fetch(path, { method: 'POST', headers, body: form });
            expect([200, 201]).toContain(uploaded.status);
            id = ((await uploaded.json()) as EmployerFileView).id;
          }
          for (;;) {
            const response = await fetch(`${address}/api/office/employer-files/${id}`, { headers });
            expect(response.status).toBe(200);
            const view = (await response.json()) as EmployerFileView;
            seen.add(view.state);
            expect(view.state).not.toBe('discarded');
            if (await step(address, view)) break;
          }
        } catch (error) {
          if (isLast || !(error instanceof TypeError)) throw error; // fetch's, of a server that is gone
        }
        if (isLast) break;
        await kill();
      }
      expect([...seen]).toContain('insured');
      await kill();
      const connection = database ?? (await connectDatabase({ dataDir, poolSize: 1 }));
      await expectBooksToAgree(connection);
      const [facts] = await connection.sql`
        select (select count(*)::int from enrolments where state = 'insured') as insured,
          (select count(*)::int from enrolments) as enrolments,
          (select count(*)::int from insured_persons) as people,
          (select count(*)::int from employer_files) as files,
          (select count(*)::int from payments where state = 'paid') as paid`;
      expect(facts).toEqual({ insured: ROWS, enrolments: ROWS, people: ROWS, files: 1, paid: 1 });
      expect((await verifyAudit(connection.db)).fault).toBeNull();
      if (!database) await connection.close();
    },
    LIMIT_MS * (ROUNDS + 2),
  );
});
