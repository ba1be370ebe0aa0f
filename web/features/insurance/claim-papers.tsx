import { useEffect, useRef, useState } from 'react';
import type { ClaimView } from '#domain/insurance/claim-contract.ts';
import { openSupplement, saveDraft, useClaimDrafts, useDraftFiles } from '../../client/claim-drafts.ts';
import { handInPapers, startSendingClaims, useSendings } from '../../client/claim-sender.ts';
import type { ClaimDraft } from '../../client/claim-store.ts';
import { useRefusalOfCode } from '../../client/insurance-refusals.ts';
import { claimWords as wordsEn } from '../../client/messages/en/claim-words.ts';
import { claim as en } from '../../client/messages/en/claim.ts';
import { claimWords as wordsZh } from '../../client/messages/zh/claim-words.ts';
import { claim as zh } from '../../client/messages/zh/claim.ts';
import { useTexts } from '../../client/texts.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import styles from './claim-view.module.css';
import { FilesField } from './files-field.tsx';
import insurance from './insurance.module.css';

/** What is asked for, what was handed in, and handing in more: it lies on the phone until the service has it. */
export function ClaimPapers({ claim, onChange }: { claim: ClaimView; onChange: () => void }) {
  const { view: m } = useTexts({ zh, en });
  const words = useTexts({ zh: wordsZh, en: wordsEn });
  const refusalOf = useRefusalOfCode();
  const drafts = useClaimDrafts();
  const waiting = drafts?.find(({ id, isReported }) => id === claim.id && isReported) ?? null;
  const [draft, setDraft] = useState<ClaimDraft | null>(null);
  const sending = useSendings().get(claim.id);
  const mayHandIn = claim.actions.includes('supplement');
  const asked = claim.materialsAsked;
  const current = draft ?? waiting;
  const waitingFiles = useDraftFiles(claim.id).files.filter(({ remoteId }) => remoteId === null).length;
  const isSending = waiting?.state === 'reported';

  useEffect(startSendingClaims, []);
  const wasSending = useRef(false);
  useEffect(
    function seeWhatArrived() {
      // What lay on the phone has gone to the service.
      if (wasSending.current && !isSending) onChange();
      wasSending.current = isSending;
    },
    [isSending, onChange],
  );

  async function begin(): Promise<void> {
    const opened = await openSupplement(claim.id, { channel: 'me' });
    await saveDraft(opened).catch(() => {});
    setDraft(opened);
  }

  function change(next: ClaimDraft): void {
    setDraft(next);
    void saveDraft(next).catch(() => {});
  }

  return (
    <section className={styles.part} aria-labelledby="claim-papers">
      {asked.length > 0 && (
        <div className={insurance.notice} data-tone="warning">
          <strong>{m.asked}</strong>
          <ul className={styles.list}>
            {asked.map((material) => (
              <li key={material}>{words.materials[material]}</li>
            ))}
          </ul>
        </div>
      )}
      <h2 id="claim-papers">{m.handedIn}</h2>
      {claim.files.length === 0 && <p className={styles.quiet}>{m.noFiles}</p>}
      <ul className={styles.papers}>
        {claim.files.map(({ fileId, material, url }) => (
          <li key={fileId}>
            <a href={url} target="_blank" rel="noreferrer">
              {words.materials[material]}
            </a>
          </li>
        ))}
      </ul>
      {current && (
        <div className={insurance.card}>
          {isSending && <p className={styles.quiet}>{m.onPhone(waitingFiles)}</p>}
          {current.refusal && <p role="alert">{refusalOf(current.refusal)}</p>}
          <FilesField
            draftId={claim.id}
            sending={sending}
            asked={asked}
            onAdded={() => !isSending && change({ ...current, savedAtMs: Date.now() })}
          />
          {!isSending && (
            <TextField
              label={m.sendWords}
              rows={2}
              value={current.words}
              onChange={(text) => change({ ...current, words: text.slice(0, 2000) })}
            />
          )}
          {mayHandIn && !isSending && (
            <Button
              variant="primary"
              wide
              onClick={() => {
                setDraft(null);
                void handInPapers(current);
              }}
            >
              {m.send}
            </Button>
          )}
        </div>
      )}
      {!current && mayHandIn && (
        <div>
          <Button variant={asked.length ? 'primary' : 'plain'} icon="plus" onClick={() => void begin()}>
            {m.handIn}
          </Button>
        </div>
      )}
    </section>
  );
}
