import type { ReactNode } from 'react';
import { stopReporting, useSendings } from '../../client/claim-sender.ts';
import type { ClaimDraft } from '../../client/claim-store.ts';
import { claim as en } from '../../client/messages/en/claim.ts';
import { claim as zh } from '../../client/messages/zh/claim.ts';
import { useTexts } from '../../client/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import insurance from './insurance.module.css';

/** A claim that is on its way, or waits for the network or for somebody to sign in. */
export function ClaimQueued({ draft, signIn }: { draft: ClaimDraft; signIn: ReactNode }) {
  const { send: m } = useTexts({ zh, en });
  const status = useSendings().get(draft.id)?.status ?? 'waiting';
  const signedOut = status === 'signed_out' || (signIn !== null && status !== 'sending');
  return (
    <>
      <output className={insurance.notice} data-tone={status === 'sending' ? undefined : 'warning'}>
        <p>
          <Icon name={status === 'sending' ? 'clock' : signedOut ? 'key' : 'offline'} />{' '}
          {status === 'sending' ? m.sending : signedOut ? m.waitingSignIn : m.waiting}
        </p>
      </output>
      {signedOut && signIn}
      <p>{draft.whatHappened}</p>
      {status !== 'sending' && <Button onClick={() => void stopReporting(draft.id)}>{m.stop}</Button>}
    </>
  );
}
