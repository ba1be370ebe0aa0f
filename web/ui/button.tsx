import type { AnchorHTMLAttributes, ButtonHTMLAttributes, Ref } from 'react';
import styles from './button.module.css';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';
import type { Sign } from './icon-paths.ts';

export type ButtonLook = {
  /** `primary`: the one thing to do here. `plain`: other choices. `quiet`: in running text. `danger`: emergencies. */
  variant?: 'primary' | 'plain' | 'quiet' | 'danger';
  icon?: Sign;
  /** Fills the line. */
  wide?: boolean;
};

function look({ variant = 'plain', wide }: ButtonLook, className?: string): string {
  return classes(styles.button, styles[variant], wide && styles.wide, className);
}

export function Button({
  variant,
  icon,
  wide,
  className,
  children,
  ...rest
}: ButtonLook & ButtonHTMLAttributes<HTMLButtonElement> & { ref?: Ref<HTMLButtonElement> }) {
  return (
    <button type="button" {...rest} className={look({ variant, wide }, className)}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

/** A link that looks like a button: for addresses, telephone numbers and other apps. Also the child of a router link. */
export function ButtonLink({
  variant,
  icon,
  wide,
  className,
  children,
  ...rest
}: ButtonLook & AnchorHTMLAttributes<HTMLAnchorElement>) {
  return (
    <a {...rest} className={look({ variant, wide }, className)}>
      {icon && <Icon name={icon} />}
      {children}
    </a>
  );
}

/** A round button that shows only a sign. `label` is what it does, in words. */
export function IconButton({
  icon,
  label,
  floating,
  className,
  ...rest
}: { icon: Sign; label: string; floating?: boolean } & ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      className={classes(styles.button, styles.icon, floating && styles.floating, className)}
    >
      <Icon name={icon} size={1.5} />
    </button>
  );
}
