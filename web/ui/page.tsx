import { type ReactNode, useEffect } from 'react';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';
import { laterIcons } from './later-icons.ts';
import { useFirstScreen } from './first-screen.ts';
import { goInApp } from './location.ts';
import styles from './page.module.css';

/**
 * The frame of every page that is not the map: a bar with the way back and the title, then the content.
 * `back` is an address, not "one step back": it also works for somebody who came by a link.
 */
export function Page({
  title,
  documentTitle,
  back,
  actions,
  wide,
  children,
}: {
  title: string;
  /** For the browser's tab; by default the same as the title. */
  documentTitle?: string;
  back?: { href: string; label: string };
  actions?: ReactNode;
  /** For what stands side by side on a large screen. */
  wide?: boolean;
  children: ReactNode;
}) {
  useFirstScreen(true);
  useEffect(
    function nameTab() {
      document.title = documentTitle ?? title;
    },
    [documentTitle, title],
  );
  return (
    <>
      <header className={styles.bar}>
        {back && (
          <a href={back.href} className={styles.back} aria-label={back.label} title={back.label} onClick={goInApp}>
            <Icon name={laterIcons.back} size={1.5} />
          </a>
        )}
        <h1>{title}</h1>
        {actions}
      </header>
      <main className={classes(styles.main, wide && styles.wide)}>{children}</main>
    </>
  );
}
