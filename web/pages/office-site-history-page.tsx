import type { OfficeSite, RevisionView } from '#domain/places/office-contract.ts';
import { officePaths } from '../client/office-paths.ts';
import { listOrganisations, listRevisions, loadOfficeSite, type Refusal } from '../client/office.ts';
import { SiteHistory } from '../features/office-editor/site-history.tsx';
import { useEditorTexts } from '../features/office-editor/use-editor-texts.ts';
import { useMinute } from '../features/places/use-minute.ts';
import { ButtonLink } from '../ui/button.tsx';
import { laterIcons } from '../ui/later-icons.ts';
import { goInApp } from '../ui/location.ts';
import { NotLoaded } from './not-loaded.tsx';
import { OfficeLayout } from './office-layout.tsx';
import { useLoaded } from './use-loaded.ts';

type HistoryData = {
  site: OfficeSite;
  revisions: readonly RevisionView[];
  organisations: readonly { id: string; name: string }[];
};

/** `/office/sites/:id/history` */
export function OfficeSiteHistoryPage({ siteId }: { siteId: string }) {
  const t = useEditorTexts();
  const nowMs = useMinute();
  const [loaded, retry] = useLoaded(siteId, loadHistory);
  const data = loaded.status === 'found' ? loaded.data : null;
  const name = data?.site.document.name;
  return (
    <OfficeLayout
      title={name ? `${name} · ${t.title.history}` : t.title.history}
      action="site.view"
      toolbar={
        <ButtonLink variant="quiet" icon={laterIcons.back} href={officePaths.site(siteId)} onClick={goInApp}>
          {t.toEditor}
        </ButtonLink>
      }
    >
      {() =>
        data ? (
          <SiteHistory
            key={siteId}
            siteId={siteId}
            first={data.revisions}
            organisations={data.organisations}
            mayRestore={data.site.mayEdit}
            nowMs={nowMs}
          />
        ) : (
          <NotLoaded loaded={loaded} retry={retry} />
        )
      }
    </OfficeLayout>
  );
}

async function loadHistory(siteId: string): Promise<{ status: 'found'; data: HistoryData } | Refusal> {
  const [site, revisions, organisations] = await Promise.all([
    loadOfficeSite(siteId),
    listRevisions(siteId),
    listOrganisations(),
  ]);
  if (site.status !== 'found') return site;
  if (revisions.status !== 'found') return revisions;
  return { status: 'found', data: { site: site.site, revisions: revisions.revisions, organisations } };
}
