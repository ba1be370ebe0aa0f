import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EmployerFileView } from '#domain/insurance/employer-file-contract.ts';
import { addDays, shanghaiDay } from '#domain/time/shanghai.ts';
import { verifyAudit } from '../../api/platform/audit.ts';
import { connectDatabase } from '../../db/connect.ts';
import { makeActor, signedInAs } from '../support/actors.ts';
import { testEngines } from '../support/database.ts';
import { type KilledServer, openKilledServer } from '../support/process-home.ts';
import { worker, workersCsv } from '../support/employer-files.ts';
import { expectBooksToAgree } from '../support/ledger-checks.ts';
import { seededRandom } from '../support/random.ts';

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
  let server: KilledServer;

  beforeAll(async () => {
    server = await openKilledServer(engine, { EMPLOYER });
  });
  afterAll(() => server.close());

  it(
    `goes on where it stopped, ${ROUNDS} kills long, and insures everybody once`,
    async () => {
      const random = seededRandom(23);
      const from = addDays(shanghaiDay(Date.now()), 3);
      const list = workersCsv(Array.from({ length: ROWS }, (_, n) => worker(n, { 开始: from, 天数: '2' })));
      const seen = new Set<string>();
      let id = '';
      for (let round = 0; ; round++) {
        const address = await server.start();
        const isLast = round >= ROUNDS;
        if (!isLast) void sleep(30 + random() * 700).then(server.aim());
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
        await server.kill();
      }
      expect([...seen]).toContain('insured');
      await server.kill();
      const connection = server.database ?? (await connectDatabase({ dataDir: server.dataDir, poolSize: 1 }));
      await expectBooksToAgree(connection);
      const [facts] = await connection.sql`
        select (select count(*)::int from enrolments where state = 'insured') as insured,
          (select count(*)::int from enrolments) as enrolments,
          (select count(*)::int from insured_persons) as people,
          (select count(*)::int from employer_files) as files,
          (select count(*)::int from payments where state = 'paid') as paid`;
      expect(facts).toEqual({ insured: ROWS, enrolments: ROWS, people: ROWS, files: 1, paid: 1 });
      expect((await verifyAudit(connection.db)).fault).toBeNull();
      if (!server.database) await connection.close();
    },
    LIMIT_MS * (ROUNDS + 2),
  );
});
