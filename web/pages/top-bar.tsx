import type { ReactNode } from 'react';
import { useMessages } from '../client/messages.ts';
import type { PlacesMessages } from '../client/messages/zh/places.ts';
import { paths } from '../client/paths.ts';
import { SettingsButton } from '../shell/settings-button.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import type { Sign } from '../ui/icon-paths.ts';
import { goInApp } from '../ui/location.ts';
import styles from './top-bar.module.css';

const LINKS: [href: string, icon: Sign, label: (m: PlacesMessages) => string][] = [
  [paths.streets(), 'list', (m) => m.list.byStreet],
  [paths.me(), 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21a8 8 0 0 1 16 0', (m) => m.nav.me],
  [paths.about(), 'info', (m) => m.nav.about],
];

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
          {LINKS.map(([href, icon, label]) => (
            <a key={href} href={href} className={styles.link} aria-label={label(m)} title={label(m)} onClick={goInApp}>
              <Icon name={icon} size={1.5} />
            </a>
          ))}
        </nav>
        <SettingsButton />
      </div>
      {children}
    </header>
  );
}
