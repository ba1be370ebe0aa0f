import type { ClaimView } from '#domain/insurance/claim-contract.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import { insurancePaths } from '../../client/insurance-paths.ts';
import { claim as en } from '../../client/messages/en/claim.ts';
import { enrol as enrolEn } from '../../client/messages/en/enrol.ts';
import { claim as zh } from '../../client/messages/zh/claim.ts';
import { enrol as enrolZh } from '../../client/messages/zh/enrol.ts';
import { useMessages } from '../../client/messages.ts';
import { useTexts } from '../../client/texts.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { goInApp } from '../../ui/location.ts';
import styles from './claim-view.module.css';
import { rangesWords } from './day-words.ts';
import insurance from './insurance.module.css';

/** What can still be done when the day was not covered, in the order in which it helps. */
const ADVICE = [
  'check_day',
  'ask_employer',
  'other_insurance',
  'legal_aid',
  'stays_stored',
  'cover_coming_days',
] as const;

/** Whether the day was covered; if not, which days were, and what can still be done. */
export function ClaimCover({ claim, nowMs }: { claim: ClaimView; nowMs: number }) {
  const { view: m } = useTexts({ zh, en });
  const texts = useTexts({ zh: enrolZh, en: enrolEn });
  const { time } = useMessages().places;
  const today = shanghaiDay(nowMs);
  if (claim.cover) {
    return (
      <p className={insurance.cardHead}>
        <span className={insurance.good}>{m.covered(rangesWords([claim.cover.days], today, time, texts))}</span>
        <a href={insurancePaths.certificate(claim.cover.certificateCode)} onClick={goInApp}>
          {m.certificate}
        </a>
      </p>
    );
  }
  return (
    <div className={insurance.notice} data-tone="warning">
      <strong>{m.notCovered}</strong>
      <p>
        {claim.coveredDays.length
          ? m.notCoveredDays(rangesWords(claim.coveredDays, today, time, texts))
          : m.notCoveredNone}
      </p>
      <ul className={styles.list}>
        {ADVICE.map((code) => (
          <li key={code}>{m.advice[code]}</li>
        ))}
      </ul>
      <ButtonLink href={insurancePaths.enrol({ channel: 'me' })} onClick={goInApp}>
        {texts.doors.enrol}
      </ButtonLink>
    </div>
  );
}
