import { Suspense, useEffect, useRef, useState } from 'react';
import type { ImportView } from '#domain/places/import-contract.ts';
import { importApiPaths } from '../client/imports.ts';
import { useMessages } from '../client/messages.ts';
import { officePaths } from '../client/office-paths.ts';
import { useAsked } from '../client/use-asked.ts';
import { FateCounts } from '../features/places/office/import/fate-counts.tsx';
import { FileReading } from '../features/places/office/import/file-reading.tsx';
import { FinishedImport } from '../features/places/office/import/finished-import.tsx';
import { ImportProgress } from '../features/places/office/import/import-progress.tsx';
import { ImportRows, type RowsShown } from '../features/places/office/import/import-rows.tsx';
import { problemWords } from '../features/places/office/import/import-words.ts';
import styles from '../features/places/office/import/import.module.css';
import { SettingsForm } from '../features/places/office/import/settings-form.tsx';
import { StateBadge } from '../features/places/office/import/state-badge.tsx';
import { StoreBar } from '../features/places/office/import/store-bar.tsx';
import { useImportTexts } from '../features/places/office/import/use-import-texts.ts';
import { WhenAsked } from '../features/places/office/when-asked.tsx';
import { useMinute } from '../features/places/use-minute.ts';
import { timestampWords } from '../features/places/words.ts';
import { ButtonLink } from '../ui/button.tsx';
import { later } from '../ui/later.ts';
import { goInApp } from '../ui/location.ts';
import { announce } from '../ui/notices.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { OfficeLayout } from './office-layout.tsx';

const ImportMap = later(async () => (await import('../features/places/office/import/import-map.tsx')).ImportMap);

/** While something runs it is asked so often how far it is. */
const POLL_MS = 1000;

/** `/office/import/:id`: one list on its way from the file to the map. */
export function OfficeImportPage({ id }: { id: string }) {
  const m = useImportTexts();
  const [source, setSource] = useState<string | null>(null);
  return (
    <OfficeLayout
      title={source === null ? m.title : m.titleOne(source)}
      action="site.import"
      toolbar={
        <ButtonLink icon="list" href={officePaths.imports()} onClick={goInApp}>
          {m.all}
        </ButtonLink>
      }
    >
      {() => <OneImport id={id} onSource={setSource} />}
    </OfficeLayout>
  );
}

function OneImport({ id, onSource }: { id: string; onSource: (source: string) => void }) {
  const m = useImportTexts();
  const asked = useAsked<ImportView>(importApiPaths.import(id));
  const { retry } = asked;
  const view = asked.status === 'ready' ? asked.data : null;
  const state = view?.state ?? null;
  const source = view?.source ?? null;
  const isRunning = state === 'checking' || state === 'storing';
  const answered = asked.status === 'ready' && asked.refresh !== 'running' ? asked.asOfMs + asked.refresh : null;

  useEffect(
    function pollWhileItRuns() {
      if (!isRunning || answered === null) return;
      const timer = setTimeout(retry, POLL_MS);
      return () => clearTimeout(timer);
    },
    [isRunning, answered, retry],
  );
  useEffect(
    function nameList() {
      if (source !== null) onSource(source);
    },
    [source, onSource],
  );
  const said = useRef<string | null>(null);
  useEffect(
    function sayState() {
      if (state && said.current !== null && said.current !== state) announce(m.states[state]);
      said.current = state;
    },
    [state, m],
  );

  return <WhenAsked asked={asked}>{(ready) => <Steps view={ready} onChanged={retry} />}</WhenAsked>;
}

function Steps({ view, onChanged }: { view: ImportView; onChanged: () => void }) {
  const m = useImportTexts();
  const { places } = useMessages();
  const nowMs = useMinute();
  const [dirty, setDirty] = useState(false);
  const [shown, setShown] = useState<RowsShown>({ fate: '', cursor: '' });
  const { state, problem } = view;
  const isChecked = state === 'checked';
  // Before that is known, every row would look new and without a place.
  const isAsked = isChecked && view.missing.some((what) => what === 'crs' || what === 'name_column');
  return (
    <>
      <div className={styles.line}>
        <StateBadge state={state} />
        <span className={styles.quiet}>
          {view.fileName} · {m.by(view.by ?? m.someone, timestampWords(Date.parse(view.startedAt), nowMs, places))}
        </span>
      </div>
      {state === 'checking' || state === 'storing' ? (
        <ImportProgress view={view} state={state} onChanged={onChanged} />
      ) : (
        state !== 'checked' && <FinishedImport view={view} onChanged={onChanged} />
      )}
      {isChecked && problem && (
        <p role="alert" className={styles.notice}>
          {problemWords(problem, m)}
        </p>
      )}
      {state !== 'checking' && !isAsked && <FateCounts counts={view.counts} />}
      {view.format && state !== 'checking' && <FileReading view={view} />}
      {isChecked && (
        <SettingsForm key={JSON.stringify(view.settings)} view={view} onDirty={setDirty} onChanged={onChanged} />
      )}
      {isAsked && <p className={styles.quiet}>{m.rows.afterAnswers}</p>}
      {((isChecked && !isAsked) || state === 'stored') && (
        <>
          <Suspense fallback={<Skeleton rows={4} label={m.rows.loading} />}>
            <ImportMap view={view} />
          </Suspense>
          <ImportRows view={view} shown={shown} onShow={setShown} onChanged={onChanged} />
        </>
      )}
      {isChecked && (
        <StoreBar
          view={view}
          dirty={dirty}
          onShowDuplicates={() => setShown({ fate: 'duplicate', cursor: '' })}
          onChanged={onChanged}
        />
      )}
    </>
  );
}
