import { type FormEvent, useEffect, useRef } from 'react';
import type { FieldChange } from '#domain/places/office-contract.ts';
import type { VerifiedFact } from '#domain/places/catalogue.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { ChangeList } from './change-list.tsx';
import type { NamesOfCodes } from './change-words.ts';
import styles from './site-editor.module.css';
import { MAX_REASON } from './site-form.ts';
import { useEditorTexts } from './use-editor-texts.ts';
import type { Checks } from './verify-section.tsx';

export type SaveMode = 'save' | 'create' | 'propose';
/** `look`: whoever may neither change the place nor propose to. */
export type EditorMode = SaveMode | 'look';

/** What will change, why, and what is told to whom: the last look before it is saved. */
export function SaveDialog({
  open,
  mode,
  changes,
  names,
  checks,
  answerCount,
  handoverTo,
  reason,
  onReasonChange,
  saving,
  failure,
  onPropose,
  onConfirm,
  onClose,
}: {
  open: boolean;
  mode: SaveMode;
  changes: readonly FieldChange[];
  names: NamesOfCodes;
  checks: Checks;
  answerCount: number;
  handoverTo: string | null;
  reason: string;
  onReasonChange: (reason: string) => void;
  saving: boolean;
  /** Why the last try did not work. */
  failure: string | null;
  /** Offered when one may not save oneself. */
  onPropose: (() => void) | null;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const t = useEditorTexts();
  const m = t.save;
  const proposing = mode === 'propose';
  const facts = proposing ? [] : (Object.keys(checks) as VerifiedFact[]);
  const form = useRef<HTMLFormElement>(null);
  const tooLong = reason.length > MAX_REASON ? t.problems['too-long'](MAX_REASON) : null;

  useEffect(
    function focusReason() {
      if (open) form.current?.querySelector('input')?.focus();
    },
    [open],
  );
  useEffect(
    function confirmByShortcut() {
      if (!open) return;
      const onKeyDown = (event: KeyboardEvent) => {
        if (!isSaveShortcut(event)) return;
        event.preventDefault();
        form.current?.requestSubmit();
      };
      document.addEventListener('keydown', onKeyDown);
      return () => document.removeEventListener('keydown', onKeyDown);
    },
    [open],
  );

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!saving && !tooLong) onConfirm();
  }

  return (
    <Dialog open={open} onClose={onClose} title={proposing ? m.proposeTitle : m.title} closeLabel={t.close}>
      <form ref={form} className={styles.part} onSubmit={submit}>
        <h3>{m.changes}</h3>
        {changes.length ? <ChangeList changes={changes} names={names} /> : <p>{m.noChanges}</p>}
        {facts.length > 0 && (
          <p>
            {m.verifies}
            {t.change.colon}
            {facts
              .map((fact) => `${t.verify.facts[fact]} (${t.verify.methods[checks[fact]!.method]})`)
              .join(t.change.comma)}
          </p>
        )}
        {answerCount > 0 && !proposing && <p>{m.answers(answerCount)}</p>}
        {handoverTo && (
          <p>
            {m.handover}
            {t.change.colon}
            {t.handover.pending(names.jurisdiction(handoverTo))}
          </p>
        )}
        <TextField
          label={proposing ? m.proposeReason : m.reason}
          value={reason}
          error={tooLong}
          onChange={onReasonChange}
        />
        {failure && (
          <p role="alert" className={styles.warning}>
            {failure}
          </p>
        )}
        <div className={styles.inline}>
          <Button type="submit" variant="primary" icon="check" disabled={saving}>
            {saving ? m.saving : proposing ? m.confirmPropose : mode === 'create' ? m.confirmCreate : m.confirm}
          </Button>
          {onPropose && (
            <Button disabled={saving} onClick={onPropose}>
              {m.proposeInstead}
            </Button>
          )}
          <Button onClick={onClose}>{m.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}

export function isSaveShortcut({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === 's' && (ctrlKey || metaKey) && !altKey && !shiftKey;
}
