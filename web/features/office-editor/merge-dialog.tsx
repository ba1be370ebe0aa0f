import { useEffect, useRef, useState } from 'react';
import { changesBetween } from '#domain/places/document-changes.ts';
import { mergeDocuments } from '#domain/places/merge-documents.ts';
import type { SiteDocument } from '#domain/places/site-document.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ChangeList } from './change-list.tsx';
import { type NamesOfCodes, pathWords, valueWords } from './change-words.ts';
import { applyChoices, type ConflictGroup, groupConflicts, type Side } from './merge-choices.ts';
import styles from './site-editor.module.css';
import { useEditorTexts } from './use-editor-texts.ts';
import { momentWords } from './words.ts';

/** So many changes of the other side are in view from the start. */
const FEW = 5;

export type Collision = {
  /** What both began from. */
  base: SiteDocument;
  mine: SiteDocument;
  theirs: SiteDocument;
  by: string | null;
  at: string | null;
};

/** Two edits of one place, brought together field by field; nothing is overwritten without somebody saying so. */
export function MergeDialog({
  collision,
  names,
  nowMs,
  onMerged,
  onClose,
}: {
  collision: Collision;
  names: NamesOfCodes;
  nowMs: number;
  onMerged: (document: SiteDocument) => void;
  onClose: () => void;
}) {
  const t = useEditorTexts();
  const m = t.merge;
  const { base, mine, theirs, by, at } = collision;
  const { merged, conflicts } = mergeDocuments(base, mine, theirs);
  const groups = groupConflicts(conflicts);
  const [choices, setChoices] = useState<Record<string, Side>>({});
  const [reminded, setReminded] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(function focusFirstChoice() {
    form.current?.querySelector<HTMLElement>('input, button')?.focus();
  }, []);
  const settled = new Set(conflicts.map(({ path }) => path));
  const taken = changesBetween(base, theirs).filter(({ path }) => !settled.has(path));

  return (
    <Dialog open onClose={onClose} title={m.title} closeLabel={t.close}>
      <p>
        {at !== null && m.by(by ?? m.somebody, momentWords(at, nowMs, t))} {groups.length ? m.hint : m.none}
      </p>
      <form
        ref={form}
        className={styles.part}
        onSubmit={(event) => {
          event.preventDefault();
          const open = groups.findIndex(({ key }) => !choices[key]);
          if (open < 0) return onMerged(applyChoices(merged, groups, choices));
          setReminded(true);
          form.current?.querySelectorAll('fieldset')[open]?.querySelector('input')?.focus();
        }}
      >
        {groups.map((group) => (
          <div key={group.key} className={styles.conflict}>
            <ChoiceGroup<Side | ''>
              legend={group.conflicts.map(({ path }) => pathWords(path, t)).join(t.change.comma)}
              value={choices[group.key] ?? ''}
              onChange={(side) => side && setChoices({ ...choices, [group.key]: side })}
              options={[
                { value: 'mine', label: m.mine(sideWords(group, 'mine')) },
                { value: 'theirs', label: m.theirs(sideWords(group, 'theirs')) },
              ]}
            />
            <p className={styles.quiet}>{m.base(sideWords(group, 'base'))}</p>
          </div>
        ))}
        {taken.length > 0 && (
          <details open={taken.length <= FEW}>
            <summary className={styles.summary}>{m.theirsTaken}</summary>
            <ChangeList changes={taken} names={names} />
          </details>
        )}
        {reminded && groups.some(({ key }) => !choices[key]) && (
          <p role="alert" className={styles.warning}>
            {m.missing}
          </p>
        )}
        <div className={styles.inline}>
          <Button type="submit" variant="primary" icon="check">
            {m.confirm}
          </Button>
          <Button onClick={onClose}>{m.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );

  function sideWords({ conflicts: fields }: ConflictGroup, side: Side | 'base'): string {
    return fields.map((conflict) => valueWords(conflict.path, conflict[side], t, names)).join(' · ');
  }
}
