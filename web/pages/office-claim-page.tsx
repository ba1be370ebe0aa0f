import { useState } from 'react';
import type { ClaimView } from '#domain/insurance/claim-contract.ts';
import { insuranceOfficePaths } from '../client/insurance-office-paths.ts';
import { insuranceApiPaths } from '../client/insurance-paths.ts';
import { officeClaims as en } from '../client/messages/en/office-claims.ts';
import { officeClaims as zh } from '../client/messages/zh/office-claims.ts';
import { useTexts } from '../client/texts.ts';
import { useAsked } from '../client/use-asked.ts';
import { ClaimAccountCard } from '../features/insurance/office/claim-account-card.tsx';
import { ClaimActions } from '../features/insurance/office/claim-actions.tsx';
import { ClaimDeskAmounts } from '../features/insurance/office/claim-desk-amounts.tsx';
import { ClaimDeskTimeline } from '../features/insurance/office/claim-desk-timeline.tsx';
import { ClaimFacts } from '../features/insurance/office/claim-facts.tsx';
import { ClaimDeskPapers } from '../features/insurance/office/claim-desk-papers.tsx';
import styles from '../features/insurance/office/desk.module.css';
import { WhenAsked } from '../features/places/office/when-asked.tsx';
import { useMinute } from '../features/places/use-minute.ts';
import { laterIcons } from '../ui/later-icons.ts';
import { ButtonLink } from '../ui/button.tsx';
import { goInApp } from '../ui/location.ts';
import { ChooseOffice } from './choose-office.tsx';
import { OfficeLayout } from './office-layout.tsx';

/** `/office/claims/:id`: one claim with what is to be done about it. Every look is in the audit trail. */
export function OfficeClaimPage({ id }: { id: string }) {
  const m = useTexts({ zh, en });
  return (
    <OfficeLayout
      title={m.title}
      action="claim.view"
      toolbar={
        <ButtonLink variant="quiet" icon={laterIcons.back} href={insuranceOfficePaths.claims()} onClick={goInApp}>
          {m.one.back}
        </ButtonLink>
      }
    >
      {() => <Claim id={id} />}
    </OfficeLayout>
  );
}

function Claim({ id }: { id: string }) {
  const asked = useAsked<ClaimView>(insuranceApiPaths.claim(id));
  // What a step answered is newer than what was asked for before it.
  const [latest, setLatest] = useState<ClaimView | null>(null);
  return (
    <WhenAsked asked={asked}>
      {(answer) => (
        <OneClaim
          claim={latest && latest.version > answer.version ? latest : answer}
          onChange={setLatest}
          onRetry={asked.retry}
        />
      )}
    </WhenAsked>
  );
}

function OneClaim({
  claim,
  onChange,
  onRetry,
}: {
  claim: ClaimView;
  onChange: (claim: ClaimView) => void;
  onRetry: () => void;
}) {
  const { one: m } = useTexts({ zh, en });
  const nowMs = useMinute();
  return (
    <>
      <p className={styles.quiet}>{m.recorded}</p>
      <div className={styles.columns}>
        <div className={styles.part}>
          <ClaimFacts claim={claim} nowMs={nowMs} />
          <ClaimActions claim={claim} officeChoice={ChooseOffice} onChange={onChange} />
          <ClaimAccountCard claim={claim} />
          <ClaimDeskPapers claim={claim} onChange={onRetry} />
          <ClaimDeskAmounts claim={claim} />
        </div>
        <ClaimDeskTimeline claim={claim} nowMs={nowMs} />
      </div>
    </>
  );
}
