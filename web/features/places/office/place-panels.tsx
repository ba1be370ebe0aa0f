import type { Action } from '#domain/accounts/permissions.ts';
import type { Workbench } from '#domain/places/office-contract.ts';
import type { OfficeMessages } from '../../../client/messages/zh/office.ts';
import { officePaths } from '../../../client/office-paths.ts';
import { ButtonLink } from '../../../ui/button.tsx';
import { laterIcons } from '../../../ui/later-icons.ts';
import { goInApp } from '../../../ui/location.ts';
import { type BoardPanel, BoardRow } from '../../../ui/panel-board.tsx';
import { type DrawChanges, DraftRow } from './draft-row.tsx';
import { HandoverRow } from './handover-row.tsx';
import { editorQuery } from './report-fact.ts';
import { ReportRow } from './report-row.tsx';
import { SiteLine } from './site-line.tsx';
import { StaleRow } from './stale-row.tsx';

/** The work on places as panels, most urgent first. Later features bring panels of their own beside these. */
export function placePanels(
  workbench: Workbench,
  {
    m,
    nowMs,
    actions,
    drawChanges,
    onChanged,
  }: {
    m: OfficeMessages;
    nowMs: number;
    actions: readonly Action[];
    drawChanges: DrawChanges;
    onChanged: () => void;
  },
): BoardPanel[] {
  const { reports, proposals, handovers, stale, staleTotal, drafts, unplaced, unplacedTotal } = workbench;
  const shared = { nowMs, onChanged };
  const all = (search: string, total: number) => (
    <ButtonLink variant="quiet" href={officePaths.sites(search)} onClick={goInApp}>
      {m.panels.all(total)}
    </ButtonLink>
  );
  return [
    {
      id: 'reports',
      title: m.panels.reports,
      icon: 'megaphone',
      count: reports.length,
      empty: m.panels.reportsEmpty,
      rows: reports.map((group) => (
        <ReportRow key={`${group.site.id} ${group.kind} ${group.facility}`} group={group} {...shared} />
      )),
    },
    {
      id: 'proposals',
      title: m.panels.proposals,
      icon: laterIcons.paper,
      count: proposals.length,
      empty: m.panels.proposalsEmpty,
      rows: proposals.map((draft) => (
        <DraftRow
          key={draft.id}
          draft={draft}
          mayDecide={actions.includes('proposal.decide') && !draft.mine}
          drawChanges={drawChanges}
          {...shared}
        />
      )),
    },
    {
      id: 'handovers',
      title: m.panels.handovers,
      icon: laterIcons.forward,
      count: handovers.length,
      empty: m.panels.handoversEmpty,
      rows: handovers.map((handover) => <HandoverRow key={handover.id} handover={handover} {...shared} />),
    },
    {
      id: 'stale',
      title: m.panels.stale,
      icon: 'clock',
      count: staleTotal,
      aside: true,
      empty: m.panels.staleEmpty,
      all: all('?stale=1&sort=verified', staleTotal),
      rows: stale.map(({ site, facts }) => (
        <StaleRow key={site.id} site={site} facts={facts} mayVerify={actions.includes('site.edit')} {...shared} />
      )),
    },
    {
      id: 'drafts',
      title: m.panels.drafts,
      icon: 'list',
      count: drafts.length,
      aside: true,
      empty: m.panels.draftsEmpty,
      rows: drafts.map((draft) => (
        <DraftRow key={draft.id} draft={draft} mayDecide={false} drawChanges={drawChanges} {...shared} />
      )),
    },
    {
      id: 'unplaced',
      title: m.panels.unplaced,
      icon: 'pin',
      count: unplacedTotal,
      aside: true,
      empty: m.panels.unplacedEmpty,
      all: all('?unplaced=1', unplacedTotal),
      rows: unplaced.map((site) => (
        <BoardRow key={site.id}>
          <SiteLine site={site} query={editorQuery({ fact: 'location' })} />
        </BoardRow>
      )),
    },
  ];
}
