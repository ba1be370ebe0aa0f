import { type FormEvent, useState } from 'react';
import type { PersonalField } from '#domain/accounts/personal-data.ts';
import { revealPersonal } from '../../client/accounts.ts';
import { me as meEn } from '../../client/messages/en/me.ts';
import { people as en } from '../../client/messages/en/people.ts';
import { me as meZh } from '../../client/messages/zh/me.ts';
import { people as zh } from '../../client/messages/zh/people.ts';
import { useMessages } from '../../client/messages.ts';
import { useRefusals } from '../../client/refusals.ts';
import { useTexts } from '../../client/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, inputClass } from '../../ui/field.tsx';
import styles from './me.module.css';
import { isReason } from './reason.ts';

/** Asks why a value must be seen; the reason stays on record. */
export function RevealDialog({
  personId,
  field,
  onClose,
  onRevealed,
}: {
  personId: string;
  /** Null: closed. */
  field: PersonalField | null;
  onClose: () => void;
  onRevealed: (value: string) => void;
}) {
  const { close } = useMessages().shell;
  const m = useTexts({ zh, en });
  const { data } = useTexts({ zh: meZh, en: meEn });
  const refusal = useRefusals();
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!field) return;
    if (!isReason(reason)) return setError(m.reasonMissing);
    setBusy(true);
    setError(null);
    try {
      const { value } = await revealPersonal(personId, field, reason.trim());
      onRevealed(value);
      onClose();
    } catch (failure) {
      setError(refusal(failure));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog
      open={field !== null}
      onClose={onClose}
      title={field ? m.revealFor(data.fields[field]) : ''}
      closeLabel={close}
    >
      <form className={styles.form} onSubmit={(event) => void onSubmit(event)} noValidate>
        <Field label={m.reason} hint={m.reasonHint} error={error}>
          {(control) => (
            <input
              {...control}
              className={inputClass}
              autoComplete="off"
              maxLength={500}
              value={reason}
              onChange={({ target }) => setReason(target.value)}
            />
          )}
        </Field>
        <div className={styles.actions}>
          <Button type="submit" variant="primary" disabled={busy}>
            {busy ? m.showing : m.show}
          </Button>
          <Button onClick={onClose}>{m.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}
