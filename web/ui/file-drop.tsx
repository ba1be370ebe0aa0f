import { type DragEvent, type ReactNode, type RefObject, useState } from 'react';
import type { FieldControl } from './field.tsx';
import styles from './file-drop.module.css';
import { Icon } from './icon.tsx';
import { laterIcons } from './later-icons.ts';

/** One file, chosen or dropped. `children` says which one it is, or what to do; `control` is the field's. */
export function FileDrop({
  control,
  inputRef,
  accept,
  onChoose,
  children,
}: {
  control: FieldControl;
  inputRef: RefObject<HTMLInputElement | null>;
  /** As an input of files has it: `.csv,.xlsx`. */
  accept: string;
  onChoose: (file: File) => void;
  children: ReactNode;
}) {
  const [over, setOver] = useState(false);
  const choose = (file: File | undefined) => file && onChoose(file);

  function onDrop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    choose(event.dataTransfer.files[0]);
  }

  return (
    <div
      className={styles.drop}
      data-over={over ? '' : undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <Icon name={laterIcons.paper} size={1.75} />
      <span>{children}</span>
      <input
        {...control}
        ref={inputRef}
        type="file"
        accept={accept}
        onChange={({ target }) => choose(target.files?.[0])}
      />
    </div>
  );
}
