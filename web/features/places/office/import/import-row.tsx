import type { ImportRowView, ImportView } from '#domain/places/import-contract.ts';
import { Button } from '../../../../ui/button.tsx';
import { FateMark } from './fate-mark.tsx';
import { DuplicateQuestion } from './duplicate-question.tsx';
import styles from './import.module.css';
import { columnName, issueWords } from './import-words.ts';
import { useDecision } from './use-decision.ts';
import { useImportTexts } from './use-import-texts.ts';

/** One row: its words, its fate, what was found, and what may be decided. */
export function ImportRow({ row, view, onChanged }: { row: ImportRowView; view: ImportView; onChanged: () => void }) {
  const m = useImportTexts();
  const { decide, busy } = useDecision(view.id, row.row, onChanged);
  const { settings, header, state } = view;
  const listed = (field: string) => {
    const column = settings.columns[field];
    return column === undefined ? '' : (row.cells[column] ?? '');
  };
  const mayDecide = state === 'checked' && row.fate !== 'error';
  // Only a place that was found by nearness has a distance; one known by its number is no question.
  const hasTwin = row.site !== null && row.site.distanceM !== null;
  return (
    <tr data-row="" data-import-row={row.row}>
      <th scope="row" className={styles.what}>
        <span className={styles.quiet}>{m.rows.row(row.row)}</span>{' '}
        <span>{row.document?.name ?? (listed('name') || m.rows.noName)}</span>
        <span className={styles.address}>{row.document?.address ?? listed('address')}</span>
        <details className={styles.more}>
          <summary>{m.rows.cells}</summary>
          <dl className={styles.cells}>
            {row.cells.map((cell, column) =>
              cell ? (
                <div key={column}>
                  <dt>{columnName(header, column, m)}</dt>
                  <dd>{cell}</dd>
                </div>
              ) : null,
            )}
          </dl>
        </details>
      </th>
      <td className={styles.fate}>
        <FateMark fate={row.fate} /> {m.fates[row.fate]}
      </td>
      <td className={styles.issues}>
        {row.issues.length > 0 && (
          <ul>
            {row.issues.map((issue, index) => (
              <li key={index}>{issueWords(issue, m)}</li>
            ))}
          </ul>
        )}
      </td>
      <td className={styles.decide}>
        {hasTwin && state === 'checked' ? (
          <DuplicateQuestion row={row} view={view} busy={busy} decide={decide} />
        ) : (
          mayDecide && (
            <Button
              variant="quiet"
              disabled={busy}
              aria-label={m.duplicate.for(row.decision === 'skip' ? m.rows.unskip : m.rows.skip, row.row)}
              onClick={() => void decide(row.decision === 'skip' ? null : 'skip')}
            >
              {row.decision === 'skip' ? m.rows.unskip : m.rows.skip}
            </Button>
          )
        )}
      </td>
    </tr>
  );
}
