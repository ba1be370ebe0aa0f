import { useCallback } from 'react';
import { can } from '#domain/accounts/permissions.ts';
import type { DraftView, OfficeSite } from '#domain/places/office-contract.ts';
import type { SiteFeature } from '#domain/places/site.ts';
import type { Me } from '../client/accounts.ts';
import { officePaths } from '../client/office-paths.ts';
import { findDrafts, listOrganisations, loadOfficeSite, type Refusal } from '../client/office.ts';
import { paths } from '../client/paths.ts';
import { readArrival } from '../features/office-editor/report-facts.ts';
import type { EditorMode } from '../features/office-editor/save-dialog.tsx';
import { SiteEditor } from '../features/office-editor/site-editor.tsx';
import { useEditorTexts } from '../features/office-editor/use-editor-texts.ts';
import { useMinute } from '../features/places/use-minute.ts';
import { Badge } from '../ui/badge.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { laterIcons } from '../ui/later-icons.ts';
import { goInApp } from '../ui/location.ts';
import { NotLoaded } from './not-loaded.tsx';
import { OfficeLayout } from './office-layout.tsx';
import styles from './office-site-page.module.css';
import { RiderPreview } from './rider-preview.tsx';
import { useLoaded } from './use-loaded.ts';

type EditorData = {
  site: OfficeSite | null;
  drafts: readonly DraftView[];
  organisations: readonly { id: string; name: string }[];
};

/** `/office/sites/:id`, and `/office/sites/new` (`siteId` null). */
export function OfficeSitePage({ siteId }: { siteId: string | null }) {
  const t = useEditorTexts();
  const nowMs = useMinute();
  const [loaded, retry] = useLoaded(siteId ?? '', loadEditor);
  const data = loaded.status === 'found' ? loaded.data : null;
  const title = siteId === null ? t.title.new : t.title.edit;
  const name = data?.site?.document.name;
  const query = new URLSearchParams(window.location.search);
  return (
    <OfficeLayout
      title={name ?? title}
      documentTitle={name ? `${name} · ${title}` : title}
      action={siteId === null ? 'site.propose' : 'site.view'}
      toolbar={
        siteId !== null && (
          <span className={styles.links}>
            {data?.site?.demo && <Badge tone="warning">{t.demo}</Badge>}
            <ButtonLink variant="quiet" icon={laterIcons.external} href={paths.site(siteId)} target="_blank">
              {t.toRiderPage}
            </ButtonLink>
            <ButtonLink variant="quiet" icon="clock" href={officePaths.siteHistory(siteId)} onClick={goInApp}>
              {t.toHistory}
            </ButtonLink>
          </span>
        )
      }
    >
      {(me) =>
        data ? (
          <Editor key={siteId ?? 'new'} data={data} me={me} query={query} nowMs={nowMs} />
        ) : (
          <NotLoaded loaded={loaded} retry={retry} />
        )
      }
    </OfficeLayout>
  );
}

function Editor({ data, me, query, nowMs }: { data: EditorData; me: Me; query: URLSearchParams; nowMs: number }) {
  const mayMoveTo = useCallback(
    (streetCode: string) =>
      can({ personId: me.person.id, memberships: me.memberships }, 'site.edit', {
        streetCode,
        districtCode: streetCode.slice(0, 6),
      }),
    [me],
  );
  return (
    <SiteEditor
      {...data}
      arrival={readArrival(window.location.search)}
      newStreet={query.get('street')}
      mode={modeOf(data.site, me.actions)}
      mayMoveTo={mayMoveTo}
      nowMs={nowMs}
      preview={drawPreview}
    />
  );
}

function modeOf(site: OfficeSite | null, actions: Me['actions']): EditorMode {
  if (site ? site.mayEdit : actions.includes('site.edit')) return site ? 'save' : 'create';
  return actions.includes('site.propose') ? 'propose' : 'look';
}

function drawPreview(feature: SiteFeature) {
  return <RiderPreview feature={feature} />;
}

async function loadEditor(siteId: string): Promise<{ status: 'found'; data: EditorData } | Refusal> {
  const id = siteId || null;
  const [site, drafts, organisations] = await Promise.all([
    id === null ? null : loadOfficeSite(id),
    findDrafts(id),
    listOrganisations(),
  ]);
  if (site === null) return { status: 'found', data: { site: null, drafts, organisations } };
  return site.status === 'found' ? { status: 'found', data: { site: site.site, drafts, organisations } } : site;
}
