import type { Role } from '#domain/accounts/roles.ts';
import type { ClaimView } from '#domain/insurance/claim-contract.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import { claimWords as wordsEn } from '../../../client/messages/en/claim-words.ts';
import { officeClaims as en } from '../../../client/messages/en/office-claims.ts';
import { roles as rolesEn } from '../../../client/messages/en/roles.ts';
import { claimWords as wordsZh } from '../../../client/messages/zh/claim-words.ts';
import { officeClaims as zh } from '../../../client/messages/zh/office-claims.ts';
import { roles as rolesZh } from '../../../client/messages/zh/roles.ts';
import { useMessages } from '../../../client/messages.ts';
import { useTexts } from '../../../client/texts.ts';
import { Icon } from '../../../ui/icon.tsx';
import { stepsAhead } from '../claim-steps.ts';
import view from '../claim-view.module.css';
import { momentWords } from '../day-words.ts';
import styles from './desk.module.css';

/** What somebody who acted is called here: by their role, never by name. */
export function useActorName(): (by: string) => string {
  const m = useTexts({ zh, en });
  const roles = useTexts({ zh: rolesZh, en: rolesEn });
  return (by) => (by === 'me' ? m.me : by === 'claimant' || by === 'rider' ? m.claimant : (roles[by as Role] ?? by));
}

/** What was done and what comes next, by the lifecycle table. */
export function ClaimDeskTimeline({ claim, nowMs }: { claim: ClaimView; nowMs: number }) {
  const { one: m, holders } = useTexts({ zh, en });
  const { actions } = useTexts({ zh: wordsZh, en: wordsEn });
  const { time } = useMessages().places;
  const nameOf = useActorName();
  const today = shanghaiDay(nowMs);
  const ahead = stepsAhead(claim.state);
  return (
    <section className={styles.card} aria-labelledby="claim-timeline">
      <h2 id="claim-timeline">{m.timeline}</h2>
      <ol className={view.steps}>
        {claim.timeline.map(({ version, action, at, by, words }) => (
          <li key={version}>
            <span className={view.dot} data-kind={action === 'decline' ? 'bad' : 'done'}>
              <Icon name={action === 'decline' ? 'close' : 'check'} size={0.875} />
            </span>
            <span className={view.step}>
              <strong>{actions[action]}</strong>
              <span className={styles.quiet}>
                {momentWords(Date.parse(at), today, time)} · {m.by(nameOf(by))}
              </span>
              {words && <span className={styles.text}>{words}</span>}
            </span>
          </li>
        ))}
      </ol>
      {ahead.length > 0 && (
        <>
          <h3>{m.ahead}</h3>
          <ol className={view.steps}>
            {ahead.map(({ action, right, days }) => (
              <li key={action}>
                <span className={view.dot} data-kind="ahead" />
                <span className={view.step}>
                  <span>{actions[action]}</span>
                  <span className={styles.quiet}>
                    {m.by(holders[right] ?? right)} · {m.days(days)}
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
