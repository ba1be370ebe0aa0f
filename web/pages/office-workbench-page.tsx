import type { WaitingClaims } from '#domain/insurance/claim-contract.ts';
import type { FieldChange, Workbench } from '#domain/places/office-contract.ts';
import type { Me } from '../client/accounts.ts';
import { insuranceOfficeApiPaths } from '../client/insurance-office-paths.ts';
import { officeClaims as claimsEn } from '../client/messages/en/office-claims.ts';
import { office as en } from '../client/messages/en/office.ts';
import { officeClaims as claimsZh } from '../client/messages/zh/office-claims.ts';
import { office as zh } from '../client/messages/zh/office.ts';
import type { Organisations } from '../client/office.ts';
import { officeApiPaths, officePaths } from '../client/office-paths.ts';
import { useTexts } from '../client/texts.ts';
import { useAsked } from '../client/use-asked.ts';
import { claimsPanel } from '../features/insurance/office/claims-panel.tsx';
import { ChangeList } from '../features/office-editor/change-list.tsx';
import { useNames } from '../features/office-editor/use-names.ts';
import { placePanels } from '../features/places/office/place-panels.tsx';
import { WhenAsked } from '../features/places/office/when-asked.tsx';
import { useMinute } from '../features/places/use-minute.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { goInApp } from '../ui/location.ts';
import { type BoardPanel, PanelBoard } from '../ui/panel-board.tsx';
import { OfficeLayout } from './office-layout.tsx';
import styles from './office-workbench-page.module.css';

/** More changes than these are folded away. */
const SHOWN_CHANGES = 5;
const NONE: Organisations['organisations'] = [];

/** `/office`: today's work, most urgent first; every row leads to its action. */
export function OfficeWorkbenchPage() {
  const m = useTexts({ zh, en });
  return (
    <OfficeLayout
      title={m.nav.workbench}
      action={['site.view', 'claim.view']}
      toolbar={<p className={styles.keys}>{m.keys}</p>}
    >
      {(me) => (me.actions.includes('claim.view') ? <ClaimsFirst me={me} /> : <Places me={me} claims={[]} />)}
    </OfficeLayout>
  );
}

/** Claims wait for people who were hurt: they stand before the places. Who has no places sees them alone. */
function ClaimsFirst({ me }: { me: Me }) {
  const claimTexts = useTexts({ zh: claimsZh, en: claimsEn });
  const asked = useAsked<WaitingClaims>(insuranceOfficeApiPaths.waiting());
  const hasPlaces = me.actions.includes('site.view');
  return (
    <WhenAsked asked={asked} tellsAge={!hasPlaces}>
      {(waiting) => {
        const claims = [claimsPanel(waiting, claimTexts)];
        return hasPlaces ? <Places me={me} claims={claims} /> : <Board panels={claims} />;
      }}
    </WhenAsked>
  );
}

function Places({ me, claims }: { me: Me; claims: readonly BoardPanel[] }) {
  const m = useTexts({ zh, en });
  const nowMs = useMinute();
  const asked = useAsked<Workbench>(officeApiPaths.workbench());
  const organisations = useAsked<Organisations>(officeApiPaths.organisations());
  const names = useNames(organisations.status === 'ready' ? organisations.data.organisations : NONE);
  const drawChanges = (changes: readonly FieldChange[]) => (
    <ChangeList changes={changes} names={names} most={SHOWN_CHANGES} />
  );
  return (
    <WhenAsked asked={asked}>
      {(workbench) => (
        <Board
          panels={[
            ...claims,
            ...placePanels(workbench, { m, nowMs, actions: me.actions, drawChanges, onChanged: asked.retry }),
          ]}
          placesLink
        />
      )}
    </WhenAsked>
  );
}

function Board({ panels, placesLink = false }: { panels: readonly BoardPanel[]; placesLink?: boolean }) {
  const m = useTexts({ zh, en });
  if (panels.some(({ count }) => count > 0)) {
    return <PanelBoard panels={panels} summaryLabel={m.panels.summary} moreLabel={m.more} />;
  }
  return (
    <div className={styles.nothing}>
      <Icon name="check" size={2} />
      <h2>{m.nothingAtAll}</h2>
      <p>{m.nothingAtAllHint}</p>
      {placesLink && (
        <ButtonLink icon="list" href={officePaths.sites()} onClick={goInApp}>
          {m.nav.sites}
        </ButtonLink>
      )}
    </div>
  );
}
