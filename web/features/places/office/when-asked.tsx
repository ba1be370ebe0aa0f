import type { ReactNode } from 'react';
import { office as en } from '../../../client/messages/en/office.ts';
import { office as zh } from '../../../client/messages/zh/office.ts';
import { useMessages } from '../../../client/messages.ts';
import { useRefusals } from '../../../client/refusals.ts';
import { useTexts } from '../../../client/texts.ts';
import type { Asked } from '../../../client/use-asked.ts';
import { Button } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useMinute } from '../use-minute.ts';
import { timestampWords } from '../words.ts';
import styles from './when-asked.module.css';

/** The waiting, or why there is nothing, or (above the content) that what is shown is not of now. */
export function WhenAsked<T>({
  asked,
  tellsAge = true,
  children,
}: {
  asked: Asked<T>;
  /** False where something inside tells it already. */
  tellsAge?: boolean;
  children: (data: T) => ReactNode;
}) {
  const m = useTexts({ zh, en });
  const { places } = useMessages();
  const refusal = useRefusals();
  const nowMs = useMinute();
  if (asked.status === 'loading') return <Skeleton rows={6} label={m.loading} />;
  if (asked.status === 'failed') {
    return (
      <div className={styles.failed} role="alert">
        <h2>{m.failed}</h2>
        <p>{refusal(asked.error)}</p>
        <Button variant="primary" icon="refresh" onClick={asked.retry}>
          {m.retry}
        </Button>
      </div>
    );
  }
  return (
    <>
      {tellsAge && asked.refresh === 'failed' && (
        <output className={styles.old}>
          <Icon name="offline" size={1.125} />
          {m.outOfDate(timestampWords(asked.asOfMs, nowMs, places), refusal(asked.error))}
          <Button variant="quiet" onClick={asked.retry}>
            {m.retry}
          </Button>
        </output>
      )}
      <div aria-busy={asked.refresh === 'running'} className={styles.content}>
        {children(asked.data)}
      </div>
    </>
  );
}
