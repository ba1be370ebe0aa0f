import { type FormEvent, useState } from 'react';
import { CONSENT_FOR_FIELD, currentWording } from '#domain/accounts/consent-wordings.ts';
import type { PersonalField } from '#domain/accounts/personal-data.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import { savePersonalField } from '../../client/accounts.ts';
import { me as en } from '../../client/messages/en/me.ts';
import { me as zh } from '../../client/messages/zh/me.ts';
import { useLanguage, useMessages } from '../../client/messages.ts';
import { useRefusals } from '../../client/refusals.ts';
import { useTexts } from '../../client/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, inputClass } from '../../ui/field.tsx';
import { showToast } from '../../ui/notices.tsx';
import { checkPersonalValue } from './check-personal-value.ts';
import styles from './me.module.css';

/** One field with the consent that it is kept under, word for word; nothing is sent without the tick. */
export function PersonalFieldDialog({
  field,
  onClose,
  onSaved,
}: {
  field: PersonalField | null;
  onClose: () => void;
  onSaved: () => void;
}) {
  const { close } = useMessages().shell;
  const { data: m, consents } = useTexts({ zh, en });
  const language = useLanguage();
  const refusal = useRefusals();
  const [value, setValue] = useState('');
  const [agreed, setAgreed] = useState(false);
  const [busy, setBusy] = useState(false);
  const [valueError, setValueError] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const purpose = field && CONSENT_FOR_FIELD[field];
  const wording = purpose && currentWording(purpose);

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!field || !purpose || !wording) return;
    const fault = checkPersonalValue(field, value, shanghaiDay(Date.now()));
    setValueError(fault && m[fault]);
    setError(fault || agreed ? null : m.mustAgree);
    if (fault || !agreed) return;
    setBusy(true);
    try {
      await savePersonalField(field, value.trim(), {
        purpose,
        wordingVersion: wording.version,
      });
      showToast({ text: m.saved });
      onSaved();
      onClose();
    } catch (failure) {
      setError(refusal(failure));
    } finally {
      setBusy(false);
    }
  }

  const control = {
    className: inputClass,
    autoComplete: 'off',
    value,
    onChange: ({ target }: { target: { value: string } }) => setValue(target.value),
  };
  return (
    <Dialog open={field !== null} onClose={onClose} title={field ? m.fields[field] : ''} closeLabel={close}>
      {field && purpose && wording && (
        <form className={styles.form} onSubmit={(event) => void onSubmit(event)} noValidate>
          <Field label={m.value(m.fields[field])} error={valueError}>
            {(props) =>
              field === 'medical' ? <textarea {...props} {...control} rows={4} /> : <input {...props} {...control} />
            }
          </Field>
          <section className={styles.wording}>
            <h3>
              {m.consentHeading}: {consents.purposes[purpose]}
            </h3>
            <p>{wording[language]}</p>
            <p className={styles.quiet}>{m.wordingVersion(wording.version)}</p>
          </section>
          <label className={styles.check}>
            <input type="checkbox" checked={agreed} onChange={({ target }) => setAgreed(target.checked)} />
            {m.agree}
          </label>
          {error && <p role="alert">{error}</p>}
          <div className={styles.actions}>
            <Button type="submit" variant="primary" disabled={busy}>
              {busy ? m.saving : m.save}
            </Button>
            <Button onClick={onClose}>{m.cancel}</Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
