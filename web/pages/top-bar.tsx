import type { ReactNode } from 'react';
import { useMessages } from '../client/messages.ts';
import { paths } from '../client/paths.ts';
import { SettingsButton } from '../shell/settings-button.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { goInApp } from '../ui/location.ts';
import styles from './top-bar.module.css';

/** The name, help after an accident always one tap away, and the other pages; the chips float below. */
export function TopBar({ children }: { children: ReactNode }) {
  const { shell, places: m } = useMessages();
  return (
    <header className={styles.top}>
      <div className={styles.bar}>
        <h1 className={styles.name}>{shell.appName}</h1>
        <ButtonLink
          variant="danger"
          icon="warning"
          className={styles.accident}
          href={paths.accident()}
          onClick={goInApp}
        >
          {m.nav.accident}
        </ButtonLink>
        <nav className={styles.links} aria-label={m.nav.label}>
          <a
            href={paths.streets()}
            className={styles.link}
            aria-label={m.list.byStreet}
            title={m.list.byStreet}
            onClick={goInApp}
          >
            <Icon name="list" size={1.5} />
          </a>
          <a
            href={paths.about()}
            className={styles.link}
            aria-label={m.nav.about}
            title={m.nav.about}
            onClick={goInApp}
          >
            <Icon name="info" size={1.5} />
          </a>
        </nav>
        <SettingsButton />
      </div>
      {children}
    </header>
  );
}
