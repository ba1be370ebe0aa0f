import type { ImportView } from '#domain/places/import-contract.ts';
import { IMPORT_KEPT_DAYS, isUndoable } from '#domain/places/office.ts';
import { useMessages } from '../../../../client/messages.ts';
import { officePaths } from '../../../../client/office-paths.ts';
import { ButtonLink } from '../../../../ui/button.tsx';
import { goInApp } from '../../../../ui/location.ts';
import { useMinute } from '../../use-minute.ts';
import { timestampWords } from '../../words.ts';
import styles from './import.module.css';
import { problemWords } from './import-words.ts';
import { UndoImport } from './undo-import.tsx';
import { useImportTexts } from './use-import-texts.ts';

/** What came of an import that is over: stored, undone, stopped or not read. */
export function FinishedImport({ view, onChanged }: { view: ImportView; onChanged: () => void }) {
  const m = useImportTexts();
  const { places } = useMessages();
  const nowMs = useMinute();
  const { state, counts, kept, undoneAt, problem } = view;
  return (
    <section className={styles.card}>
      {state === 'stored' && (
        <>
          <h2>{m.stored.heading}</h2>
          <p>{m.stored.text(counts.new ?? 0, counts.changed ?? 0, counts.same ?? 0)}</p>
          <div className={styles.actions}>
            <ButtonLink icon="list" href={officePaths.sites()} onClick={goInApp}>
              {m.stored.see}
            </ButtonLink>
          </div>
          {isUndoable(Date.parse(view.startedAt), nowMs) ? (
            <UndoImport view={view} onChanged={onChanged} />
          ) : (
            <p className={styles.quiet}>{m.stored.tooOld(IMPORT_KEPT_DAYS)}</p>
          )}
        </>
      )}
      {state === 'undone' && (
        <>
          <h2>{m.undone.heading}</h2>
          {undoneAt && <p>{m.undone.text(timestampWords(Date.parse(undoneAt), nowMs, places))}</p>}
          {kept.length > 0 && (
            <>
              <p>{m.undone.kept(kept.length)}</p>
              <ul className={styles.kept}>
                {kept.map((id) => (
                  <li key={id}>
                    <a href={officePaths.site(id)} onClick={goInApp}>
                      {id}
                    </a>
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
      {state === 'failed' && (
        <div role="alert">
          <h2>{m.states.failed}</h2>
          <p>{problem ? problemWords(problem, m) : m.problemUnknown}</p>
          <p className={styles.quiet}>{m.failedHint}</p>
        </div>
      )}
      {state === 'stopped' && (
        <>
          <h2>{m.states.stopped}</h2>
          <p>{m.stoppedHint}</p>
        </>
      )}
      {state !== 'stored' && (
        <div className={styles.actions}>
          <ButtonLink variant="primary" href={officePaths.imports()} onClick={goInApp}>
            {m.again}
          </ButtonLink>
        </div>
      )}
    </section>
  );
}
