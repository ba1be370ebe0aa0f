import { apiPaths } from './paths.ts';
import { sites } from './sites.ts';

/** After a refusal (too many follow already) it is tried again so much later; until then the map is renewed as ever. */
const RETRY_MS = 60_000;
/** The phones do not all ask in the same instant. */
const SPREAD_MS = 400;
/** Another process of the service may hear of a change a moment later. */
const TRIES = 4;

/**
 * Hears of every change as it happens and fetches it, while the page is looked at; on coming back the first thing told
 * is the newest version. Without it, or when it fails, places are renewed as `kept-resource.ts` says. Returns how to stop.
 */
export function followSites(): () => void {
  let events: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let told = 0;
  let catching = false;
  const isBehind = () => events !== undefined && keptVersion() < told;

  async function catchUp(): Promise<void> {
    if (catching) return;
    catching = true;
    for (let vain = 0; isBehind() && vain < TRIES; vain++) {
      const before = keptVersion();
      await new Promise((resolve) => setTimeout(resolve, Math.random() * SPREAD_MS));
      await sites.refresh();
      if (keptVersion() > before) vain = -1;
    }
    catching = false;
  }

  function listen(): void {
    stop();
    if (document.visibilityState === 'hidden') return;
    events = new EventSource(`${apiPaths.sites()}/events`);
    events.addEventListener('version', ({ data }: MessageEvent<string>) => {
      told = (JSON.parse(data) as { version: number }).version;
      void catchUp();
    });
    // A lost connection is the browser's to find again; a refusal is final for it.
    events.addEventListener('error', () => {
      if (events?.readyState === EventSource.CLOSED) timer = setTimeout(listen, RETRY_MS);
    });
  }

  function stop(): void {
    clearTimeout(timer);
    events?.close();
    events = undefined;
  }

  listen();
  document.addEventListener('visibilitychange', listen);
  return () => {
    stop();
    document.removeEventListener('visibilitychange', listen);
  };
}

/** What is not here yet is fetched whole and needs no catching up. */
function keptVersion(): number {
  const kept = sites.get();
  return kept.status === 'ready' ? kept.data.version : Infinity;
}
