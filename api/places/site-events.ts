import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import { clientAddress } from '../http/rate-limit.ts';
import { Problem } from '../http/problem.ts';
import type { SiteStore } from './site-store.ts';

export type SiteEventsOptions = {
  store: Pick<SiteStore, 'version' | 'onChange'>;
  trustedProxies: number;
  /** Ends every stream, so that the process can. */
  stopping?: AbortSignal | undefined;
  /** Thousands of riders share the address of a carrier. */
  maxPerAddress?: number;
  maxInAll?: number;
  heartbeatMs?: number;
};

/** Shorter than the minute after which proxies take a silent connection for a dead one. */
const HEARTBEAT_MS = 25_000;
const RETRY_MS = 2000;
const RETRY_AFTER_S = '60';

/**
 * Answers `GET /api/sites/events`: `event: version` with `{"version": n}` at once and after every change. Changes that
 * come while a slow phone is still being told of the last one are told as one. Throws `too_many_requests` when an
 * address has too many streams, `too_many_streams` when the process has.
 */
export function createSiteEvents({
  store,
  trustedProxies,
  stopping,
  maxPerAddress = 1000,
  maxInAll = 5000,
  heartbeatMs = HEARTBEAT_MS,
}: SiteEventsOptions): (c: Context) => Response {
  const openByAddress = new Map<string, number>();
  let openInAll = 0;

  function take(address: string): void {
    const open = openByAddress.get(address) ?? 0;
    const later = 'Changes are still fetched every few minutes; try to follow them again later.';
    if (openInAll >= maxInAll || stopping?.aborted) {
      throw new Problem('too_many_streams', later, {}, { 'retry-after': RETRY_AFTER_S });
    }
    if (open >= maxPerAddress) {
      const detail = `${open} streams are open from this address already. ${later}`;
      throw new Problem('too_many_requests', detail, {}, { 'retry-after': RETRY_AFTER_S });
    }
    openByAddress.set(address, open + 1);
    openInAll += 1;
  }

  function giveBack(address: string): void {
    const open = openByAddress.get(address)! - 1;
    if (open > 0) openByAddress.set(address, open);
    else openByAddress.delete(address);
    openInAll -= 1;
  }

  return function siteEvents(c) {
    // A proxy that collects answers before it passes them on would keep the events.
    c.header('X-Accel-Buffering', 'no');
    // Nobody reads the body of a HEAD, so nothing would ever end its stream.
    if (c.req.raw.method === 'HEAD') return c.body(null, 200, { 'content-type': 'text/event-stream' });
    const address = clientAddress(c, trustedProxies);
    take(address);
    return streamSSE(c, async (stream) => {
      const over = new AbortController();
      let wake: (() => void) | null = null;
      const rouse = () => wake?.();
      const end = () => {
        over.abort();
        rouse();
      };
      const stopFollowing = store.onChange(rouse);
      stream.onAbort(end);
      stopping?.addEventListener('abort', end);
      try {
        // Spread out, so that after a restart not everybody is back in the same second.
        await stream.write(`retry: ${RETRY_MS + Math.round(Math.random() * 2 * RETRY_MS)}\n`);
        for (let told = NaN; !over.signal.aborted;) {
          const { version } = store;
          if (version === told) await stream.write(': still here\n\n');
          else await stream.writeSSE({ event: 'version', data: JSON.stringify({ version }) });
          told = version;
          // What happened while a slow phone took its time is told at once.
          if (over.signal.aborted || store.version !== told) continue;
          await new Promise<void>((resolve) => {
            const timer = setTimeout(resolve, heartbeatMs);
            wake = () => {
              clearTimeout(timer);
              resolve();
            };
          });
        }
      } finally {
        stopFollowing();
        stopping?.removeEventListener('abort', end);
        giveBack(address);
      }
    });
  };
}
