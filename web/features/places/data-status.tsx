import { useMessages } from '../../client/messages.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import styles from './data-status.module.css';
import type { Places } from './use-places.ts';
import { timestampWords } from './words.ts';

/** Says when the data is not the newest; silent while it is. */
export function DataStatus({ places, nowMs }: { places: Extract<Places, { status: 'ready' }>; nowMs: number }) {
  const m = useMessages().places;
  const { refresh, asOfMs } = places;
  if (refresh === 'done' || refresh === 'running') return null;
  const when = timestampWords(asOfMs, nowMs, m);
  return (
    <output className={styles.status}>
      <Icon name="offline" size={1.125} />
      {refresh === 'offline' ? m.status.offline(when) : m.status.stale(when)}
    </output>
  );
}

/** In the place of the list while there is no data: the waiting, or why there is none. */
export function NoDataYet({ places }: { places: Exclude<Places, { status: 'ready' }> }) {
  const { list } = useMessages().places;
  if (places.status === 'loading') return <Skeleton rows={4} label={list.loading} />;
  return (
    <div className={styles.failed} role="alert">
      <p>{places.reason === 'offline' ? list.failedOffline : list.failedError}</p>
      <Button variant="primary" icon="refresh" onClick={places.retry}>
        {list.retry}
      </Button>
    </div>
  );
}
