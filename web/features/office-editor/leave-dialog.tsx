import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import styles from './site-editor.module.css';
import { useEditorTexts } from './use-editor-texts.ts';

/** Somebody is about to leave with changes that are not saved. */
export function LeaveDialog({
  wanted,
  drafted,
  onStay,
  onLeave,
  onDiscard,
}: {
  wanted: boolean;
  drafted: boolean;
  onStay: () => void;
  onLeave: () => void;
  onDiscard: () => void;
}) {
  const t = useEditorTexts();
  return (
    <Dialog open={wanted} onClose={onStay} title={t.leave.title} closeLabel={t.close}>
      <p>{drafted ? t.leave.body : t.leave.bodyNoDraft}</p>
      <div className={styles.inline}>
        <Button variant="primary" onClick={onStay}>
          {t.leave.stay}
        </Button>
        {drafted && <Button onClick={onLeave}>{t.leave.leave}</Button>}
        <Button onClick={onDiscard}>{t.leave.discard}</Button>
      </div>
    </Dialog>
  );
}
