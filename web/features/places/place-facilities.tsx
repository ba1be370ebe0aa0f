import type { ReactNode } from 'react';
import { FACILITIES } from '#domain/places/catalogue.ts';
import type { Facilities } from '#domain/places/site.ts';
import { Icon } from '../../ui/icon.tsx';
import { laterIcons } from '../../ui/later-icons.ts';
import styles from './place-sheet.module.css';
import { useDetails } from './use-details.ts';

/** Has, has not and not known are three different looks: filled with a tick, struck out, and plain words. */
export function PlaceFacilities({ facilities, children }: { facilities: Facilities; children?: ReactNode }) {
  const m = useDetails();
  const known = FACILITIES.filter((facility) => facilities[facility] !== undefined);
  const unknown = FACILITIES.filter((facility) => facilities[facility] === undefined);
  return (
    <section aria-label={m.place.facilities} className={styles.section}>
      <h3>{m.place.facilities}</h3>
      {known.length > 0 && (
        <ul className={styles.facilities}>
          {known
            .sort((a, b) => Number(facilities[b]) - Number(facilities[a]))
            .map((facility) => (
              <li key={facility} data-has={facilities[facility]}>
                <Icon name={facilities[facility] ? 'check' : 'close'} size={1} />
                <span className="visually-hidden">{facilities[facility] ? m.place.has : m.place.hasNot}</span>
                <span>{m.facilities[facility]}</span>
              </li>
            ))}
        </ul>
      )}
      {known.length === 0 ? (
        <p className={styles.quiet}>{m.place.allNotKnown}</p>
      ) : (
        unknown.length > 0 && (
          <p className={styles.unknown}>
            <Icon name={laterIcons.question} size={1} />
            <span>
              {m.place.notKnownList} {unknown.map((facility) => m.facilities[facility]).join(m.place.listComma)}
            </span>
          </p>
        )
      )}
      {children}
    </section>
  );
}
