import { type ReactNode, useEffect, useId, useRef } from 'react';
import { IconButton } from './button.tsx';
import styles from './dialog.module.css';

/**
 * The browser's own modal dialog: it keeps the focus inside, closes on Escape and gives the focus back.
 * The content exists only while it is open.
 */
export function Dialog({
  open,
  onClose,
  title,
  closeLabel,
  children,
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  closeLabel: string;
  children: ReactNode;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(
    function followOpen() {
      const dialog = ref.current;
      if (open && dialog && !dialog.open) dialog.showModal();
      else if (!open && dialog?.open) dialog.close();
    },
    [open],
  );

  useEffect(
    function closeOnBackdrop() {
      const dialog = ref.current;
      const onClick = (event: MouseEvent) => {
        // Only the backdrop is the dialog element itself: the inside is covered by its children.
        if (event.target === dialog) onClose();
      };
      dialog?.addEventListener('click', onClick);
      return () => dialog?.removeEventListener('click', onClick);
    },
    [onClose],
  );

  return (
    <dialog ref={ref} className={styles.dialog} aria-labelledby={titleId} onClose={onClose}>
      {open && (
        <>
          <div className={styles.head}>
            <h2 id={titleId}>{title}</h2>
            <IconButton icon="close" label={closeLabel} onClick={onClose} />
          </div>
          <div className={styles.body}>{children}</div>
        </>
      )}
    </dialog>
  );
}
