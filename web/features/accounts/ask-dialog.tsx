import { useId, useState } from 'react';
import { useMessages } from '../../client/messages.ts';
import { useRefusals } from '../../client/refusals.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { inputClass } from '../../ui/field.tsx';
import { showToast } from '../../ui/notices.tsx';
import styles from './me.module.css';

/**
 * Asks once more before something that cannot be taken back. `typeThis`: a word that must be typed first. What goes
 * wrong is said in the dialog, which then stays.
 */
export function AskDialog({
  open,
  onClose,
  title,
  body,
  action,
  cancel,
  done,
  run,
  typeThis,
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  body: string;
  action: string;
  cancel: string;
  done: string;
  run: () => Promise<void>;
  typeThis?: { word: string; label: string };
}) {
  const { close } = useMessages().shell;
  const refusal = useRefusals();
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const id = useId();

  function shut(): void {
    setTyped('');
    setError(null);
    onClose();
  }

  async function onAction(): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      await run();
      showToast({ text: done });
      shut();
    } catch (failure) {
      setError(refusal(failure));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog open={open} onClose={shut} title={title} closeLabel={close}>
      <p>{body}</p>
      {typeThis && (
        <label htmlFor={id} className={styles.typed}>
          {typeThis.label}
          <input
            id={id}
            className={inputClass}
            autoComplete="off"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        </label>
      )}
      {error && <p role="alert">{error}</p>}
      <div className={styles.actions}>
        <Button
          variant="danger"
          disabled={busy || (typeThis !== undefined && typed.trim() !== typeThis.word)}
          onClick={() => void onAction()}
        >
          {action}
        </Button>
        <Button onClick={shut}>{cancel}</Button>
      </div>
    </Dialog>
  );
}
