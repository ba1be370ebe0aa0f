import type { ImportRowView, ImportView } from '#domain/places/import-contract.ts';
import { useKept } from '../../../../client/kept-resource.ts';
import { officePaths } from '../../../../client/office-paths.ts';
import type { RowDecision } from '../../../../client/imports.ts';
import { sites } from '../../../../client/sites.ts';
import { Button } from '../../../../ui/button.tsx';
import styles from './import.module.css';
import { useImportTexts } from './use-import-texts.ts';

/** The row beside the place that it may be, and the three answers. */
export function DuplicateQuestion({
  row,
  view,
  busy,
  decide,
}: {
  row: ImportRowView;
  view: ImportView;
  busy: boolean;
  decide: (decision: RowDecision | null) => Promise<void>;
}) {
  const m = useImportTexts().duplicate;
  const { editSite } = useImportTexts().rows;
  const kept = useKept(sites);
  const site = row.site!;
  const known = kept.status === 'ready' ? kept.data.features.find(({ id }) => id === site.id) : undefined;
  const earlierRow = earlierRowOf(view.id, site.id);
  const details = [
    site.distanceM === null ? null : m.apart(String(Math.round(site.distanceM))),
    site.likeness === null ? null : m.alike(Math.round(site.likeness * 100)),
  ].filter((part) => part !== null);
  const answers: [RowDecision, string][] = [
    ['same', earlierRow === null ? m.same : m.sameRow],
    ['new', m.new],
    ['skip', m.skip],
  ];
  return (
    <fieldset className={styles.twin} aria-label={m.for(m.heading, row.row)}>
      <strong>{m.heading}</strong>
      <dl className={styles.cells}>
        <div>
          <dt>{m.listed}</dt>
          <dd>
            {row.document?.name}
            {row.document?.address && <span className={styles.address}>{row.document.address}</span>}
          </dd>
        </div>
        <div>
          <dt>{earlierRow === null ? m.known : m.earlierRow(earlierRow)}</dt>
          <dd>
            {earlierRow === null ? (
              <a href={officePaths.site(site.id)} target="_blank" rel="noreferrer" title={editSite}>
                {site.name}
              </a>
            ) : (
              site.name
            )}
            {known?.properties.address && <span className={styles.address}>{known.properties.address}</span>}
          </dd>
        </div>
      </dl>
      <span className={styles.quiet}>{details.join(' · ')}</span>
      {row.decision ? (
        <div className={styles.actions}>
          <span>{m.decided[row.decision]}</span>
          <Button variant="quiet" disabled={busy} onClick={() => void decide(null)}>
            {m.takeBack}
          </Button>
        </div>
      ) : (
        <div className={styles.actions}>
          {answers.map(([decision, words]) => (
            <Button key={decision} disabled={busy} onClick={() => void decide(decision)}>
              {words}
            </Button>
          ))}
        </div>
      )}
    </fieldset>
  );
}

/** New places get their id from the import and their row, so that a twin inside the same file can be named by its row. */
function earlierRowOf(importId: string, siteId: string): number | null {
  const prefix = `m${importId.replaceAll('-', '').slice(0, 12)}-`;
  return siteId.startsWith(prefix) ? Number(siteId.slice(prefix.length)) : null;
}
