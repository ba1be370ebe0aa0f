import { VERIFIED_FACTS } from '#domain/places/catalogue.ts';
import type { OfficeSiteRow } from '#domain/places/office-contract.ts';
import { office as officeEn } from '../../../client/messages/en/office.ts';
import { officeSites as en } from '../../../client/messages/en/office-sites.ts';
import { office as officeZh } from '../../../client/messages/zh/office.ts';
import { officeSites as zh } from '../../../client/messages/zh/office-sites.ts';
import { officePaths } from '../../../client/office-paths.ts';
import { useTexts } from '../../../client/texts.ts';
import { Badge } from '../../../ui/badge.tsx';
import { classes } from '../../../ui/classes.ts';
import { goInApp } from '../../../ui/location.ts';
import table from '../../../ui/table.module.css';
import { useDetails } from '../use-details.ts';
import { FactBadge } from './fact-badge.tsx';
import type { SiteQuery, SiteSort } from './site-query.ts';
import styles from './site-table.module.css';
import { useAreas } from './use-areas.ts';

const SHOWN_SERVICES = 3;

/** One page of places with how fresh each fact is; on a phone each row is a card. */
export function SiteTable({
  rows,
  query,
  caption,
  nowMs,
  onSort,
}: {
  rows: readonly OfficeSiteRow[];
  query: SiteQuery;
  caption: string;
  nowMs: number;
  onSort: (sort: SiteSort) => void;
}) {
  const m = useTexts({ zh, en });
  const { columns } = m;
  return (
    <div className={table.scroll}>
      <table className={classes(table.table, table.cards)}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <SortHead sort="name" query={query} onSort={onSort} label={columns.name} />
            <SortHead sort="street" query={query} onSort={onSort} label={columns.street} />
            <th scope="col">{columns.status}</th>
            <th scope="col">{columns.services}</th>
            {VERIFIED_FACTS.map((fact) => (
              <th key={fact} scope="col">
                {columns[fact]}
              </th>
            ))}
            <SortHead sort="reports" query={query} onSort={onSort} label={columns.reports} />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <SiteRow key={row.id} row={row} nowMs={nowMs} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SiteRow({ row, nowMs }: { row: OfficeSiteRow; nowMs: number }) {
  const m = useTexts({ zh, en });
  const office = useTexts({ zh: officeZh, en: officeEn });
  const card = useDetails();
  const { nameOf } = useAreas();
  const services = row.services.slice(0, SHOWN_SERVICES).map((service) => card.services[service]);
  return (
    <tr data-row="">
      <th scope="row">
        <a href={officePaths.site(row.id)} className={styles.name} data-open="" onClick={goInApp}>
          {row.name}
        </a>
        {row.demo && <Badge tone="warning">{card.badges.demo}</Badge>}{' '}
        {!row.placed && <Badge tone="warning">{m.unplacedBadge}</Badge>}
        {row.address && <span className={styles.address}>{row.address}</span>}
      </th>
      <td className={table.tight}>{nameOf(row.streetCode) ?? nameOf(row.districtCode) ?? office.noStreet}</td>
      <td className={table.tight}>
        <Badge tone={row.status === 'open' ? 'good' : 'neutral'}>{office.statuses[row.status]}</Badge>
      </td>
      <td className={styles.services}>
        {services.join(office.listComma)}
        {row.services.length > SHOWN_SERVICES && ` ${m.moreServices(row.services.length)}`}
      </td>
      {VERIFIED_FACTS.map((fact) => {
        const state = row.facts.find((known) => known.fact === fact);
        return (
          <td key={fact} className={table.tight} data-label={m.columns[fact]}>
            {state && <FactBadge state={state} nowMs={nowMs} />}
          </td>
        );
      })}
      <td className={classes(table.tight, !row.openReports && styles.without)}>
        {row.openReports ? (
          <Badge tone="warning" icon="megaphone">
            {m.reports(row.openReports)}
          </Badge>
        ) : (
          <span className={styles.quiet}>{m.noReports}</span>
        )}
      </td>
    </tr>
  );
}

function SortHead({
  sort,
  query,
  onSort,
  label,
}: {
  sort: SiteSort;
  query: SiteQuery;
  onSort: (sort: SiteSort) => void;
  label: string;
}) {
  const sorted = query.sort === sort;
  return (
    <th scope="col" aria-sort={sorted ? (sort === 'reports' ? 'descending' : 'ascending') : undefined}>
      <button type="button" className={table.sort} data-sorted={sorted ? '' : undefined} onClick={() => onSort(sort)}>
        {label} <span aria-hidden="true">{sorted ? (sort === 'reports' ? '↓' : '↑') : '↕'}</span>
      </button>
    </th>
  );
}
