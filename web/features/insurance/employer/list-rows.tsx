import { type ReactNode, useRef, useState } from 'react';
import type { EmployerFileView, EmployerRowPage, EmployerRowView } from '#domain/insurance/employer-file-contract.ts';
import { type EmployerRowState } from '#domain/insurance/employer-file-states.ts';
import { COLUMN_WORDS, employerIssueWords } from '#domain/insurance/employer-file-words.ts';
import { saveFile } from '../../../client/ask.ts';
import { employerApiPaths } from '../../../client/employer-files.ts';
import { useLanguage } from '../../../client/messages.ts';
import { type Asked, useAsked } from '../../../client/use-asked.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Chip, ChipRow } from '../../../ui/chip.tsx';
import { classes } from '../../../ui/classes.ts';
import { laterIcons } from '../../../ui/later-icons.ts';
import { showToast } from '../../../ui/notices.tsx';
import table from '../../../ui/table.module.css';
import styles from './employer.module.css';
import { daysText } from './employer-words.ts';
import { useEmployerRefusals, useEmployerTexts } from './use-employer-texts.ts';

const PAGE_SIZE = 25;
/** From so many on, it is the file and not its rows. */
const MANY_ERRORS = 200;
const SHOWN = ['bad', 'good', 'already'] as const satisfies readonly EmployerRowState[];

/** The rows, one page at a time, each with what is wrong in words. `show` says what there is while it is being asked. */
export function ListRows({
  file,
  show,
}: {
  file: EmployerFileView;
  show: (asked: Asked<EmployerRowPage>, children: (page: EmployerRowPage) => ReactNode) => ReactNode;
}) {
  const m = useEmployerTexts();
  const language = useLanguage();
  const refusal = useEmployerRefusals();
  const [state, setState] = useState<EmployerRowState | ''>(file.counts.bad > 0 ? 'bad' : '');
  const [cursor, setCursor] = useState('');
  const heading = useRef<HTMLHeadingElement>(null);
  const asked = useAsked<EmployerRowPage>(employerApiPaths.rows(file.id, { state, cursor, limit: PAGE_SIZE }));
  const { counts } = file;

  function filter(next: EmployerRowState | ''): void {
    setState(next);
    setCursor('');
  }
  function turn(to: string): void {
    setCursor(to);
    heading.current?.scrollIntoView();
    heading.current?.focus({ preventScroll: true });
  }
  async function saveErrors(): Promise<void> {
    try {
      await saveFile(employerApiPaths.errors(file.id, language), 'errors.csv');
    } catch (error) {
      showToast({ text: refusal(error) });
    }
  }

  return (
    <section className={styles.card} aria-labelledby="list-rows">
      <h2 id="list-rows" ref={heading} tabIndex={-1}>
        {m.rows.heading}
      </h2>
      <ChipRow label={m.rows.filter} wrap>
        <Chip pressed={state === ''} onPressedChange={() => filter('')}>
          {m.rows.all(file.rowsTotal)}
        </Chip>
        {SHOWN.filter((one) => counts[one] > 0 || one === state).map((one) => (
          <Chip key={one} pressed={state === one} onPressedChange={() => filter(state === one ? '' : one)}>
            {m.rows.count(m.rowStates[one], counts[one])}
          </Chip>
        ))}
      </ChipRow>
      {counts.bad >= MANY_ERRORS && <p className={styles.notice}>{m.rows.tooMany}</p>}
      {counts.bad > 0 && (
        <div className={styles.actions}>
          <Button icon={laterIcons.paper} onClick={() => void saveErrors()}>
            {m.rows.errors}
          </Button>
        </div>
      )}
      {show(asked, ({ rows, nextCursor }) =>
        rows.length === 0 ? (
          <p className={styles.quiet}>{m.rows.empty}</p>
        ) : (
          <>
            <table className={classes(table.table, table.cards, styles.rows)}>
              <thead>
                <tr>
                  <th scope="col">{m.rows.columns.row}</th>
                  <th scope="col">{m.rows.columns.who}</th>
                  <th scope="col">{m.rows.columns.days}</th>
                  <th scope="col">{m.rows.columns.result}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <ListRow key={row.row} row={row} />
                ))}
              </tbody>
            </table>
            <div className={styles.actions}>
              {cursor && <Button onClick={() => turn('')}>{m.rows.first}</Button>}
              {nextCursor && <Button onClick={() => turn(nextCursor)}>{m.rows.more}</Button>}
            </div>
          </>
        ),
      )}
    </section>
  );
}

function ListRow({ row }: { row: EmployerRowView }) {
  const m = useEmployerTexts();
  const language = useLanguage();
  return (
    <tr>
      <th scope="row">{m.rows.row(row.row)}</th>
      <td>
        {row.name ?? '—'}
        <span className={styles.numbers}>{[row.idNumber, row.phone].filter(Boolean).join(' · ')}</span>
      </td>
      <td className={styles.days}>{daysText(row.days) || '—'}</td>
      <td>
        <Badge tone={row.state === 'bad' ? 'warning' : row.state === 'good' ? 'good' : 'neutral'}>
          {m.rowStates[row.state]}
        </Badge>
        {row.issues.length > 0 && (
          <ul className={styles.issues}>
            {row.issues.map((issue) => {
              const words = employerIssueWords(issue, language);
              return (
                <li key={`${issue.code} ${issue.column}`}>
                  {issue.column ? m.rows.column(COLUMN_WORDS[language][issue.column], words) : words}
                </li>
              );
            })}
          </ul>
        )}
      </td>
    </tr>
  );
}
