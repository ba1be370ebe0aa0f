import type { ReactNode } from 'react';
import styles from './insurance.module.css';

/** What most people need not open; `note` says in a line what is inside. */
export function Folded({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <details className={styles.box}>
      <summary>
        <strong>{title}</strong>
        {note && <span className={styles.quiet}>{note}</span>}
      </summary>
      <div className={styles.inside}>{children}</div>
    </details>
  );
}
