import { Suspense } from 'react';
import type { LandNetwork } from '#domain/geo/land-network.ts';
import type { Point } from '#domain/geo/point.ts';
import { useMessages } from '../../client/messages.ts';
import { paths } from '../../client/paths.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { later } from '../../ui/later.ts';
import { goInApp } from '../../ui/location.ts';
import type { PlaceFilter } from './place-filter.ts';
import { type NearestPlaces, type PlaceMatch, shownService } from './place-finder.ts';
import styles from './place-list.module.css';
import { PlaceRow } from './place-row.tsx';

// The first list can do without these.
const AcrossWater = later(async () => (await import('./across-water.tsx')).AcrossWater);
const NothingFits = later(async () => (await import('./nothing-fits.tsx')).NothingFits);

/** How many places have a number key. */
export const KEYED_PLACES = 9;

/**
 * The places that fit, the nearest first, those across the water apart. `nearest` is null when there is nowhere to
 * measure from (the middle of the map is out at sea).
 */
export function PlaceList({
  matches,
  withoutTime,
  nearest,
  from,
  network,
  filter,
  onChange,
  nowMs,
  demo,
  onMore,
}: {
  matches: readonly PlaceMatch[];
  /** What would fit if it need not be open; asked for only when nothing fits. */
  withoutTime: () => readonly PlaceMatch[];
  nearest: NearestPlaces | null;
  /** Where `nearest` starts. */
  from: Point | null;
  network: LandNetwork;
  filter: PlaceFilter;
  onChange: (change: Partial<PlaceFilter>) => void;
  nowMs: number;
  /** Invented places are among them. */
  demo: boolean;
  /** Shows more; absent when all are shown. */
  onMore?: { count: number; run: () => void };
}) {
  const m = useMessages().places;
  if (!matches.length) {
    return (
      <Suspense>
        <NothingFits {...{ withoutTime, filter, onChange, nowMs }} />
      </Suspense>
    );
  }

  const unplaced = matches.filter(({ feature }) => !feature.geometry).length;
  return (
    <>
      {nearest ? (
        <>
          <ol className={styles.list}>
            {nearest.reachable.map((found, index) => (
              <PlaceRow
                key={found.feature.id}
                found={found}
                category={shownService(found.feature, filter.services)}
                mode={filter.mode}
                nowMs={nowMs}
                {...(index < KEYED_PLACES && { keyNumber: index + 1 })}
              />
            ))}
          </ol>
          {onMore && (
            <p className={styles.more}>
              <Button wide onClick={onMore.run}>
                {m.list.more(onMore.count)}
              </Button>
            </p>
          )}
          {from && nearest.acrossWater.length > 0 && (
            <Suspense>
              <AcrossWater
                found={nearest.acrossWater}
                from={from}
                network={network}
                filter={filter}
                nowMs={nowMs}
                open={nearest.reachable.length === 0}
              />
            </Suspense>
          )}
        </>
      ) : (
        <p className={styles.empty}>{m.position.mapOutside}</p>
      )}
      <p className={styles.foot}>
        {demo && <span>{m.status.demo}</span>}
        {unplaced > 0 && <span>{m.list.unplaced(unplaced)}</span>}
        <ButtonLink variant="quiet" icon="list" href={paths.streets()} onClick={goInApp}>
          {m.list.byStreet}
        </ButtonLink>
        <ButtonLink variant="quiet" icon="info" href={paths.about()} onClick={goInApp}>
          {m.nav.about}
        </ButtonLink>
      </p>
    </>
  );
}
