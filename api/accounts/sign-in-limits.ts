import { createHmac, randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { rateLimits } from '../../db/tables/accounts.ts';
import { Problem } from '../http/problem.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

type Window = { windowMs: number; max: number };
type Subject = 'phone' | 'name' | 'person' | 'device' | 'address';

/**
 * How often something may be tried. What is tried at (a phone, a name) and the device come first; thousands of riders
 * share a carrier's address, so that limit only stops floods.
 */
export const SIGN_IN_LIMITS = {
  send_code: {
    phone: [
      { windowMs: HOUR_MS, max: 5 },
      { windowMs: DAY_MS, max: 10 },
    ],
    device: [
      { windowMs: HOUR_MS, max: 10 },
      { windowMs: DAY_MS, max: 30 },
    ],
    address: [{ windowMs: HOUR_MS, max: 2000 }],
  },
  check_code: {
    phone: [{ windowMs: HOUR_MS, max: 20 }],
    device: [{ windowMs: HOUR_MS, max: 40 }],
    address: [{ windowMs: HOUR_MS, max: 6000 }],
  },
  password: {
    name: [{ windowMs: 15 * MINUTE_MS, max: 10 }],
    device: [{ windowMs: 15 * MINUTE_MS, max: 30 }],
    address: [{ windowMs: 15 * MINUTE_MS, max: 1000 }],
  },
  second_factor: {
    device: [{ windowMs: 15 * MINUTE_MS, max: 20 }],
    address: [{ windowMs: 15 * MINUTE_MS, max: 1000 }],
  },
  change_security: {
    person: [{ windowMs: HOUR_MS, max: 20 }],
  },
  make_reset: {
    person: [{ windowMs: HOUR_MS, max: 30 }],
  },
  use_reset: {
    device: [{ windowMs: 15 * MINUTE_MS, max: 20 }],
    address: [{ windowMs: 15 * MINUTE_MS, max: 1000 }],
  },
  find_person: {
    person: [{ windowMs: HOUR_MS, max: 60 }],
  },
  /** The same second code once only: it is valid for at most a minute and a half. */
  same_totp: {
    person: [{ windowMs: 5 * MINUTE_MS, max: 1 }],
  },
  submit_request: {
    device: [
      { windowMs: HOUR_MS, max: 10 },
      { windowMs: DAY_MS, max: 30 },
    ],
    address: [{ windowMs: HOUR_MS, max: 2000 }],
  },
  look_at_similar: {
    device: [{ windowMs: HOUR_MS, max: 200 }],
    address: [{ windowMs: HOUR_MS, max: 20_000 }],
  },
  join_session: {
    device: [{ windowMs: HOUR_MS, max: 40 }],
    address: [{ windowMs: HOUR_MS, max: 2000 }],
  },
  session_message: {
    name: [{ windowMs: MINUTE_MS, max: 120 }],
  },
  session_link: {
    name: [{ windowMs: HOUR_MS, max: 20 }],
  },
  settlement_code: {
    phone: [
      { windowMs: HOUR_MS, max: 5 },
      { windowMs: DAY_MS, max: 10 },
    ],
    name: [{ windowMs: HOUR_MS, max: 10 }],
  },
  confirm_settlement: {
    name: [{ windowMs: HOUR_MS, max: 20 }],
  },
  retrieve_request: {
    name: [{ windowMs: HOUR_MS, max: 20 }],
    device: [{ windowMs: HOUR_MS, max: 40 }],
    address: [{ windowMs: HOUR_MS, max: 2000 }],
  },
  book_appointment: {
    person: [
      { windowMs: HOUR_MS, max: 30 },
      { windowMs: DAY_MS, max: 100 },
    ],
  },
  take_ticket: {
    device: [
      { windowMs: HOUR_MS, max: 6 },
      { windowMs: DAY_MS, max: 20 },
    ],
    address: [{ windowMs: HOUR_MS, max: 2000 }],
  },
} as const satisfies Record<string, Partial<Record<Subject, readonly Window[]>>>;
export type Limited = keyof typeof SIGN_IN_LIMITS;

/** The longest window: rows that began earlier count no more. */
export const LONGEST_WINDOW_MS = DAY_MS;

/**
 * Counts tries in the database, so that several processes count together. Fixed windows; subjects are kept as keyed
 * hashes only.
 */
export function createSignInLimits(db: Database, key: Buffer, clock: () => number) {
  async function waitMs(name: string, { windowMs, max }: Window): Promise<number> {
    const now = clock();
    const hash = createHmac('sha256', key).update(name).digest('base64');
    const isOver = sql`${rateLimits.lastRequest} <= ${now - windowMs}`;
    const [row] = await db
      .insert(rateLimits)
      // An id of its own: of two that begin at once, the later has to meet the earlier by its key and by nothing else.
      .values({ id: randomUUID(), key: hash, count: 1, lastRequest: now })
      .onConflictDoUpdate({
        target: rateLimits.key,
        set: {
          count: sql`case when ${isOver} then 1 else least(${rateLimits.count} + 1, 1000000) end`,
          lastRequest: sql`case when ${isOver} then ${now}::bigint else ${rateLimits.lastRequest} end`,
        },
      })
      .returning({ count: rateLimits.count, startedAt: rateLimits.lastRequest });
    return row!.count <= max ? 0 : row!.startedAt + windowMs - now;
  }

  /** Milliseconds to wait; 0 when it may be tried. Stops at the first limit, so that later subjects are not charged. */
  async function take(what: Limited, subjects: Partial<Record<Subject, string>>): Promise<number> {
    for (const [kind, windows] of Object.entries<readonly Window[]>(SIGN_IN_LIMITS[what])) {
      const subject = subjects[kind as Subject];
      if (subject === undefined) continue;
      for (const window of windows) {
        const wait = await waitMs([what, kind, window.windowMs, subject].join('\n'), window);
        if (wait > 0) return wait;
      }
    }
    return 0;
  }

  return {
    take,
    /** Throws `too_many_requests`, which says how long to wait. */
    async assert(what: Limited, subjects: Partial<Record<Subject, string>>): Promise<void> {
      const waitS = Math.ceil((await take(what, subjects)) / 1000);
      if (waitS > 0) throw tooMany(waitS);
    },
  };
}

export type SignInLimits = ReturnType<typeof createSignInLimits>;

export function tooMany(waitS: number): Problem {
  const wait = waitS < 120 ? `${waitS} s` : `${Math.ceil(waitS / 60)} minutes`;
  return new Problem('too_many_requests', `Please try again in ${wait}.`, {}, { 'retry-after': String(waitS) });
}
