import { classes } from '../../../ui/classes.ts';
import table from '../../../ui/table.module.css';
import styles from './desk.module.css';

/** A short list of counts under a heading; `cells` are what stands in the row after its name. */
export function CountTable({
  id,
  heading,
  columns,
  rows,
  empty,
}: {
  id: string;
  heading: string;
  /** The first names the rows, the others are numbers. */
  columns: readonly string[];
  rows: readonly { key: string; name: string; cells: readonly string[] }[];
  empty?: string;
}) {
  return (
    <section className={styles.card} aria-labelledby={id}>
      <h2 id={id}>{heading}</h2>
      {rows.length === 0 ? (
        <p className={styles.quiet}>{empty}</p>
      ) : (
        <div className={table.scroll}>
          <table className={classes(table.table, table.cards)}>
            <thead>
              <tr>
                {columns.map((column, index) => (
                  <th key={column} scope="col" className={index === 0 ? undefined : table.number}>
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ key, name, cells }) => (
                <tr key={key}>
                  <th scope="row">{name}</th>
                  {cells.map((cell, index) => (
                    <td key={columns[index + 1]} data-label={columns[index + 1]} className={table.number}>
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
