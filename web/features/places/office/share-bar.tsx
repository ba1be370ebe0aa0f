import type { ScorecardRow } from '#domain/places/office-contract.ts';
import { scorecard as en } from '../../../client/messages/en/scorecard.ts';
import { scorecard as zh } from '../../../client/messages/zh/scorecard.ts';
import { useTexts } from '../../../client/texts.ts';
import { percent } from './scorecard-rows.ts';
import styles from './scorecard.module.css';

/** A share with how uncertain it is: the band from low to high, a line at the share, and both in words. */
export function ShareBar({ verified, places }: { verified: ScorecardRow['verified'][number]; places: number }) {
  const m = useTexts({ zh, en });
  const { count, share, low, high } = verified;
  const counted = m.ofPlaces(count, places);
  if (share === null || low === null || high === null) {
    return (
      <span className={styles.share}>
        <span>{counted}</span>
        <span className={styles.quiet}>{m.tooFew}</span>
      </span>
    );
  }
  return (
    <span className={styles.share}>
      <span className={styles.words}>
        <span>{m.share(percent(share), percent(low), percent(high))}</span>
        <span className={styles.quiet}>{counted}</span>
      </span>
      <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" className={styles.bar}>
        <rect className={styles.whole} width="100" height="8" />
        <rect className={styles.band} x={low * 100} width={Math.max(0.5, (high - low) * 100)} height="8" />
        <rect className={styles.mark} x={Math.min(98.5, share * 100 - 0.75)} width="1.5" height="8" />
      </svg>
    </span>
  );
}
