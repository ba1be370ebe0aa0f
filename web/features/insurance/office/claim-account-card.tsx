import type { ClaimView } from '#domain/insurance/claim-contract.ts';
import { officeClaims as en } from '../../../client/messages/en/office-claims.ts';
import { officeClaims as zh } from '../../../client/messages/zh/office-claims.ts';
import { useTexts } from '../../../client/texts.ts';
import styles from './desk.module.css';

/** What happened, in the claimant's own words. */
export function ClaimAccountCard({ claim: { account } }: { claim: ClaimView }) {
  const { one: m } = useTexts({ zh, en });
  if (account === null) return <p className={styles.quiet}>{m.accountHidden}</p>;
  const { whatHappened, place, point, work, hospital, phone, witnesses } = account;
  const rows: [string, string][] = [
    [m.place, [place, point && m.pin(point.lat.toFixed(5), point.lng.toFixed(5))].filter(Boolean).join(' · ')],
    [m.work, work],
    [m.hospital, hospital],
    [m.phone, phone],
    [m.witnesses, witnesses.map((witness) => `${witness.name} ${witness.phone}`.trim()).join(' · ')],
  ];
  const said = rows.filter(([, text]) => text);
  return (
    <section className={styles.card} aria-labelledby="claim-account">
      <h2 id="claim-account">{m.account}</h2>
      <p className={styles.text}>{whatHappened}</p>
      {said.length > 0 && (
        <dl className={styles.facts}>
          {said.map(([label, text]) => (
            <div key={label} style={{ display: 'contents' }}>
              <dt>{label}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
