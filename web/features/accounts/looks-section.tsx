import type { LookView } from '../../client/accounts.ts';
import { me as en } from '../../client/messages/en/me.ts';
import { me as zh } from '../../client/messages/zh/me.ts';
import { officeApiPaths } from '../../client/office-paths.ts';
import { useTexts } from '../../client/texts.ts';
import { useAsked } from '../../client/use-asked.ts';
import { Button } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { dayOf, timeOf } from './instant-words.ts';
import styles from './me.module.css';

/** Who looked at the person's data or account, when and why. */
export function LooksSection() {
  const { looks: m, data, loading, retry } = useTexts({ zh, en });
  const asked = useAsked<{ looks: LookView[] }>(officeApiPaths.looks());
  return (
    <section className={styles.section} aria-labelledby="my-looks">
      <h2 id="my-looks">{m.heading}</h2>
      <p className={styles.quiet}>{m.hint}</p>
      {asked.status === 'loading' && <Skeleton rows={1} label={loading} />}
      {asked.status === 'failed' && (
        <div role="alert" className={styles.failed}>
          <p>{m.failed}</p>
          <Button icon="refresh" onClick={asked.retry}>
            {retry}
          </Button>
        </div>
      )}
      {asked.status === 'ready' && asked.data.looks.length === 0 && <p>{m.none}</p>}
      {asked.status === 'ready' && (
        <ol className={styles.looks}>
          {asked.data.looks.map(({ at, what, field, by, reason }, i) => (
            // oxlint-disable-next-line react/no-array-index-key -- one person can do the same twice in one second
            <li key={`${at} ${i}`}>
              <span className={styles.what}>
                <time dateTime={at} className={styles.quiet}>
                  {dayOf(at)} {timeOf(at)}
                </time>
                <strong>{m.by(by)}</strong>
                <span>{m.what[what](field ? data.fields[field] : '')}</span>
              </span>
              {reason && <span className={styles.quiet}>{m.reason(reason)}</span>}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
