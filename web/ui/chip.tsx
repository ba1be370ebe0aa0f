import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './chip.module.css';
import { Icon } from './icon.tsx';
import type { Sign } from './icon-paths.ts';

/** A switch that narrows what is shown. Pressed says so by colour, weight and a tick. */
export function Chip({
  pressed,
  onPressedChange,
  icon,
  children,
}: {
  pressed: boolean;
  onPressedChange: (pressed: boolean) => void;
  icon?: Sign;
  children: ReactNode;
}) {
  return (
    <button type="button" className={styles.chip} aria-pressed={pressed} onClick={() => onPressedChange(!pressed)}>
      {pressed ? <Icon name="check" size={1.125} /> : icon && <Icon name={icon} size={1.125} />}
      {children}
    </button>
  );
}

/** Chips in one line that scrolls sideways (`wrap`: in as many lines as needed), announced as a group. */
export function ChipRow({ label, wrap, children }: { label: string; wrap?: boolean; children: ReactNode }) {
  return (
    <fieldset aria-label={label} className={classes(styles.row, wrap && styles.wrap)}>
      {children}
    </fieldset>
  );
}
