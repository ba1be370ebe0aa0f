import type { ClaimView } from '#domain/insurance/claim-contract.ts';
import { useSession } from '../client/accounts.ts';
import { insuranceApiPaths } from '../client/insurance-paths.ts';
import { claimWords as wordsEn } from '../client/messages/en/claim-words.ts';
import { claim as en } from '../client/messages/en/claim.ts';
import { claimWords as wordsZh } from '../client/messages/zh/claim-words.ts';
import { claim as zh } from '../client/messages/zh/claim.ts';
import { useMessages } from '../client/messages.ts';
import { paths } from '../client/paths.ts';
import { useInsuranceRefusals } from '../client/insurance-refusals.ts';
import { useTexts } from '../client/texts.ts';
import { useAsked } from '../client/use-asked.ts';
import { ClaimAmounts } from '../features/insurance/claim-amounts.tsx';
import { ClaimChoices } from '../features/insurance/claim-choices.tsx';
import { ClaimCover } from '../features/insurance/claim-cover.tsx';
import { ClaimPapers } from '../features/insurance/claim-papers.tsx';
import { ClaimNow, ClaimTimeline } from '../features/insurance/claim-timeline.tsx';
import { Folded } from '../features/insurance/folded.tsx';
import styles from '../features/insurance/insurance.module.css';
import { momentWords } from '../features/insurance/day-words.ts';
import { useMinute } from '../features/places/use-minute.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { goInApp } from '../ui/location.ts';
import { Page } from '../ui/page.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { InlineSignIn } from './inline-sign-in.tsx';

/** `/claims/:id`: who has the claim now, by when they must answer, and what is asked of the claimant. */
export function ClaimPage({ id }: { id: string }) {
  const { shell } = useMessages();
  const { view: m, title } = useTexts({ zh, en });
  const session = useSession();
  return (
    <Page title={title} documentTitle={`${m.list} · ${shell.appName}`} back={{ href: paths.me(), label: shell.back }}>
      {session.status === 'out' ? (
        <section className={styles.section}>
          <p>{m.signedOut}</p>
          <InlineSignIn />
        </section>
      ) : (
        <FollowedClaim id={id} />
      )}
    </Page>
  );
}

function FollowedClaim({ id }: { id: string }) {
  const { view: m } = useTexts({ zh, en });
  const refusal = useInsuranceRefusals();
  const asked = useAsked<ClaimView>(insuranceApiPaths.claim(id));
  if (asked.status === 'loading') return <Skeleton rows={6} label={m.loading} />;
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
  return <Claim claim={asked.data} onChange={asked.retry} />;
}

function Claim({ claim, onChange }: { claim: ClaimView; onChange: () => void }) {
  const { view: m } = useTexts({ zh, en });
  const words = useTexts({ zh: wordsZh, en: wordsEn });
  const { time } = useMessages().places;
  const nowMs = useMinute();
  const { receivingSite, declineCode, account } = claim;
  return (
    <>
      <div className={styles.section}>
        <h2>
          {m.title(claim.number)} {claim.demo && <Badge tone="warning">{m.demo}</Badge>}
        </h2>
        <p className={styles.quiet}>
          {m.happened(momentWords(Date.parse(claim.happenedAt), '', time))}
          <br />
          {receivingSite ? (
            <a href={paths.site(receivingSite.id)} onClick={goInApp}>
              {m.office(receivingSite.name)}
            </a>
          ) : (
            m.noOffice
          )}
        </p>
      </div>
      <ClaimNow claim={claim} nowMs={nowMs} />
      {declineCode && (
        <div className={styles.notice} data-tone="warning">
          <strong>{m.decline}</strong>
          <p>{words.declines[declineCode]}</p>
        </div>
      )}
      <ClaimCover claim={claim} nowMs={nowMs} />
      <ClaimPapers claim={claim} onChange={onChange} />
      <ClaimTimeline claim={claim} nowMs={nowMs} />
      <ClaimAmounts claim={claim} />
      {account && (
        <Folded title={m.account}>
          <p>{account.whatHappened}</p>
          {account.place && <p className={styles.quiet}>{account.place}</p>}
        </Folded>
      )}
      <ClaimChoices claim={claim} onChange={onChange} />
    </>
  );
}
