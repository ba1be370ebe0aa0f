import type { ReactNode } from 'react';
import styles from './badge.module.css';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';
import type { Sign } from './icon-paths.ts';

export type BadgeTone = 'neutral' | 'good' | 'warning' | 'accent' | 'outline';

/** A short state in words; the tone only repeats what the words say. */
export function Badge({ tone = 'neutral', icon, children }: { tone?: BadgeTone; icon?: Sign; children: ReactNode }) {
  return (
    <span className={classes(styles.badge, tone !== 'neutral' && styles[tone])}>
      {icon && <Icon name={icon} size={1} />}
      {children}
    </span>
  );
}
