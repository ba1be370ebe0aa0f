import * as fc from 'fast-check';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { clientAddress, createRateLimiter } from './rate-limit.ts';

function limiter(max: number) {
  const clock = { nowMs: 1_000_000 };
  return { clock, take: createRateLimiter({ windowMs: 60_000, max }, () => clock.nowMs) };
}

async function addressBehind(trustedProxies: number, forwarded?: string): Promise<string> {
  const app = new Hono().get('/', (c) => c.text(clientAddress(c, trustedProxies)));
  const response = await app.request('/', forwarded === undefined ? {} : { headers: { 'x-forwarded-for': forwarded } });
  return response.text();
}

describe('a rate limiter', () => {
  it('lets as many pass as it may, then says how many seconds are left of the window', () => {
    const { clock, take } = limiter(3);
    expect([take('a'), take('a'), take('a')]).toEqual([0, 0, 0]);
    expect(take('a')).toBe(60);
    clock.nowMs += 59_001;
    expect(take('a')).toBe(1);
    clock.nowMs += 999;
    expect(take('a')).toBe(0);
  });

  it('counts each key by itself', () => {
    const { take } = limiter(1);
    expect([take('a'), take('b'), take('a') > 0, take('c')]).toEqual([0, 0, true, 0]);
  });

  it('lets exactly the first of every window pass, whenever they come', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30_000 }), { maxLength: 60 }), (pauses) => {
        const { clock, take } = limiter(4);
        let startedAt = -Infinity;
        let passed = 0;
        for (const pause of pauses) {
          clock.nowMs += pause;
          if (clock.nowMs - startedAt >= 60_000) [startedAt, passed] = [clock.nowMs, 0];
          const waitS = take('a');
          expect(waitS === 0).toBe(passed < 4);
          if (waitS === 0) passed += 1;
          else expect(Math.abs(clock.nowMs + waitS * 1000 - (startedAt + 60_000))).toBeLessThan(1000);
        }
      }),
      { seed: 4 },
    );
  });

  it('forgets the oldest address when there are too many, and goes on', () => {
    const { take } = limiter(1);
    take('first');
    for (let i = 0; i < 50_000; i++) take(`flood-${i}`);
    expect(take('first')).toBe(0);
    expect(take('flood-49999')).toBeGreaterThan(0);
  });
});

describe('the address that asks', () => {
  it.each([
    [0, '6.6.6.6', 'in-process'],
    [1, '6.6.6.6, 1.2.3.4', '1.2.3.4'],
    [2, '6.6.6.6, 1.2.3.4, 10.0.0.1', '1.2.3.4'],
    [2, '10.0.0.1', 'in-process'],
    [1, '', 'in-process'],
    [1, undefined, 'in-process'],
  ])(
    'behind %i proxies with %s is %s: what the client writes itself is not believed',
    async (proxies, header, address) => {
      expect(await addressBehind(proxies, header)).toBe(address);
    },
  );
});
