import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSignInCodes } from '../../api/accounts/sign-in-codes.ts';
import { createSignInLimits, SIGN_IN_LIMITS } from '../../api/accounts/sign-in-limits.ts';
import type { Connection } from '../../db/connect.ts';
import { rateLimits, verifications } from '../../db/tables/accounts.ts';
import { emptyTestDatabase, openTestDatabase, testEngines } from '../support/database.ts';
import { NOON } from '../support/factories.ts';

const HOUR_MS = 3_600_000;
const PHONE = '13812345678';

describe.each(testEngines())('signing in on %s', (engine) => {
  let connection: Connection;
  const time = { nowMs: NOON };
  const key = randomBytes(32);
  const limits = () => createSignInLimits(connection.db, key, () => time.nowMs);
  const codes = () => createSignInCodes(connection.db, key, () => time.nowMs);

  beforeAll(async () => {
    connection = await openTestDatabase(engine);
  });
  beforeEach(async () => {
    time.nowMs = NOON;
    await emptyTestDatabase(connection);
  });
  afterAll(() => connection.close());

  it('counts exactly, however many come at once and from however many processes', async () => {
    const takers = [limits(), limits(), limits()];
    const waits = await Promise.all(
      Array.from({ length: 30 }, (_, i) => takers[i % 3]!.take('send_code', { phone: PHONE })),
    );
    expect(waits.filter((wait) => wait === 0)).toHaveLength(5);
    expect(waits.filter((wait) => wait > 0).every((wait) => wait === HOUR_MS || wait === 24 * HOUR_MS)).toBe(true);
  });

  it('says exactly how long to wait, and waiting so long is enough', async () => {
    const { take } = limits();
    for (let i = 0; i < 5; i++) {
      await take('send_code', { phone: PHONE });
      time.nowMs += 1000;
    }
    const wait = await take('send_code', { phone: PHONE });
    expect(wait).toBe(HOUR_MS - 5000);
    time.nowMs += wait - 1;
    expect(await take('send_code', { phone: PHONE })).toBe(1);
    time.nowMs += 1;
    expect(await take('send_code', { phone: PHONE })).toBe(0);
  });

  it('counts each subject and each thing by itself, and holds none of their names', async () => {
    const { take } = limits();
    for (let i = 0; i < 5; i++) await take('send_code', { phone: PHONE, device: 'd', address: '203.0.113.7' });
    expect(await take('send_code', { phone: PHONE })).toBeGreaterThan(0);
    expect(await take('send_code', { phone: '13900001111', device: 'd', address: '203.0.113.7' })).toBe(0);
    expect(await take('check_code', { phone: PHONE })).toBe(0);
    expect(JSON.stringify(await connection.db.select().from(rateLimits))).not.toMatch(/138123|203\.0|send_code/);
  });

  it('limits phones and devices long before addresses', () => {
    for (const windows of Object.values(SIGN_IN_LIMITS)) {
      if (!('address' in windows)) continue;
      expect(windows.address[0].max).toBeGreaterThanOrEqual(30 * windows.device[0].max);
    }
  });

  it('lets the right code in once, of many who send it at the same time', async () => {
    await codes().keep(PHONE, '482915');
    const used = await Promise.all(Array.from({ length: 10 }, () => codes().use(PHONE, '482915')));
    expect(used.filter(Boolean)).toHaveLength(1);
    expect(await connection.db.$count(verifications)).toBe(0);
  });

  it('lets three of many guesses count, and then not even the right one', async () => {
    await codes().keep(PHONE, '482915');
    await Promise.all(Array.from({ length: 10 }, (_, i) => codes().use(PHONE, `00000${i}`)));
    expect(await codes().use(PHONE, '482915')).toBe(false);
  });

  it('has a code end after 300 s, and a new one take its place with three new tries', async () => {
    await codes().keep(PHONE, '482915');
    time.nowMs += 300_000;
    expect(await codes().use(PHONE, '482915')).toBe(false);
    await codes().keep(PHONE, '111111');
    await codes().use(PHONE, '000000');
    await codes().use(PHONE, '000000');
    await codes().keep(PHONE, '222222');
    expect(await codes().use(PHONE, '111111')).toBe(false);
    expect(await codes().use(PHONE, '222222')).toBe(true);
  });
});
