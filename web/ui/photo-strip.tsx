import { useEffect, useId, useRef, useState } from 'react';
import { IconButton } from './button.tsx';
import { laterIcons } from './later-icons.ts';
import styles from './photo-strip.module.css';

export type StripPhoto = { id: string; thumb: string; full: string; alt: string; caption?: string | undefined };
export type StripWords = { view: (what: string) => string; close: string; previous: string; next: string };

/** Photos in a row to swipe through; a tap shows one as large as the screen. Those that do not load are left out. */
export function PhotoStrip({
  photos,
  label,
  words,
  small,
}: {
  photos: readonly StripPhoto[];
  label: string;
  words: StripWords;
  small?: boolean;
}) {
  const [failed, setFailed] = useState<ReadonlySet<string>>(new Set());
  const [shown, setShown] = useState<number | null>(null);
  const there = photos.filter(({ thumb }) => !failed.has(thumb));
  if (there.length === 0) return null;
  return (
    <>
      <ul className={small ? `${styles.strip} ${styles.small}` : styles.strip} aria-label={label}>
        {there.map((photo, index) => (
          <li key={photo.id}>
            <button type="button" aria-label={words.view(photo.alt)} onClick={() => setShown(index)}>
              <img
                src={photo.thumb}
                alt={photo.alt}
                loading="lazy"
                decoding="async"
                onError={() => setFailed((old) => new Set([...old, photo.thumb]))}
              />
            </button>
            {photo.caption && !small && <span aria-hidden="true">{photo.caption}</span>}
          </li>
        ))}
      </ul>
      <PhotoViewer photos={there} shown={shown} words={words} onShow={setShown} />
    </>
  );
}

function PhotoViewer({
  photos,
  shown,
  words,
  onShow,
}: {
  photos: readonly StripPhoto[];
  shown: number | null;
  words: StripWords;
  onShow: (index: number | null) => void;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const photo = shown === null ? undefined : photos[shown];
  const open = photo !== undefined;

  useEffect(
    function followOpen() {
      const dialog = ref.current;
      if (open && dialog && !dialog.open) dialog.showModal();
      else if (!open && dialog?.open) dialog.close();
    },
    [open],
  );

  const step = (by: number) => {
    const next = (shown ?? 0) + by;
    if (photos[next]) onShow(next);
  };

  return (
    // The keys are a shorter way to the two buttons.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={ref}
      className={styles.viewer}
      aria-labelledby={titleId}
      onClose={() => onShow(null)}
      onKeyDown={(event) => {
        if (event.key === 'ArrowRight') step(1);
        if (event.key === 'ArrowLeft') step(-1);
      }}
    >
      {photo && (
        <>
          <img src={photo.full} alt={photo.alt} />
          <p id={titleId}>{photo.caption ?? photo.alt}</p>
          <div className={styles.controls}>
            {photos.length > 1 && (
              <>
                <IconButton
                  icon={laterIcons.back}
                  label={words.previous}
                  disabled={shown === 0}
                  onClick={() => step(-1)}
                />
                <span>
                  {shown! + 1} / {photos.length}
                </span>
                <IconButton
                  icon={laterIcons.forward}
                  label={words.next}
                  disabled={shown === photos.length - 1}
                  onClick={() => step(1)}
                />
              </>
            )}
            <IconButton icon="close" label={words.close} onClick={() => onShow(null)} />
          </div>
        </>
      )}
    </dialog>
  );
}
