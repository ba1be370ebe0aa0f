import type { FieldChange } from '#domain/places/office-contract.ts';
import styles from './change-list.module.css';
import { changeWords, type NamesOfCodes } from './change-words.ts';
import { useEditorTexts } from './use-editor-texts.ts';

/** What changes, field by field, before and after in words. */
export function ChangeList({ changes, names }: { changes: readonly FieldChange[]; names: NamesOfCodes }) {
  const t = useEditorTexts();
  return (
    <dl className={styles.changes}>
      {changes.map((change) => {
        const { path, label, before, after } = changeWords(change, t, names);
        return (
          <div key={path}>
            <dt>{label}</dt>
            <dd>
              <span className="visually-hidden">{t.change.before} </span>
              <del>{before}</del>
              <span className="visually-hidden"> {t.change.after} </span>
              <span aria-hidden="true" className={styles.arrow}>
                →
              </span>
              <ins>{after}</ins>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
