import type { ClaimPage } from '#domain/insurance/claim-contract.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import { useClaimDrafts } from '../../client/claim-drafts.ts';
import { insuranceApiPaths, insurancePaths } from '../../client/insurance-paths.ts';
import { claim as en } from '../../client/messages/en/claim.ts';
import { cover as coverEn } from '../../client/messages/en/cover.ts';
import { claim as zh } from '../../client/messages/zh/claim.ts';
import { cover as coverZh } from '../../client/messages/zh/cover.ts';
import { useMessages } from '../../client/messages.ts';
import { knownFrom, useMyCover } from '../../client/my-cover.ts';
import { useInsuranceRefusals } from '../../client/insurance-refusals.ts';
import { useTexts } from '../../client/texts.ts';
import { useAsked } from '../../client/use-asked.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { goInApp } from '../../ui/location.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ClaimNow } from './claim-timeline.tsx';
import { CoverNow } from './cover-now.tsx';
import { dayWords } from './day-words.ts';
import styles from './insurance.module.css';
import { PlaceDoors } from './place-doors.tsx';

/** What 我的 shows of 益鹭保: the doors, today's cover, and each claim with who has it now. */
export function MyInsurance({ signedIn, nowMs }: { signedIn: boolean; nowMs: number }) {
  const m = useTexts({ zh, en });
  const cover = useTexts({ zh: coverZh, en: coverEn });
  const { time } = useMessages().places;
  const today = shanghaiDay(nowMs);
  const unsent = useClaimDrafts()?.filter(({ isReported }) => !isReported) ?? [];
  return (
    <>
      <PlaceDoors door={{ channel: 'me' }} />
      {unsent.length > 0 && (
        <ul className={styles.rows}>
          {unsent.map(({ id, state, createdAtMs }) => (
            <li key={id}>
              <a className={styles.rowLink} href={insurancePaths.newClaim({ channel: 'me' }, id)} onClick={goInApp}>
                <strong>
                  {state === 'queued' ? m.draft.waiting : m.draft.open(dayWords(shanghaiDay(createdAtMs), today, time))}
                </strong>
              </a>
            </li>
          ))}
        </ul>
      )}
      {signedIn && (
        <>
          <h3>{cover.title}</h3>
          <MyCoverNow today={today} />
          <h3>{m.view.list}</h3>
          <MyClaims nowMs={nowMs} />
        </>
      )}
    </>
  );
}

function MyCoverNow({ today }: { today: string }) {
  const m = useTexts({ zh: coverZh, en: coverEn });
  const refusal = useInsuranceRefusals();
  const state = useMyCover(true);
  return (
    <>
      {state.status === 'failed' && <p role="alert">{refusal(state.error)}</p>}
      {state.status === 'loading' && <Skeleton rows={1} label={m.cert.loading} />}
      {state.status === 'ready' && <CoverNow known={knownFrom(state.cover)} today={today} />}
      <div>
        <ButtonLink icon="shield" href={insurancePaths.cover()} onClick={goInApp}>
          {m.calendar}
        </ButtonLink>
      </div>
    </>
  );
}

function MyClaims({ nowMs }: { nowMs: number }) {
  const { view: m } = useTexts({ zh, en });
  const refusal = useInsuranceRefusals();
  const asked = useAsked<ClaimPage>(insuranceApiPaths.myClaims());
  if (asked.status === 'loading') return <Skeleton rows={2} label={m.loading} />;
  if (asked.status === 'failed') {
    return (
      <div className={styles.notice} role="alert">
        <p>{refusal(asked.error)}</p>
        <Button icon="refresh" onClick={asked.retry}>
          {m.retry}
        </Button>
      </div>
    );
  }
  if (!asked.data.rows.length) return <p className={styles.quiet}>{m.none}</p>;
  return (
    <ul className={styles.rows}>
      {asked.data.rows.map((claim) => (
        <li key={claim.id}>
          <a className={styles.rowLink} href={insurancePaths.claim(claim.id)} onClick={goInApp}>
            <strong>{m.title(claim.number)}</strong>
            <ClaimNow claim={claim} nowMs={nowMs} />
          </a>
        </li>
      ))}
    </ul>
  );
}
