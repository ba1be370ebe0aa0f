import type { ClaimView } from '#domain/insurance/claim-contract.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import { insurancePaths } from '../../client/insurance-paths.ts';
import { claim as en } from '../../client/messages/en/claim.ts';
import { doors as doorsEn } from '../../client/messages/en/doors.ts';
import { enrol as enrolEn } from '../../client/messages/en/enrol.ts';
import { claim as zh } from '../../client/messages/zh/claim.ts';
import { doors as doorsZh } from '../../client/messages/zh/doors.ts';
import { enrol as enrolZh } from '../../client/messages/zh/enrol.ts';
import { useMessages } from '../../client/messages.ts';
import { useTexts } from '../../client/texts.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { goInApp } from '../../ui/location.ts';
import styles from './claim-view.module.css';
import { rangesWords } from './day-words.ts';
import insurance from './insurance.module.css';

/** Whether the day was covered; if not, which days were, and what can still be done. */
export function ClaimCover({ claim, nowMs }: { claim: ClaimView; nowMs: number }) {
  const { view: m } = useTexts({ zh, en });
  const texts = useTexts({ zh: enrolZh, en: enrolEn });
  const doors = useTexts({ zh: doorsZh, en: doorsEn });
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
        {claim.advice.map((code) => (
          <li key={code}>{m.advice[code]}</li>
        ))}
      </ul>
      <ButtonLink href={insurancePaths.enrol({ channel: 'me' })} onClick={goInApp}>
        {doors.enrol}
      </ButtonLink>
    </div>
  );
}
