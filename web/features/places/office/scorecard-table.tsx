import { VERIFIED_FACTS } from '#domain/places/catalogue.ts';
import type { ScorecardRow } from '#domain/places/office-contract.ts';
import { scorecard as en } from '../../../client/messages/en/scorecard.ts';
import { scorecard as zh } from '../../../client/messages/zh/scorecard.ts';
import { officePaths } from '../../../client/office-paths.ts';
import { useTexts } from '../../../client/texts.ts';
import { classes } from '../../../ui/classes.ts';
import { goInApp } from '../../../ui/location.ts';
import table from '../../../ui/table.module.css';
import { useDetails } from '../use-details.ts';
import { hoursNumber, type ScorecardSort, sortScorecard } from './scorecard-rows.ts';
import styles from './scorecard.module.css';
import { ShareBar } from './share-bar.tsx';

/** A row per street; every figure leads to the places that it counts. */
export function ScorecardTable({
  rows,
  sort,
  down,
  caption,
  onSort,
}: {
  rows: readonly ScorecardRow[];
  sort: ScorecardSort;
  down: boolean;
  caption: string;
  onSort: (sort: ScorecardSort, down: boolean) => void;
}) {
  const m = useTexts({ zh, en });
  const card = useDetails();

  function head(column: ScorecardSort, label: string, title?: string) {
    const sorted = sort === column;
    // Names begin at the first, numbers at the largest.
    const nextDown = sorted ? !down : column !== 'name';
    return (
      <th key={column} scope="col" title={title} aria-sort={sorted ? (down ? 'descending' : 'ascending') : undefined}>
        <button
          type="button"
          className={table.sort}
          data-sorted={sorted ? '' : undefined}
          onClick={() => onSort(column, nextDown)}
        >
          {label} <span aria-hidden="true">{sorted ? (down ? '↓' : '↑') : '↕'}</span>
        </button>
      </th>
    );
  }

  return (
    <div className={table.scroll}>
      <table className={classes(table.table, table.cards)}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {head('name', m.street)}
            {head('places', m.places)}
            {VERIFIED_FACTS.map((fact) => head(fact, m.verified(card.facts[fact])))}
            {head('reports', `${m.answered} / ${m.reports}`)}
            {head('median', m.median)}
            {head('stock', m.stockOut, m.stockOutHint)}
          </tr>
        </thead>
        <tbody>
          {sortScorecard(rows, sort, down).map((row) => (
            <tr key={row.code} data-row="">
              <th scope="row" className={styles.street}>
                <a
                  className={table.link}
                  href={officePaths.sites(`?street=${row.code}`)}
                  data-open=""
                  onClick={goInApp}
                >
                  {row.name}
                </a>
              </th>
              <td data-label={m.places}>{row.places}</td>
              {VERIFIED_FACTS.map((fact) => {
                const verified = row.verified.find((known) => known.fact === fact);
                return (
                  <td key={fact} data-label={m.verified(card.facts[fact])}>
                    {verified && <ShareBar verified={verified} places={row.places} />}
                  </td>
                );
              })}
              <td data-label={`${m.answered} / ${m.reports}`}>{m.ofPlaces(row.answered, row.reports)}</td>
              <td data-label={m.median}>
                {row.medianAnswerHours === null ? (
                  <span className={styles.quiet}>{m.noAnswer}</span>
                ) : (
                  m.hours(hoursNumber(row.medianAnswerHours))
                )}
              </td>
              <td data-label={m.stockOut}>{m.days(hoursNumber(row.stockOutDays))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
