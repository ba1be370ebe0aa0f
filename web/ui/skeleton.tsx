import styles from './skeleton.module.css';

/** Grey stand-ins for `rows` list entries of two lines each, with the waiting said in words for screen readers. */
export function Skeleton({ rows = 3, label }: { rows?: number; label: string }) {
  return (
    <output className={styles.rows}>
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} className={styles.row} aria-hidden="true">
          <span className={styles.line} style={{ width: `${60 - (row % 3) * 8}%` }} />
          <span className={styles.line} style={{ width: `${85 - (row % 2) * 15}%` }} />
        </span>
      ))}
    </output>
  );
}
