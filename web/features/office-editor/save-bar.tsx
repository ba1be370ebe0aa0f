import { Button } from '../../ui/button.tsx';
import type { EditorMode, SaveMode } from './save-dialog.tsx';
import { goToSection } from './form-section.tsx';
import styles from './site-editor.module.css';
import type { DraftState } from './use-autosave.ts';
import { useEditorTexts } from './use-editor-texts.ts';
import { timeWords } from './words.ts';

const SECTIONS = ['identity', 'access', 'position', 'services', 'photos', 'status', 'note', 'verify'] as const;

/** The parts of the form, to go to. */
export function SectionJumps({ mode, className }: { mode: EditorMode; className: string }) {
  const t = useEditorTexts();
  const sections = mode === 'propose' || mode === 'look' ? SECTIONS.slice(0, -1) : SECTIONS;
  return (
    <nav aria-label={t.sections.label} className={className}>
      {sections.map((name) => (
        <button key={name} type="button" onClick={() => goToSection(name)}>
          {t.sections[name]}
        </button>
      ))}
    </nav>
  );
}

/** Always in view: the parts of the form, how much has changed, whether it is kept, and the button that saves. */
export function SaveBar({
  mode,
  changeCount,
  problemCount,
  dirty,
  draft,
  onSave,
}: {
  mode: SaveMode;
  changeCount: number;
  problemCount: number;
  dirty: boolean;
  draft: DraftState;
  onSave: () => void;
}) {
  const t = useEditorTexts();
  const label = mode === 'propose' ? t.save.propose : mode === 'create' ? t.save.create : t.save.save;
  return (
    <div className={styles.bar}>
      <SectionJumps mode={mode} className={styles.jumps!} />
      <div className={styles.saving}>
        <output className={problemCount ? styles.barProblem : styles.barState}>{stateWords()}</output>
        <Button variant="primary" aria-keyshortcuts="Control+S Meta+S" title={t.save.shortcut} onClick={onSave}>
          {label}
        </Button>
      </div>
    </div>
  );

  function stateWords(): string {
    if (problemCount) return t.problems.heading(problemCount);
    const count = changeCount ? t.save.dirty(changeCount) : dirty ? '' : t.save.nothing;
    return [count, changeCount && draftWords()].filter(Boolean).join(' · ');
  }

  function draftWords(): string {
    if (draft.status === 'saving') return t.save.draftSaving;
    if (draft.status === 'failed') return t.save.draftFailed;
    return draft.status === 'saved' ? t.save.draftSaved(timeWords(draft.atMs)) : '';
  }
}
