import { type ReactNode, useEffect, useRef } from 'react';
import type { EmployerFileView, EmployerRowPage } from '#domain/insurance/employer-file-contract.ts';
import { employerApiPaths } from '../client/employer-files.ts';
import { insuranceOfficePaths } from '../client/insurance-office-paths.ts';
import { type Asked, useAsked } from '../client/use-asked.ts';
import { ConfirmList } from '../features/insurance/employer/confirm-list.tsx';
import styles from '../features/insurance/employer/employer.module.css';
import { momentOf } from '../features/insurance/employer/employer-words.ts';
import { ListRows } from '../features/insurance/employer/list-rows.tsx';
import { ListState } from '../features/insurance/employer/list-state.tsx';
import { ListTotals } from '../features/insurance/employer/list-totals.tsx';
import { PayList } from '../features/insurance/employer/pay-list.tsx';
import { useEmployerTexts } from '../features/insurance/employer/use-employer-texts.ts';
import { WhenAsked } from '../features/places/office/when-asked.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { goInApp } from '../ui/location.ts';
import { announce } from '../ui/notices.tsx';
import { OfficeLayout } from './office-layout.tsx';

/** While something runs it is asked so often how far it is; while a payment or messages are on their way, more rarely. */
const POLL_MS = 1000;
const SLOW_POLL_MS = 5000;

/** `/office/employer/:id`: one list on its way from the file to cover. */
export function OfficeEmployerFilePage({ id }: { id: string }) {
  const m = useEmployerTexts();
  return (
    <OfficeLayout
      title={m.title}
      action="enrolment.employ"
      search={null}
      toolbar={
        <ButtonLink icon="list" href={insuranceOfficePaths.employer()} onClick={goInApp}>
          {m.all}
        </ButtonLink>
      }
    >
      {() => <OneList id={id} />}
    </OfficeLayout>
  );
}

function OneList({ id }: { id: string }) {
  const m = useEmployerTexts();
  const asked = useAsked<EmployerFileView>(employerApiPaths.file(id));
  const { retry } = asked;
  const file = asked.status === 'ready' ? asked.data : null;
  const state = file?.state ?? null;
  const waitMs = pollAfterMs(file);
  const answered = asked.status === 'ready' && asked.refresh !== 'running' ? asked.asOfMs + asked.refresh : null;

  useEffect(
    function pollWhileItRuns() {
      if (waitMs === null || answered === null) return;
      const timer = setTimeout(retry, waitMs);
      return () => clearTimeout(timer);
    },
    [waitMs, answered, retry],
  );
  const said = useRef<string | null>(null);
  useEffect(
    function sayState() {
      if (state && said.current !== null && said.current !== state) announce(m.states[state]);
      said.current = state;
    },
    [state, m],
  );
  return <WhenAsked asked={asked}>{(ready) => <Steps file={ready} onChanged={retry} />}</WhenAsked>;
}

function showWhenAsked(asked: Asked<EmployerRowPage>, children: (page: EmployerRowPage) => ReactNode): ReactNode {
  return <WhenAsked asked={asked}>{children}</WhenAsked>;
}

function pollAfterMs(file: EmployerFileView | null): number | null {
  if (file?.state === 'checking' || file?.state === 'holding') return POLL_MS;
  return file?.state === 'held' || (file?.state === 'insured' && file.told.waiting > 0) ? SLOW_POLL_MS : null;
}

function Steps({ file, onChanged }: { file: EmployerFileView; onChanged: () => void }) {
  const m = useEmployerTexts();
  const { state } = file;
  const isRunning = state === 'checking' || state === 'holding';
  return (
    <>
      <div className={styles.line}>
        <ListState state={state} />
        <span className={styles.quiet}>
          {file.fileName} · {file.employerName} · {momentOf(file.createdAt)}
        </span>
      </div>
      {file.problem && (
        <p role="alert" className={styles.notice}>
          {m.problems[file.problem]}
        </p>
      )}
      {isRunning && (
        <section className={styles.card}>
          <h2>{m.states[state]}</h2>
          <progress
            className={styles.progress}
            max={state === 'holding' ? file.counts.good : file.rowsTotal}
            value={file.rowsDone}
            aria-label={m.states[state]}
          />
          <p className={styles.quiet}>
            {m.progress(file.rowsDone, state === 'holding' ? file.counts.good : file.rowsTotal)}
          </p>
        </section>
      )}
      {state === 'discarded' && <p>{m.discardedText}</p>}
      {state === 'insured' && (
        <section className={styles.card}>
          <h2>{m.insured.heading}</h2>
          <p>{m.insured.text(file.workers, file.coveredDays)}</p>
          {file.payment?.provider === 'simulated' && <p className={styles.notice}>{m.insured.simulated}</p>}
          <p>{m.insured.told(file.told.sent, file.told.waiting, file.told.failed)}</p>
        </section>
      )}
      {state === 'held' && <PayList file={file} onChanged={onChanged} />}
      {!isRunning && state !== 'discarded' && <ListTotals file={file} />}
      {state === 'checked' && <ConfirmList file={file} onChanged={onChanged} />}
      {!isRunning && state !== 'discarded' && <ListRows file={file} show={showWhenAsked} />}
    </>
  );
}
