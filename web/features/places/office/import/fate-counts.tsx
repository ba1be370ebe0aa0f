import { ROW_FATES } from '#domain/places/office.ts';
import { FateMark } from './fate-mark.tsx';
import styles from './import.module.css';
import { useImportTexts } from './use-import-texts.ts';

/** How many rows have each fate; fates that no row has are left out. */
export function FateCounts({ counts }: { counts: Record<string, number> }) {
  const m = useImportTexts();
  return (
    <ul className={styles.counts}>
      {ROW_FATES.filter((fate) => counts[fate]).map((fate) => (
        <li key={fate}>
          <FateMark fate={fate} />
          {m.count(m.fates[fate], counts[fate]!)}
        </li>
      ))}
    </ul>
  );
}
