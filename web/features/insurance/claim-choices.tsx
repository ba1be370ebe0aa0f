import { useState } from 'react';
import type { ClaimView } from '#domain/insurance/claim-contract.ts';
import { actOnClaim } from '../../client/claims.ts';
import { claim as en } from '../../client/messages/en/claim.ts';
import { claim as zh } from '../../client/messages/zh/claim.ts';
import { useMessages } from '../../client/messages.ts';
import { useInsuranceRefusals } from '../../client/insurance-refusals.ts';
import { RequestRefused } from '../../client/request.ts';
import { useTexts } from '../../client/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { showToast } from '../../ui/notices.tsx';
import insurance from './insurance.module.css';

/** What the claimant may decide: report a draft, appeal, withdraw. */
export function ClaimChoices({ claim, onChange }: { claim: ClaimView; onChange: () => void }) {
  const { view: m } = useTexts({ zh, en });
  const { close } = useMessages().shell;
  const refusal = useInsuranceRefusals();
  const [open, setOpen] = useState<'appeal' | 'withdraw' | null>(null);
  const [words, setWords] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function act(action: 'appeal' | 'withdraw' | 'report', done: string | null): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      await actOnClaim(claim.id, {
        action,
        version: claim.version,
        ...(action === 'appeal' && { words: words.trim() }),
      });
      if (done) showToast({ text: done });
      setOpen(null);
      onChange();
    } catch (failure) {
      if (failure instanceof RequestRefused && failure.problem?.code === 'changed_meanwhile') {
        showToast({ text: m.changed });
        setOpen(null);
        onChange();
      } else setError(refusal(failure));
    } finally {
      setBusy(false);
    }
  }

  const may = (action: 'appeal' | 'withdraw' | 'report') => claim.actions.includes(action);
  if (!may('appeal') && !may('withdraw') && !may('report')) return null;
  return (
    <div className={insurance.section}>
      {error && open === null && <p role="alert">{error}</p>}
      {may('appeal') && <p className={insurance.quiet}>{m.appealUntil}</p>}
      <div className={insurance.actions}>
        {may('report') && (
          <Button variant="primary" disabled={busy} onClick={() => void act('report', null)}>
            {m.report}
          </Button>
        )}
        {may('appeal') && <Button onClick={() => setOpen('appeal')}>{m.appeal}</Button>}
        {may('withdraw') && (
          <Button variant="quiet" onClick={() => setOpen('withdraw')}>
            {m.withdraw}
          </Button>
        )}
      </div>
      <Dialog
        open={open !== null}
        onClose={() => setOpen(null)}
        title={open === 'appeal' ? m.appeal : m.withdrawTitle}
        closeLabel={close}
      >
        <div className={insurance.section}>
          {open === 'appeal' ? (
            <TextField
              label={m.appealWords}
              rows={4}
              value={words}
              onChange={(text) => setWords(text.slice(0, 2000))}
            />
          ) : (
            <p>{m.withdrawBody}</p>
          )}
          {error && <p role="alert">{error}</p>}
          <div className={insurance.actions}>
            {open === 'appeal' ? (
              <Button variant="primary" disabled={busy || !words.trim()} onClick={() => void act('appeal', m.appealed)}>
                {m.appealSend}
              </Button>
            ) : (
              <Button variant="danger" disabled={busy} onClick={() => void act('withdraw', m.withdrawn)}>
                {m.withdrawNow}
              </Button>
            )}
            <Button onClick={() => setOpen(null)}>{open === 'appeal' ? close : m.keep}</Button>
          </div>
        </div>
      </Dialog>
    </div>
  );
}
