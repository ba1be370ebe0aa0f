import { useState } from 'react';
import { office as en } from '../../../client/messages/en/office.ts';
import { office as zh } from '../../../client/messages/zh/office.ts';
import { useTexts } from '../../../client/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { showToast } from '../../../ui/notices.tsx';
import { InlineAsk } from './inline-ask.tsx';
import styles from './office.module.css';

/** Yes, or no with a reason; each is asked once more. */
export function DecideButtons({
  question,
  decide,
  onChanged,
}: {
  /** What accepting means, in words. */
  question: string;
  decide: (body: { accept: boolean; reason?: string }) => Promise<unknown>;
  onChanged: () => void;
}) {
  const { decide: m } = useTexts({ zh, en });
  const [asking, setAsking] = useState<'accept' | 'reject' | null>(null);
  if (!asking) {
    return (
      <div className={styles.actions}>
        <Button variant="primary" icon="check" onClick={() => setAsking('accept')}>
          {m.accept}
        </Button>
        <Button icon="close" onClick={() => setAsking('reject')}>
          {m.reject}
        </Button>
      </div>
    );
  }
  const accept = asking === 'accept';
  return (
    <InlineAsk
      key={asking}
      question={accept ? question : m.rejectAsk}
      {...(!accept && { wordsLabel: m.rejectAsk, wordsRequired: m.rejectMissing })}
      action={accept ? m.accept : m.reject}
      run={async (reason) => {
        await decide({ accept, ...(reason && { reason }) });
        showToast({ text: accept ? m.accepted : m.rejected });
        onChanged();
      }}
      onClose={() => setAsking(null)}
    />
  );
}
