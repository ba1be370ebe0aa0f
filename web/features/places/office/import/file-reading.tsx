import type { ImportView } from '#domain/places/import-contract.ts';
import { officePaths } from '../../../../client/office-paths.ts';
import { Icon } from '../../../../ui/icon.tsx';
import { goInApp } from '../../../../ui/location.ts';
import table from '../../../../ui/table.module.css';
import styles from './import.module.css';
import { columnName, warningWords } from './import-words.ts';
import { useImportTexts } from './use-import-texts.ts';

/** How the file was read, what was odd about it, and its first rows as they stand there. */
export function FileReading({ view }: { view: ImportView }) {
  const m = useImportTexts();
  const { format, encoding, delimiter, header, sample, warnings, sameFileAs } = view;
  return (
    <section className={styles.card} aria-labelledby="import-reading">
      <h2 id="import-reading">{m.read.heading}</h2>
      <dl className={styles.facts}>
        <Fact name={m.read.format} value={format?.toUpperCase() ?? null} />
        <Fact name={m.read.encoding} value={encoding?.toUpperCase() ?? null} />
        <Fact name={m.read.delimiter} value={delimiter && (m.read.delimiters[delimiter] ?? delimiter)} />
        <Fact name={m.read.columns} value={String(header.length)} />
      </dl>
      {warnings.map((warning) => (
        <p key={warning} className={styles.notice}>
          <Icon name="warning" size={1.125} /> {warningWords(warning, m)}
        </p>
      ))}
      {sameFileAs && (
        <p className={styles.notice}>
          <Icon name="warning" size={1.125} /> {m.read.sameFile}{' '}
          <a href={officePaths.import(sameFileAs)} onClick={goInApp}>
            {m.read.sameFileLink}
          </a>
        </p>
      )}
      {sample.length > 0 && (
        <details className={styles.more}>
          <summary>{m.read.preview}</summary>
          {/* It scrolls sideways, so that the keyboard must reach it. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <section className={table.scroll} aria-label={m.read.sample} tabIndex={0}>
            <table className={table.table}>
              <thead>
                <tr>
                  {header.map((_, column) => (
                    <th key={column} scope="col">
                      {columnName(header, column, m)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {sample.map((cells, index) => (
                  <tr key={index}>
                    {header.map((_, column) => (
                      <td key={column} className={styles.cell}>
                        {cells[column]}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </details>
      )}
    </section>
  );
}

function Fact({ name, value }: { name: string; value: string | null }) {
  if (!value) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
