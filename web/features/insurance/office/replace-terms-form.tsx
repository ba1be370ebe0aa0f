import { type ChangeEvent, type FormEvent, useState } from 'react';
import type { PolicyTerms } from '#domain/insurance/policy-terms.ts';
import { replaceTerms } from '../../../client/insurance-office.ts';
import { useInsuranceRefusals } from '../../../client/insurance-refusals.ts';
import { officeTerms as en } from '../../../client/messages/en/office-terms.ts';
import { officeTerms as zh } from '../../../client/messages/zh/office-terms.ts';
import { RequestRefused } from '../../../client/request.ts';
import { useTexts } from '../../../client/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { Field, inputClass, TextField } from '../../../ui/field.tsx';
import { showToast } from '../../../ui/notices.tsx';
import styles from './desk.module.css';
import { changedFigures, listFigures, valueWords } from './terms-figures.ts';

const MAX_BYTES = 100_000;

type Chosen = Record<string, unknown> & { version: string; validFrom: string };

/** Chooses a new document, shows what it changes, and puts it in force. */
export function ReplaceTermsForm({ current, onDone }: { current: PolicyTerms; onDone: () => void }) {
  const texts = useTexts({ zh, en });
  const m = texts.replace;
  const refusal = useInsuranceRefusals();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<readonly string[]>([]);
  const changes = chosen ? changedFigures(current, chosen) : [];

  async function onFile({ target }: ChangeEvent<HTMLInputElement>): Promise<void> {
    const file = target.files?.[0];
    target.value = '';
    setChosen(null);
    if (!file) return;
    if (file.size > MAX_BYTES) return setErrors([m.tooLarge]);
    try {
      const read = JSON.parse(await file.text()) as Partial<Chosen> | null;
      const isNamed = typeof read?.version === 'string' && typeof read.validFrom === 'string';
      setErrors(isNamed ? [] : [m.noVersion]);
      if (isNamed) setChosen(read as Chosen);
    } catch {
      setErrors([m.notJson]);
    }
  }

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (!chosen || reason.trim().length < 2) return;
    setBusy(true);
    setErrors([]);
    try {
      await replaceTerms(chosen, reason.trim());
      showToast({ text: m.done(chosen.version) });
      setChosen(null);
      setReason('');
      setTried(false);
      onDone();
    } catch (failure) {
      // Which figure and why is said by the service.
      const faults = failure instanceof RequestRefused ? (failure.problem?.errors ?? []) : [];
      setErrors([refusal(failure), ...faults.map(({ path, message }) => `${path}: ${message}`)]);
    } finally {
      setBusy(false);
    }
  }

  const wordsOf = (document: PolicyTerms | Chosen, name: string) => {
    const found = listFigures(document).find((each) => each.name === name);
    return found ? valueWords(name, found.figure.value, texts) : '–';
  };
  return (
    <form className={styles.card} aria-labelledby="terms-replace" noValidate onSubmit={(event) => void onSubmit(event)}>
      <h2 id="terms-replace">{m.heading}</h2>
      <p className={styles.quiet}>{m.hint}</p>
      <Field label={m.file}>
        {(control) => (
          <input
            {...control}
            type="file"
            accept=".json,application/json"
            className={inputClass}
            onChange={(event) => void onFile(event)}
          />
        )}
      </Field>
      {chosen && (
        <div className={styles.notice} data-tone="plain">
          <strong>{m.chosen(chosen.version, chosen.validFrom)}</strong>
          <p>{changes.length === 0 ? m.same : m.changes(changes.length)}</p>
          <ul className={styles.list}>
            {changes.map((name) => (
              <li key={name}>{m.change(texts.names[name] ?? name, wordsOf(current, name), wordsOf(chosen, name))}</li>
            ))}
          </ul>
        </div>
      )}
      {errors.length > 0 && (
        <div role="alert" className={styles.warning}>
          {errors.map((error) => (
            <p key={error}>{error}</p>
          ))}
        </div>
      )}
      {chosen && (
        <>
          <TextField
            label={m.reason}
            value={reason}
            error={tried && reason.trim().length < 2 ? m.reasonMissing : null}
            onChange={(text) => setReason(text.slice(0, 500))}
          />
          <div>
            <Button type="submit" variant="primary" disabled={busy} aria-busy={busy}>
              {busy ? m.sending : m.send}
            </Button>
          </div>
        </>
      )}
    </form>
  );
}
