import { type FormEvent, useState } from 'react';
import type { RevisionView } from '#domain/places/office-contract.ts';
import { officePaths } from '../../client/office-paths.ts';
import { listRevisions, restoreRevision } from '../../client/office.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { goInApp } from '../../ui/location.ts';
import { showToast } from '../../ui/notices.tsx';
import { ChangeList } from './change-list.tsx';
import { refusalWords } from './refusal-words.ts';
import styles from './site-history.module.css';
import { MAX_REASON } from './site-form.ts';
import { useEditorTexts } from './use-editor-texts.ts';
import { useGround } from './use-ground.ts';
import { momentWords } from './words.ts';

/** A restored or imported version may differ in everything. */
const MOST_CHANGES = 6;
/** The API gives out so many revisions at a time. */
const PAGE = 200;

/** Every version of a place: who, when, why, what changed in words; any of them can be restored. */
export function SiteHistory({
  siteId,
  first,
  organisations,
  mayRestore,
  nowMs,
}: {
  siteId: string;
  first: readonly RevisionView[];
  organisations: readonly { id: string; name: string }[];
  mayRestore: boolean;
  nowMs: number;
}) {
  const t = useEditorTexts();
  const m = t.history;
  const { names } = useGround(organisations);
  const [revisions, setRevisions] = useState(first);
  const [complete, setComplete] = useState(first.length < PAGE);
  const [chosen, setChosen] = useState<RevisionView | null>(null);
  const newest = revisions[0];

  async function showOlder(): Promise<void> {
    const answer = await listRevisions(siteId, revisions.at(-1)?.revision);
    if (answer.status !== 'found') {
      showToast({ text: refusalWords(answer, t) });
      return;
    }
    setRevisions([...revisions, ...answer.revisions]);
    setComplete(answer.revisions.length < PAGE);
  }

  async function reload(): Promise<void> {
    const answer = await listRevisions(siteId);
    if (answer.status !== 'found') return;
    setRevisions(answer.revisions);
    setComplete(answer.revisions.length < PAGE);
  }

  if (!newest) return <p>{m.none}</p>;
  return (
    <>
      <ol className={styles.list}>
        {revisions.map((revision) => (
          <li key={revision.revision} data-revision={revision.revision} className={styles.entry}>
            <div className={styles.head}>
              <h2>{m.revision(revision.revision)}</h2>
              {revision === newest && <Badge tone="good">{m.current}</Badge>}
              <span className={styles.quiet}>
                {m.by(revision.by ?? m.unknownWho, momentWords(revision.at, nowMs, t))}
              </span>
            </div>
            {revision.reason && <p>{m.reason(revision.reason)}</p>}
            <p className={styles.quiet}>
              {revision.restoredFrom !== null && m.restoredFrom(revision.restoredFrom)}{' '}
              {revision.importId && (
                <a href={officePaths.import(revision.importId)} onClick={goInApp}>
                  {m.fromImport}
                </a>
              )}
            </p>
            {revision.changes.length > 0 ? (
              <ChangeList changes={revision.changes} names={names} most={MOST_CHANGES} />
            ) : (
              <p className={styles.quiet}>{revision.revision <= 1 ? m.first : m.nothing}</p>
            )}
            {mayRestore && revision !== newest && (
              <Button icon="refresh" className={styles.restore} onClick={() => setChosen(revision)}>
                {m.restore}
              </Button>
            )}
          </li>
        ))}
      </ol>
      {!complete && <Button onClick={() => void showOlder()}>{m.older}</Button>}
      {chosen && (
        <RestoreDialog
          siteId={siteId}
          revision={chosen.revision}
          current={newest.revision}
          onClose={() => setChosen(null)}
          onDone={() => {
            setChosen(null);
            void reload();
          }}
        />
      )}
    </>
  );
}

function RestoreDialog({
  siteId,
  revision,
  current,
  onClose,
  onDone,
}: {
  siteId: string;
  revision: number;
  /** The newest version that was looked at: a newer one must be seen before it is replaced. */
  current: number;
  onClose: () => void;
  onDone: () => void;
}) {
  const t = useEditorTexts();
  const m = t.history;
  const [reason, setReason] = useState('');
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const tooLong = reason.length > MAX_REASON ? t.problems['too-long'](MAX_REASON) : null;

  async function restore(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (sending || tooLong) return;
    setSending(true);
    const why = reason.trim();
    const outcome = await restoreRevision(siteId, current, { revision, ...(why && { reason: why }) });
    setSending(false);
    if (outcome.status === 'saved') {
      showToast({ text: m.restored(revision) });
      onDone();
    } else if (outcome.status === 'changed-meanwhile') {
      showToast({ text: m.changedMeanwhile, staysMs: null });
      onDone();
    } else setFailure(refusalWords(outcome, t));
  }

  return (
    <Dialog open onClose={onClose} title={m.restoreTitle(revision)} closeLabel={t.close}>
      <form className={styles.form} onSubmit={(event) => void restore(event)}>
        <p>{m.restoreBody}</p>
        <TextField label={m.restoreReason} value={reason} error={tooLong} onChange={setReason} />
        {failure && (
          <p role="alert" className={styles.failure}>
            {failure}
          </p>
        )}
        <div className={styles.head}>
          <Button type="submit" variant="primary" disabled={sending}>
            {m.restoreConfirm}
          </Button>
          <Button onClick={onClose}>{t.save.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}
