import { useRef } from 'react';
import type { ImportView, RowFate } from '#domain/places/import-contract.ts';
import { ROW_FATES } from '#domain/places/office.ts';
import { type ImportRowPage, importApiPaths } from '../../../../client/imports.ts';
import { useAsked } from '../../../../client/use-asked.ts';
import { Button } from '../../../../ui/button.tsx';
import { Chip, ChipRow } from '../../../../ui/chip.tsx';
import { classes } from '../../../../ui/classes.ts';
import table from '../../../../ui/table.module.css';
import { WhenAsked } from '../when-asked.tsx';
import { FateMark } from './fate-mark.tsx';
import { ImportRow } from './import-row.tsx';
import styles from './import.module.css';
import { useImportTexts } from './use-import-texts.ts';

const PAGE_SIZE = 25;

/** Which rows are shown: of one fate or (empty) of all, after a cursor of the API. */
export type RowsShown = { fate: RowFate | ''; cursor: string };

/** The rows by fate, one page at a time, each with what was found and what can be decided. */
export function ImportRows({
  view,
  shown: { fate, cursor },
  onShow,
  onChanged,
}: {
  view: ImportView;
  shown: RowsShown;
  onShow: (shown: RowsShown) => void;
  onChanged: () => void;
}) {
  const m = useImportTexts();
  const heading = useRef<HTMLHeadingElement>(null);
  const asked = useAsked<ImportRowPage>(importApiPaths.rows(view.id, { fate, cursor, limit: PAGE_SIZE }));
  const total = Object.values(view.counts).reduce((sum, count) => sum + count, 0);

  function filter(next: RowFate | ''): void {
    onShow({ fate: next, cursor: '' });
  }
  function turn(to: string): void {
    onShow({ fate, cursor: to });
    heading.current?.scrollIntoView();
    heading.current?.focus({ preventScroll: true });
  }

  return (
    <section className={styles.card} id="import-rows" tabIndex={-1} aria-labelledby="import-rows-heading">
      <h2 id="import-rows-heading" ref={heading} tabIndex={-1}>
        {m.rows.heading}
      </h2>
      <ChipRow label={m.rows.filter} wrap>
        <Chip pressed={fate === ''} onPressedChange={() => filter('')}>
          {m.rows.allFates(total)}
        </Chip>
        {ROW_FATES.filter((one) => view.counts[one] || one === fate).map((one) => (
          <Chip key={one} pressed={fate === one} onPressedChange={() => filter(fate === one ? '' : one)}>
            <FateMark fate={one} />
            {m.count(m.fates[one], view.counts[one] ?? 0)}
          </Chip>
        ))}
      </ChipRow>
      {fate && <p className={styles.quiet}>{m.fateHints[fate]}</p>}
      <WhenAsked asked={asked}>
        {({ rows, next }) =>
          rows.length === 0 ? (
            <p className={styles.quiet}>{m.rows.empty}</p>
          ) : (
            <>
              <table className={classes(table.table, table.cards, styles.rows)}>
                <thead>
                  <tr>
                    <th scope="col">{m.rows.columns.what}</th>
                    <th scope="col">{m.rows.columns.fate}</th>
                    <th scope="col">{m.rows.columns.issues}</th>
                    <th scope="col">{m.rows.columns.decide}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <ImportRow
                      key={row.row}
                      row={row}
                      view={view}
                      onChanged={() => {
                        asked.retry();
                        onChanged();
                      }}
                    />
                  ))}
                </tbody>
              </table>
              <div className={styles.actions}>
                {cursor && <Button onClick={() => turn('')}>{m.rows.first}</Button>}
                {next && <Button onClick={() => turn(next)}>{m.rows.more}</Button>}
              </div>
            </>
          )
        }
      </WhenAsked>
    </section>
  );
}
