import type { ClaimView } from '#domain/insurance/claim-contract.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import { insuranceOfficePaths } from '../../../client/insurance-office-paths.ts';
import { enrol as enrolEn } from '../../../client/messages/en/enrol.ts';
import { officeClaims as en } from '../../../client/messages/en/office-claims.ts';
import { enrol as enrolZh } from '../../../client/messages/zh/enrol.ts';
import { officeClaims as zh } from '../../../client/messages/zh/office-claims.ts';
import { useMessages } from '../../../client/messages.ts';
import { useTexts } from '../../../client/texts.ts';
import { Badge } from '../../../ui/badge.tsx';
import { goInApp } from '../../../ui/location.ts';
import { dayWords, momentWords, rangesWords } from '../day-words.ts';
import styles from './desk.module.css';

/** Who, when, where it is now, whether the day was covered, and what may be a duplicate. */
export function ClaimFacts({ claim, nowMs }: { claim: ClaimView; nowMs: number }) {
  const { one: m, states, holders } = useTexts({ zh, en });
  const ranges = useTexts({ zh: enrolZh, en: enrolEn });
  const { time } = useMessages().places;
  const today = shanghaiDay(nowMs);
  const { dueAt, waitsFor, cover, coveredDays, duplicateSigns } = claim;
  const isLate = dueAt !== null && Date.parse(dueAt) < nowMs;
  const near = coveredDays.length ? m.near(rangesWords(coveredDays, today, time, ranges)) : m.nearNone;
  return (
    <section className={styles.card} aria-labelledby="claim-facts">
      <div className={styles.spread}>
        <h2 id="claim-facts">{m.title(claim.number)}</h2>
        <span className={styles.row}>
          <Badge tone={claim.state === 'declined' ? 'warning' : 'accent'}>{states[claim.state]}</Badge>
          {isLate && <Badge tone="warning">{m.overdue}</Badge>}
          {claim.demo && <Badge tone="outline">{m.demo}</Badge>}
        </span>
      </div>
      <dl className={styles.facts}>
        <dt>{m.person}</dt>
        <dd>{claim.name ?? m.unknownPerson}</dd>
        <dt>{m.idNumber}</dt>
        <dd>{claim.idNumber ?? '–'}</dd>
        <dt>{m.happened}</dt>
        <dd>{momentWords(Date.parse(claim.happenedAt), today, time)}</dd>
        <dt>{m.reported}</dt>
        <dd>{momentWords(Date.parse(claim.createdAt), today, time)}</dd>
        <dt>{m.office}</dt>
        <dd>{claim.receivingSite?.name ?? '–'}</dd>
        <dt>{m.cover}</dt>
        <dd>
          {cover ? (
            <span className={styles.good}>{m.covered(rangesWords([cover.days], today, time, ranges))}</span>
          ) : (
            <span className={styles.warning}>
              {m.notCovered}
              <br />
              {near}
            </span>
          )}
        </dd>
        {waitsFor && (
          <>
            <dt>{m.holder}</dt>
            <dd>{holders[waitsFor] ?? waitsFor}</dd>
          </>
        )}
        {dueAt && (
          <>
            <dt>{m.due}</dt>
            <dd>{dayWords(shanghaiDay(Date.parse(dueAt)), today, time)}</dd>
          </>
        )}
      </dl>
      {duplicateSigns.length > 0 && (
        <div className={styles.notice} data-tone="warning">
          <strong>{m.signs}</strong>
          <ul className={styles.plainList}>
            {duplicateSigns.map(({ sign, claimId, number }) => (
              <li key={`${sign} ${claimId}`}>
                <a href={insuranceOfficePaths.claim(claimId)} onClick={goInApp}>
                  {m.sign[sign]}: {number}
                </a>
              </li>
            ))}
          </ul>
          <p>{m.signsHint}</p>
        </div>
      )}
    </section>
  );
}
