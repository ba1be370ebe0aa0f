import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Connection } from '../../../db/connect.ts';
import { describeError } from '../../http/describe-error.ts';
import { Problem } from '../../http/problem.ts';
import type { MediationDependencies } from './dependencies.ts';
import type { Partaker } from './find-partaker.ts';
import { listEntries } from './list-entries.ts';

/** Shorter than the minute after which proxies take a silent connection for a dead one. */
const HEARTBEAT_MS = 25_000;
const RETRY_MS = 2000;
const MAX_IN_ALL = 5000;
/** Of one session: a handful of people with a page or two each. */
const MAX_PER_SESSION = 60;

/** Wakes those who follow a session when something was appended to it, by any process. */
type SessionWaker = { onEntry: (sessionId: string, listener: () => void) => () => void };

/** Listens from the first follower on. A failure is told; followers then look at every heartbeat. */
function createSessionWaker(connection: Connection, log: (line: string) => void): SessionWaker {
  const followers = new Map<string, Set<() => void>>();
  let listening: Promise<unknown> | null = null;
  const wakeAll = () => {
    for (const listeners of followers.values()) for (const wake of listeners) wake();
  };
  const listen = () => {
    listening ??= connection
      .listen(
        'session_entries',
        (sessionId) => {
          for (const wake of followers.get(sessionId) ?? []) wake();
        },
        wakeAll, // what was appended while the line was down
      )
      .catch((error: unknown) => {
        listening = null;
        log(`following the sessions failed: ${describeError(error)}`);
      });
  };
  return {
    onEntry(sessionId, listener) {
      listen();
      const listeners = followers.get(sessionId) ?? new Set();
      followers.set(sessionId, listeners.add(listener));
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0 && followers.get(sessionId) === listeners) followers.delete(sessionId);
      };
    },
  };
}

/**
 * Answers `GET /api/sessions/:id/events`: `event: entry` with the entry as JSON, `id:` its number for this viewer. Goes
 * on after `Last-Event-ID`, or `?after=`. Nothing is written for what a viewer may not see, not even a sign of life. Who
 * asks is found out anew before anything is told. Throws `too_many_streams`.
 */
export function createSessionEvents(
  deps: Pick<MediationDependencies, 'connection' | 'vault' | 'files' | 'log' | 'stopping'>,
  { heartbeatMs = HEARTBEAT_MS }: { heartbeatMs?: number } = {},
) {
  const { connection, vault, files, log, stopping } = deps;
  const waker = createSessionWaker(connection, log);
  const reader = { db: connection.db, vault, files };
  const openBySession = new Map<string, number>();
  let openInAll = 0;

  function take(sessionId: string): () => void {
    const open = openBySession.get(sessionId) ?? 0;
    if (openInAll >= MAX_IN_ALL || open >= MAX_PER_SESSION || stopping?.aborted) {
      const later = 'Fetch the messages, and try to follow them again later.';
      throw new Problem('too_many_streams', later, {}, { 'retry-after': '60' });
    }
    openBySession.set(sessionId, open + 1);
    openInAll += 1;
    return () => {
      openInAll -= 1;
      const left = openBySession.get(sessionId)! - 1;
      if (left > 0) openBySession.set(sessionId, left);
      else openBySession.delete(sessionId);
    };
  }

  return async function sessionEvents(c: Context, from: number, findOut: () => Promise<Partaker>) {
    const { session } = await findOut();
    c.header('X-Accel-Buffering', 'no');
    // Nobody reads the body of a HEAD, so nothing would ever end its stream.
    if (c.req.raw.method === 'HEAD') return c.body(null, 200, { 'content-type': 'text/event-stream' });
    const giveBack = take(session.id);
    return streamSSE(c, async (stream) => {
      const over = new AbortController();
      let isNews = true;
      let wake: (() => void) | null = null;
      const rouse = () => {
        isNews = true;
        wake?.();
      };
      const end = () => {
        over.abort();
        wake?.();
      };
      const stopFollowing = waker.onEntry(session.id, rouse);
      stream.onAbort(end);
      stopping?.addEventListener('abort', end);
      try {
        await stream.write(`retry: ${RETRY_MS + Math.round(Math.random() * RETRY_MS)}\n\n`);
        for (let told = from; !over.signal.aborted;) {
          isNews = false;
          const { entries, more } = await listEntries(reader, await findOut(), told);
          for (const entry of entries) {
            await stream.writeSSE({ event: 'entry', id: String(entry.seq), data: JSON.stringify(entry) });
            told = entry.seq;
          }
          if (more || isNews || over.signal.aborted) continue;
          const isSilent = await new Promise<boolean>((resolve) => {
            const timer = setTimeout(() => resolve(true), heartbeatMs);
            wake = () => {
              clearTimeout(timer);
              resolve(false);
            };
          });
          wake = null;
          if (isSilent) await stream.write(': still here\n\n');
        }
      } catch (error) {
        // Somebody who takes part no more is told nothing more.
        if (!(error instanceof Problem)) log(`following session ${session.id} failed: ${describeError(error)}`);
      } finally {
        stopFollowing();
        stopping?.removeEventListener('abort', end);
        giveBack();
      }
    });
  };
}
