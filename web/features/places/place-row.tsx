import { Suspense } from 'react';
import { isRough } from '#domain/places/site.ts';
import type { TravelMode } from '#domain/geo/travel.ts';
import { useLanguage, useMessages } from '../../client/messages.ts';
import { paths } from '../../client/paths.ts';
import { PlaceMark } from '../../map/place-mark.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Icon } from '../../ui/icon.tsx';
import { afterFirstScreen } from '../../ui/later.ts';
import { onPlainClick } from '../../ui/location.ts';
import { goKeepingQuery } from './go-keeping-query.ts';
import { OpeningBadge } from './place-badges.tsx';
import { localName } from './local-name.ts';
import type { FoundPlace, PlaceMatch } from './place-finder.ts';
import styles from './place-row.module.css';
import { farWords, openingTone } from './words.ts';

// The rule of what ages how comes right after the first list, and the list stands without it.
const RowFreshness = afterFirstScreen(async () => (await import('./row-freshness.tsx')).RowFreshness);

/** One place of the list: everything a rider needs to decide between two orders. */
export function PlaceRow({
  found,
  category,
  mode,
  nowMs,
  keyNumber,
}: {
  /** Without distances for a place that is listed for another reason than being near. */
  found: PlaceMatch | FoundPlace;
  /** The service whose mark it wears on the map too. */
  category: string;
  mode: TravelMode;
  nowMs: number;
  /** The number key that opens it. */
  keyNumber?: number;
}) {
  const m = useMessages().places;
  const language = useLanguage();
  const { feature, opening } = found;
  const site = feature.properties;
  const href = paths.site(site.id);
  const showAccess = site.access !== 'unknown' || !isRough(site.precisionM);
  return (
    <li>
      <a
        className={styles.row}
        href={href}
        data-site={site.id}
        aria-keyshortcuts={keyNumber ? String(keyNumber) : undefined}
        onClick={onPlainClick(() => goKeepingQuery(href))}
      >
        <span className={styles.mark}>
          <PlaceMark category={category} tone={openingTone(opening, site)} size={36} />
          {keyNumber && (
            <kbd className={styles.key} aria-hidden="true">
              {keyNumber}
            </kbd>
          )}
        </span>
        <span className={styles.text}>
          <span className={styles.name}>{localName(site, language)}</span>
          <span className={styles.line}>
            <OpeningBadge opening={opening} site={site} nowMs={nowMs} />
            {'distanceM' in found && <strong className={styles.way}>{farWords(found, mode, m)}</strong>}
          </span>
          <span className={styles.quiet}>
            {site.demo && <Badge tone="warning">{m.badges.demo}</Badge>}
            {showAccess && (
              <span
                className={styles.access}
                data-hard={site.access === 'code' || site.access === 'staff' || undefined}
              >
                <Icon name={site.access === 'code' || site.access === 'staff' ? 'key' : 'door'} size={1} />
                {m.access[site.access]}
              </span>
            )}
            <Suspense>
              <RowFreshness site={site} nowMs={nowMs} />
            </Suspense>
          </span>
          {isRough(site.precisionM) && (
            <span className={styles.warning}>{site.phone ? m.badges.roughCall : m.badges.roughNoPhone}</span>
          )}
        </span>
      </a>
    </li>
  );
}
