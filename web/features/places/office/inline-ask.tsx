import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { office as en } from '../../../client/messages/en/office.ts';
import { office as zh } from '../../../client/messages/zh/office.ts';
import { useRefusals } from '../../../client/refusals.ts';
import { useTexts } from '../../../client/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { Field, inputClass } from '../../../ui/field.tsx';
import { focusBesideRow } from '../../../ui/use-row-keys.ts';
import styles from './office.module.css';

const MOST_CHARACTERS = 500;

/**
 * Asks once more inside a row, with room for words, and says there what went wrong. `wordsRequired`: why the words are
 * needed. Escape takes the question back. `rowGoes`: the row will be gone, so the focus goes to the next one.
 */
export function InlineAsk({
  question,
  wordsLabel,
  wordsRequired,
  action,
  rowGoes = true,
  run,
  onClose,
}: {
  question: ReactNode;
  wordsLabel?: string;
  wordsRequired?: string;
  action: string;
  rowGoes?: boolean;
  run: (words: string | undefined) => Promise<void>;
  onClose: () => void;
}) {
  const m = useTexts({ zh, en });
  const refusal = useRefusals();
  const form = useRef<HTMLFormElement>(null);
  const [words, setWords] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const text = words.trim();
    if (wordsRequired && !text) return setError(wordsRequired);
    setBusy(true);
    setError(null);
    try {
      await run(text || undefined);
      if (rowGoes) focusBesideRow(form.current);
      onClose();
    } catch (failure) {
      setError(refusal(failure));
      setBusy(false);
    }
  }

  useEffect(
    function takeBackOnEscape() {
      const onKeyDown = (event: KeyboardEvent) => {
        if (event.key === 'Escape') onClose();
      };
      const element = form.current;
      element?.addEventListener('keydown', onKeyDown);
      return () => element?.removeEventListener('keydown', onKeyDown);
    },
    [onClose],
  );

  return (
    <form ref={form} className={styles.ask} onSubmit={(event) => void onSubmit(event)} noValidate>
      <p>{question}</p>
      {wordsLabel && (
        <Field label={wordsLabel}>
          {(control) => (
            <input
              {...control}
              className={inputClass}
              maxLength={MOST_CHARACTERS}
              value={words}
              onChange={({ target }) => setWords(target.value)}
            />
          )}
        </Field>
      )}
      {error && (
        <p role="alert" className={styles.wrong}>
          {error}
        </p>
      )}
      <div className={styles.actions}>
        {/* The person has just asked for this; the focus goes where the next key decides. */}
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
        <Button type="submit" variant="primary" disabled={busy} autoFocus>
          {busy ? m.reports.sending : action}
        </Button>
        <Button onClick={onClose}>{m.cancel}</Button>
      </div>
    </form>
  );
}
