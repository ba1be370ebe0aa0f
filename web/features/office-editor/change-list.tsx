import type { FieldChange } from '#domain/places/office-contract.ts';
import styles from './change-list.module.css';
import { changeWords, type NamesOfCodes } from './change-words.ts';
import { useEditorTexts } from './use-editor-texts.ts';

/** What changes, field by field, before and after in words. */
export function ChangeList({
  changes,
  names,
  most = Infinity,
}: {
  changes: readonly FieldChange[];
  names: NamesOfCodes;
  /** More than these are folded away. */
  most?: number;
}) {
  const t = useEditorTexts();
  if (changes.length > most) {
    return (
      <>
        <ChangeList changes={changes.slice(0, most)} names={names} />
        <details>
          <summary className={styles.more}>{t.change.more(changes.length - most)}</summary>
          <ChangeList changes={changes.slice(most)} names={names} />
        </details>
      </>
    );
  }
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
