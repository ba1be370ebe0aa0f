import { type ReactNode, useEffect, useRef } from 'react';
import styles from './bottom-sheet.module.css';
import { classes } from './classes.ts';
import { firstScreenShown } from './first-screen.ts';
import type { SheetStop } from './sheet-stops.ts';

/**
 * A sheet over the map with three stops on a phone (drag its head, or focus the handle and use the arrow keys), a
 * panel at the left on a wide screen. It never covers the whole screen and is no dialog: the map stays usable.
 * `header` stays in view; the children scroll.
 */
export function BottomSheet({
  label,
  handleLabel,
  stop,
  onStopChange,
  header,
  className,
  children,
}: {
  label: string;
  /** What the handle does, in words, e.g. "拉高或放低列表". */
  handleLabel: string;
  stop: SheetStop;
  onStopChange: (stop: SheetStop) => void;
  header?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  const sheetRef = useRef<HTMLElement>(null);
  const headRef = useRef<HTMLDivElement>(null);
  const latest = useRef({ stop, onStopChange });
  useEffect(function rememberProps() {
    latest.current = { stop, onStopChange };
  });

  // It comes after the first screen; until then, and where it cannot be fetched, the handle can be tapped.
  useEffect(function letItMove() {
    const listening = new AbortController();
    const [element, head] = [sheetRef.current!, headRef.current!];
    const start = async () => {
      await firstScreenShown;
      const { followFinger } = await import('./sheet-moves.ts');
      followFinger(element, head, listening.signal, {
        stop: () => latest.current.stop,
        onStopChange: (to) => latest.current.onStopChange(to),
      });
    };
    start().catch((error: unknown) => console.warn('The sheet cannot be moved', error));
    return () => listening.abort();
  }, []);

  return (
    <section ref={sheetRef} aria-label={label} className={classes(styles.sheet, className)} data-stop={stop}>
      <div ref={headRef} className={styles.head}>
        <button
          type="button"
          className={styles.handle}
          aria-label={handleLabel}
          aria-expanded={stop !== 'low'}
          onClick={() => {
            if (!sheetRef.current?.hasAttribute('data-dragging')) onStopChange(stop === 'middle' ? 'high' : 'middle');
          }}
        />
        {header}
      </div>
      <div
        className={styles.body}
        onFocus={() => {
          // Focus that walks into a lowered sheet must be seen.
          if (stop === 'low') onStopChange('middle');
        }}
      >
        {children}
      </div>
    </section>
  );
}

export type { SheetStop };
