import type { ClaimView } from '#domain/insurance/claim-contract.ts';
import { claimWords as wordsEn } from '../../../client/messages/en/claim-words.ts';
import { officeClaims as en } from '../../../client/messages/en/office-claims.ts';
import { claimWords as wordsZh } from '../../../client/messages/zh/claim-words.ts';
import { officeClaims as zh } from '../../../client/messages/zh/office-claims.ts';
import { useTexts } from '../../../client/texts.ts';
import { ClaimPapers } from '../claim-papers.tsx';
import styles from './desk.module.css';

/** The papers that were handed in, with links for minutes; the counter can take in more. */
export function ClaimDeskPapers({ claim, onChange }: { claim: ClaimView; onChange: () => void }) {
  const { one: m } = useTexts({ zh, en });
  const { materials } = useTexts({ zh: wordsZh, en: wordsEn });
  if (claim.account === null) return null;
  if (claim.actions.includes('supplement')) {
    return (
      <div className={styles.card}>
        <ClaimPapers claim={claim} onChange={onChange} />
        {claim.files.length > 0 && <p className={styles.quiet}>{m.linkShort}</p>}
      </div>
    );
  }
  return (
    <section className={styles.card} aria-labelledby="claim-papers">
      <h2 id="claim-papers">{m.papers}</h2>
      {claim.files.length === 0 && <p className={styles.quiet}>{m.noPapers}</p>}
      <ul className={styles.plainList}>
        {claim.files.map(({ fileId, material, url }) => (
          <li key={fileId}>
            <a href={url} target="_blank" rel="noreferrer">
              {materials[material]}
            </a>
          </li>
        ))}
      </ul>
      {claim.files.length > 0 && <p className={styles.quiet}>{m.linkShort}</p>}
      {claim.materialsAsked.length > 0 && (
        <>
          <strong>{m.asked}</strong>
          <ul className={styles.list}>
            {claim.materialsAsked.map((material) => (
              <li key={material}>{materials[material]}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
