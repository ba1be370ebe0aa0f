import { useState } from 'react';
import { discardWorkers } from '../../../client/employer-files.ts';
import { useTexts } from '../../../client/texts.ts';
import { office as en } from '../../../client/messages/en/office.ts';
import { office as zh } from '../../../client/messages/zh/office.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { showToast } from '../../../ui/notices.tsx';
import styles from './employer.module.css';
import { useEmployerRefusals, useEmployerTexts } from './use-employer-texts.ts';

/** Gives a list up, after a second thought: what is destroyed is gone. */
export function DiscardList({ id, onChanged }: { id: string; onChanged: () => void }) {
  const m = useEmployerTexts().confirm;
  const { cancel } = useTexts({ zh, en });
  const refusal = useEmployerRefusals();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);

  async function discard(): Promise<void> {
    setBusy(true);
    try {
      await discardWorkers(id);
      showToast({ text: m.discarded });
    } catch (error) {
      showToast({ text: refusal(error) });
    }
    setBusy(false);
    setOpen(false);
    onChanged();
  }

  return (
    <>
      <Button onClick={() => setOpen(true)}>{m.discard}</Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={m.discard} closeLabel={cancel}>
        <p>{m.discardSure}</p>
        <div className={styles.actions}>
          <Button variant="danger" disabled={busy} onClick={() => void discard()}>
            {busy ? m.discarding : m.discard}
          </Button>
          <Button onClick={() => setOpen(false)}>{cancel}</Button>
        </div>
      </Dialog>
    </>
  );
}
