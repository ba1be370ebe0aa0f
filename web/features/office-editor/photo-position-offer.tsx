import type { Point } from '#domain/geo/point.ts';
import { Button } from '../../ui/button.tsx';
import { roundPoint } from './typed-coordinates.ts';
import styles from './photos.module.css';
import { useEditorTexts } from './use-editor-texts.ts';
import { metresWords } from './words.ts';

/** A photo says where it was taken: offered as the pin, and never taken without being asked. */
export function PhotoPositionOffer({
  position,
  pin,
  awayM,
  sameM,
  onUse,
  onLeave,
}: {
  position: Point;
  pin: Point | null;
  awayM: number | null;
  sameM: number;
  onUse: (point: Point) => void;
  onLeave: () => void;
}) {
  const t = useEditorTexts();
  const m = t.photos;
  if (pin && awayM !== null && awayM <= sameM) return <p className={styles.offer}>{m.samePlace}</p>;
  return (
    <output className={styles.offer}>
      <span>{awayM === null ? m.takenHereNoPin : m.takenHere(metresWords(awayM, t))}</span>
      <span className={styles.actions}>
        <Button variant="primary" icon="pin" onClick={() => onUse(roundPoint(position))}>
          {m.usePosition}
        </Button>
        <Button onClick={onLeave}>{m.notPosition}</Button>
      </span>
    </output>
  );
}
