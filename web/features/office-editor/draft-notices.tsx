import { useState } from 'react';
import type { DraftView } from '#domain/places/office-contract.ts';
import { decideDraft, outcomeOf, withdrawDraft } from '../../client/office.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { showToast } from '../../ui/notices.tsx';
import { ChangeList } from './change-list.tsx';
import type { NamesOfCodes } from './change-words.ts';
import { refusalWords } from './refusal-words.ts';
import styles from './site-editor.module.css';
import { useEditorTexts } from './use-editor-texts.ts';
import { momentWords } from './words.ts';

/** Unfinished edits that were found, one's own first, and what others propose. */
export function DraftNotices({
  drafts,
  revision,
  mayDecide,
  mayResume,
  names,
  nowMs,
  onResume,
  onGone,
  onAccepted,
}: {
  drafts: readonly DraftView[];
  /** The place's present one. */
  revision: number;
  mayDecide: boolean;
  mayResume: boolean;
  names: NamesOfCodes;
  nowMs: number;
  onResume: (draft: DraftView) => void;
  onGone: (draft: DraftView) => void;
  /** A proposal holds now: the place is another one. */
  onAccepted: (draft: DraftView) => void;
}) {
  const t = useEditorTexts();
  return drafts.map((draft) => (
    <section key={draft.id} className={styles.draft} aria-label={headingOf(draft)}>
      <p>
        <strong>{headingOf(draft)}</strong>
        {draft.reason && ` · ${t.drafts.reason(draft.reason)}`}
      </p>
      {draft.decisionReason && <p>{t.drafts.answer(draft.decisionReason)}</p>}
      {draft.changes.length > 0 && (
        <details open={draft.kind === 'proposal'}>
          <summary className={styles.summary}>{t.save.dirty(draft.changes.length)}</summary>
          <ChangeList changes={draft.changes} names={names} />
        </details>
      )}
      {draft.baseRevision < revision && <p className={styles.quiet}>{t.drafts.newer}</p>}
      {draft.kind === 'proposal' && mayDecide && !draft.mine ? (
        <Decision draft={draft} onResume={onResume} onGone={onGone} onAccepted={onAccepted} />
      ) : (
        mayResume && (
          <div className={styles.inline}>
            <Button variant={draft.mine ? 'primary' : 'plain'} onClick={() => onResume(draft)}>
              {draft.state === 'rejected' ? t.drafts.again : draft.mine ? t.drafts.resume : t.drafts.look}
            </Button>
            {draft.mine && draft.state === 'open' && (
              <Button onClick={() => void discard(draft)}>{t.drafts.discard}</Button>
            )}
          </div>
        )
      )}
    </section>
  ));

  function headingOf(draft: DraftView): string {
    const when = momentWords(draft.savedAt, nowMs, t);
    if (draft.state === 'rejected') return t.drafts.sentBack(when);
    if (draft.kind === 'proposal') return t.drafts.proposal(draft.by, when);
    return draft.mine ? t.drafts.mine(when) : t.drafts.others(draft.by, when);
  }

  async function discard(draft: DraftView): Promise<void> {
    const outcome = await outcomeOf(withdrawDraft(draft.id));
    showToast({ text: outcome.status === 'done' ? t.drafts.discarded : refusalWords(outcome, t) });
    if (outcome.status === 'done') onGone(draft);
  }
}

function Decision({
  draft,
  onResume,
  onGone,
  onAccepted,
}: {
  draft: DraftView;
  onResume: (draft: DraftView) => void;
  onGone: (draft: DraftView) => void;
  onAccepted: (draft: DraftView) => void;
}) {
  const t = useEditorTexts();
  const [rejecting, setRejecting] = useState(false);
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const [sending, setSending] = useState(false);

  async function decide(accept: boolean): Promise<void> {
    setSending(true);
    const why = reason.trim();
    const outcome = await outcomeOf(decideDraft(draft.id, { accept, ...(!accept && why && { reason: why }) }));
    setSending(false);
    if (outcome.status !== 'done') {
      showToast({ text: refusalWords(outcome, t), staysMs: null });
      return;
    }
    showToast({ text: accept ? t.drafts.accepted : t.drafts.rejected });
    if (accept) onAccepted(draft);
    else onGone(draft);
  }

  return (
    <>
      <div className={styles.inline}>
        <Button variant="primary" icon="check" disabled={sending} onClick={() => void decide(true)}>
          {t.drafts.accept}
        </Button>
        <Button disabled={sending} onClick={() => onResume(draft)}>
          {t.drafts.editFirst}
        </Button>
        <Button aria-expanded={rejecting} onClick={() => setRejecting(!rejecting)}>
          {t.drafts.reject}
        </Button>
      </div>
      {rejecting && (
        <form
          className={styles.part}
          onSubmit={(event) => {
            event.preventDefault();
            setMissing(!reason.trim());
            if (reason.trim()) void decide(false);
          }}
        >
          <TextField
            label={t.drafts.rejectReason}
            value={reason}
            error={missing ? t.drafts.rejectMissing : null}
            onChange={setReason}
          />
          <Button type="submit" disabled={sending}>
            {t.reports.send}
          </Button>
        </form>
      )}
    </>
  );
}
