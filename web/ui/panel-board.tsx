import { type ReactNode, useState } from 'react';
import { Button } from './button.tsx';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';
import type { Sign } from './icon-paths.ts';
import styles from './panel-board.module.css';

/** One list of work. Any feature can bring some; a page puts them together. */
export type BoardPanel = {
  id: string;
  title: string;
  icon: Sign;
  /** How much there is in all, of which `rows` may be the first part. */
  count: number;
  /** Each row is a `BoardRow` with a key. */
  rows: readonly ReactNode[];
  /** What to say when there is nothing. */
  empty: string;
  /** Where all of it is, when `rows` are only the first. */
  all?: ReactNode;
  /** In the narrower column of a large screen. */
  aside?: boolean;
};

/** More than this is shown when somebody wants it: a list of hundreds helps nobody, and their drawing takes long. */
const FIRST_ROWS = 12;

/** All panels, with a line above that says how much is in which and which number key leads there. */
export function PanelBoard({
  panels,
  summaryLabel,
  moreLabel,
}: {
  panels: readonly BoardPanel[];
  summaryLabel: string;
  moreLabel: (count: number) => string;
}) {
  const numbered = panels.map((panel, index) => ({ panel, number: index + 1 }));
  return (
    <>
      <nav aria-label={summaryLabel} className={styles.summary}>
        {numbered.map(({ panel, number }) => (
          <a key={panel.id} href={`#panel-${panel.id}`} className={classes(panel.count === 0 && styles.none)}>
            <kbd>{number}</kbd>
            {panel.title}
            <strong>{panel.count}</strong>
          </a>
        ))}
      </nav>
      <div className={styles.board}>
        {[false, true].map((aside) => (
          <div key={String(aside)} className={styles.column}>
            {numbered
              .filter(({ panel }) => (panel.aside ?? false) === aside)
              .map(({ panel, number }) => (
                <Panel key={panel.id} panel={panel} number={number} moreLabel={moreLabel} />
              ))}
          </div>
        ))}
      </div>
    </>
  );
}

function Panel({
  panel,
  number,
  moreLabel,
}: {
  panel: BoardPanel;
  number: number;
  moreLabel: (count: number) => string;
}) {
  const { id, title, icon, count, rows, empty, all } = panel;
  const [shown, setShown] = useState(FIRST_ROWS);
  const hidden = rows.length - shown;
  return (
    // In the order of the number keys, which `order` makes the order on a phone too.
    <section
      id={`panel-${id}`}
      data-panel=""
      tabIndex={-1}
      aria-labelledby={`panel-${id}-title`}
      className={styles.panel}
      style={{ order: number }}
    >
      <h2 id={`panel-${id}-title`}>
        <Icon name={icon} size={1.125} />
        {title}
        <span className={styles.count}>{count}</span>
      </h2>
      {rows.length === 0 ? <p className={styles.empty}>{empty}</p> : <ul>{rows.slice(0, shown)}</ul>}
      {(hidden > 0 || (all && count > rows.length)) && (
        <div className={styles.foot}>
          {hidden > 0 && (
            <Button variant="quiet" onClick={() => setShown(shown + 20)}>
              {moreLabel(Math.min(20, hidden))}
            </Button>
          )}
          {count > rows.length && all}
        </div>
      )}
    </section>
  );
}

/** A row that the keyboard can stand on; one link in it carries `data-open`. */
export function BoardRow({ children }: { children: ReactNode }) {
  return (
    <li data-row="" className={styles.row}>
      {children}
    </li>
  );
}
