import type { ImportView } from '#domain/places/import-contract.ts';
import { isUndoable } from '#domain/places/office.ts';
import { useMessages } from '../../../../client/messages.ts';
import { officePaths } from '../../../../client/office-paths.ts';
import { goInApp } from '../../../../ui/location.ts';
import { useMinute } from '../../use-minute.ts';
import { timestampWords } from '../../words.ts';
import { FateCounts } from './fate-counts.tsx';
import styles from './import.module.css';
import { StateBadge } from './state-badge.tsx';
import { UndoImport } from './undo-import.tsx';
import { useImportTexts } from './use-import-texts.ts';

/** The newest imports; a stored one that is young enough can be undone right here. */
export function PastImports({ imports, onChanged }: { imports: readonly ImportView[]; onChanged: () => void }) {
  const m = useImportTexts();
  const { places } = useMessages();
  const nowMs = useMinute();
  return (
    <section className={styles.card} aria-labelledby="past-imports">
      <h2 id="past-imports">{m.past}</h2>
      {imports.length === 0 && <p className={styles.quiet}>{m.pastEmpty}</p>}
      <ul className={styles.past}>
        {imports.map((view) => (
          <li key={view.id} data-row="">
            <div className={styles.line}>
              <a href={officePaths.import(view.id)} className={styles.name} data-open="" onClick={goInApp}>
                {view.source}
              </a>
              <StateBadge state={view.state} />
              <span className={styles.quiet}>
                {view.fileName} ·{' '}
                {m.by(view.by ?? m.someone, timestampWords(Date.parse(view.startedAt), nowMs, places))}
              </span>
            </div>
            <FateCounts counts={view.counts} />
            {view.state === 'stored' && isUndoable(Date.parse(view.startedAt), nowMs) && (
              <UndoImport view={view} onChanged={onChanged} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
