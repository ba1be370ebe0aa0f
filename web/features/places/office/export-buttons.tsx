import { useState } from 'react';
import { officeSites as en } from '../../../client/messages/en/office-sites.ts';
import { officeSites as zh } from '../../../client/messages/zh/office-sites.ts';
import { saveFile } from '../../../client/ask.ts';
import { officeApiPaths } from '../../../client/office-paths.ts';
import { useRefusals } from '../../../client/refusals.ts';
import { useTexts } from '../../../client/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { laterIcons } from '../../../ui/later-icons.ts';
import { showToast } from '../../../ui/notices.tsx';
import { type SiteQuery, writeSiteQuery } from './site-query.ts';

const FORMATS = ['csv', 'xlsx', 'geojson'] as const;

/** Everything that the filters show as a file; the page one stands on does not narrow it. */
export function ExportButtons({ query }: { query: SiteQuery }) {
  const m = useTexts({ zh, en });
  const refusal = useRefusals();
  const [busy, setBusy] = useState<string | null>(null);

  async function save(format: (typeof FORMATS)[number]): Promise<void> {
    setBusy(format);
    try {
      const search = writeSiteQuery({ ...query, cursor: '' }, { format });
      await saveFile(officeApiPaths.exportSites(search), `luyi-sites.${format}`);
      showToast({ text: m.exported });
    } catch (error) {
      showToast({ text: refusal(error), staysMs: null });
    } finally {
      setBusy(null);
    }
  }

  return FORMATS.map((format) => (
    <Button
      key={format}
      icon={laterIcons.paper}
      title={m.exportHint}
      aria-label={`${m.export}: ${m[format]}`}
      disabled={busy !== null}
      onClick={() => void save(format)}
    >
      {busy === format ? m.exporting : m[format]}
    </Button>
  ));
}
