import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClaimView } from '#domain/insurance/claim-contract.ts';
import { makeActor, signedInAs } from '../support/actors.ts';
import { CONSENT, nextIdNumber } from '../support/claims.ts';
import { testEngines } from '../support/database.ts';
import { type KilledServer, openKilledServer } from '../support/process-home.ts';
import { seededRandom } from '../support/random.ts';

const ROUNDS = Number(process.env.KILL_ROUNDS ?? 10);
const AT_ONCE = 3;
const LIMIT_MS = 60_000;

/** A colleague for every request: one person may not write hundreds of claims a minute. */
const headersOf = () => ({
  ...signedInAs(makeActor(randomUUID(), { role: 'coordinator' })),
  'content-type': 'application/json',
});

function walkIn() {
  return {
    id: randomUUID(),
    happenedAt: '2026-10-10T10:00:00+08:00',
    account: { whatHappened: '在路口被撞倒' },
    lines: [{ id: randomUUID(), kind: 'medical', claimedFen: 100 }],
    name: '陈小鹭',
    idNumber: nextIdNumber(),
    consent: CONSENT,
    channel: 'counter',
    onBehalf: true,
  };
}

describe.each(testEngines())('kill -9 while claims are written on %s', (engine) => {
  let server: KilledServer;

  beforeAll(async () => {
    server = await openKilledServer(engine);
  });
  afterAll(() => server.close());

  it(
    `keeps every claim that was answered 201 and every step that was answered 200, ${ROUNDS} times over`,
    async () => {
      const random = seededRandom(11);
      /** The version that was answered last, by claim. */
      const answered = new Map<string, number>();

      /** Writes claims and receives them, one after the other, until the server is gone. */
      async function write(address: string): Promise<void> {
        for (;;) {
          const claim = walkIn();
          const sent = await fetch(`${address}/api/claims`, {
            method: 'POST',
            headers: headersOf(),
            body: JSON.stringify(claim),
          });
          expect(sent.status, await sent.clone().text()).toBe(201);
          answered.set(claim.id, ((await sent.json()) as ClaimView).version);
          const acted = await fetch(`${address}/api/claims/${claim.id}/actions`, {
            method: 'POST',
            headers: headersOf(),
            body: JSON.stringify({ action: 'receive', version: answered.get(claim.id) }),
          });
          expect(acted.status).toBe(200);
          answered.set(claim.id, ((await acted.json()) as ClaimView).version);
        }
      }

      for (let round = 0; round <= ROUNDS; round++) {
        const address = await server.start();
        for (const [id, version] of answered) {
          const found = await fetch(`${address}/api/claims/${id}`, { headers: headersOf() });
          expect(found.status, `round ${round}`).toBe(200);
          const view = (await found.json()) as ClaimView;
          // The step after it may have been stored without its answer coming through.
          expect(view.version).toBeGreaterThanOrEqual(version);
          expect(view.timeline.map((step) => step.version)).toEqual(
            Array.from({ length: view.version }, (_, i) => i + 1),
          );
          expect(view.account!.whatHappened).toBe('在路口被撞倒');
        }
        if (round === ROUNDS) break;
        const before = answered.size;
        const writers = Array.from({ length: AT_ONCE }, () => write(address).catch((error: unknown) => error));
        // At any moment of the writing, and now and then before the first answer.
        if (round % 4 !== 3)
          await expect.poll(() => answered.size, { timeout: LIMIT_MS, interval: 5 }).toBeGreaterThan(before);
        await wait(random() * 500);
        await server.kill();
        for (const error of await Promise.all(writers))
          expect(error, 'only the dying server fails').toBeInstanceOf(TypeError);
      }
      expect(answered.size).toBeGreaterThan(ROUNDS / 2);
    },
    (ROUNDS + 2) * LIMIT_MS,
  );
});
