import type { ClaimView } from '#domain/insurance/claim-contract.ts';
import type { ClaimState } from '#domain/insurance/claim-lifecycle.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Role } from '#domain/accounts/roles.ts';
import { claimWords as wordsEn } from '../../client/messages/en/claim-words.ts';
import { claim as en } from '../../client/messages/en/claim.ts';
import { roles as rolesEn } from '../../client/messages/en/roles.ts';
import { claimWords as wordsZh } from '../../client/messages/zh/claim-words.ts';
import { claim as zh } from '../../client/messages/zh/claim.ts';
import { roles as rolesZh } from '../../client/messages/zh/roles.ts';
import { useMessages } from '../../client/messages.ts';
import { useTexts } from '../../client/texts.ts';
import { Icon } from '../../ui/icon.tsx';
import { stepsAhead } from './claim-steps.ts';
import styles from './claim-view.module.css';
import { dayWords, momentWords } from './day-words.ts';

/** Who has the claim now, and by when they must have answered. */
export function ClaimNow({ claim, nowMs }: { claim: Pick<ClaimView, 'state' | 'waitsFor' | 'dueAt'>; nowMs: number }) {
  const { view: m } = useTexts({ zh, en });
  const words = useTexts({ zh: wordsZh, en: wordsEn });
  const { time } = useMessages().places;
  const today = shanghaiDay(nowMs);
  const { state, waitsFor, dueAt } = claim;
  const mine = waitsFor === 'claim.own';
  const due = dueAt === null ? null : dayWords(shanghaiDay(Date.parse(dueAt)), today, time);
  const late = dueAt !== null && Date.parse(dueAt) < nowMs && !mine;
  return (
    <div className={styles.now} data-tone={toneOf(state, mine || late)}>
      <strong>{words.states[state]}</strong>
      <p>
        {waitsFor === null ? m.nobody : mine ? m.yours : m.has(words.holders[waitsFor] ?? waitsFor)}
        {due && !late && ` · ${mine ? m.dueYours(due) : m.due(due)}`}
      </p>
      {late && due && <p>{m.overdue(due)}</p>}
    </div>
  );
}

function toneOf(state: ClaimState, urgent: boolean): 'good' | 'warning' | undefined {
  if (state === 'declined' || urgent) return 'warning';
  return state === 'paid' || state === 'approved' ? 'good' : undefined;
}

/** What was done, by whom and when; and what is still to come, by the lifecycle table. */
export function ClaimTimeline({ claim, nowMs }: { claim: ClaimView; nowMs: number }) {
  const { view: m } = useTexts({ zh, en });
  const words = useTexts({ zh: wordsZh, en: wordsEn });
  const roles = useTexts({ zh: rolesZh, en: rolesEn });
  const { time } = useMessages().places;
  const today = shanghaiDay(nowMs);
  const nameOf = (by: string) => (by === 'me' ? m.me : (roles[by as Role] ?? by));
  const ahead = stepsAhead(claim.state);
  return (
    <section className={styles.part} aria-labelledby="claim-steps">
      <h2 id="claim-steps">{m.steps}</h2>
      <ol className={styles.steps}>
        {claim.timeline.map(({ version, action, at, by, words: said }) => (
          <li key={version}>
            <span className={styles.dot} data-kind={action === 'decline' ? 'bad' : 'done'}>
              <Icon name={action === 'decline' ? 'close' : 'check'} size={0.875} />
            </span>
            <span className={styles.step}>
              <strong>{words.actions[action]}</strong>
              <span className={styles.quiet}>
                {momentWords(Date.parse(at), today, time)} · {m.by(nameOf(by))}
              </span>
              {said && <span>{said}</span>}
            </span>
          </li>
        ))}
      </ol>
      {ahead.length > 0 && (
        <>
          <h3>{m.ahead}</h3>
          <ol className={styles.steps}>
            {ahead.map(({ action, right, days }) => (
              <li key={action}>
                <span className={styles.dot} data-kind="ahead" />
                <span className={styles.step}>
                  <span>{words.actions[action]}</span>
                  <span className={styles.quiet}>
                    {m.by(words.holders[right] ?? right)} · {m.aheadDays(days)}
                  </span>
                </span>
              </li>
            ))}
          </ol>
          <p className={styles.quiet}>{m.aims}</p>
        </>
      )}
    </section>
  );
}
