import { type ReactNode, useEffect, useRef } from 'react';
import type { Point } from '#domain/geo/point.ts';
import { useLanguage, useMessages } from '../client/messages.ts';
import { cameByQr } from '../features/insurance/came-by-qr.ts';
import { PlaceDoors } from '../features/insurance/place-doors.tsx';
import { NoDataYet } from '../features/places/data-status.tsx';
import { localName } from '../features/places/local-name.ts';
import { MissingPlace } from '../features/places/missing-place.tsx';
import { HonestyBadges, OpeningBadge } from '../features/places/place-badges.tsx';
import type { PlaceFilter } from '../features/places/place-filter.ts';
import { PlaceSheet } from '../features/places/place-sheet.tsx';
import { shownService } from '../features/places/place-finder.ts';
import type { Places } from '../features/places/use-places.ts';
import { waterBetween } from '../features/places/way-across.ts';
import { farWords } from '../features/places/words.ts';
import { useDetails } from '../features/places/use-details.ts';
import { PlaceMark } from '../map/place-mark.tsx';
import { BottomSheet, type SheetStop } from '../ui/bottom-sheet.tsx';
import { IconButton } from '../ui/button.tsx';
import styles from './place-panel.module.css';

/** The chosen place in a sheet over the map. */
export function PlacePanel({
  id,
  places,
  filter,
  from,
  nowMs,
  stop,
  onStopChange,
  onClose,
}: {
  id: string;
  places: Places;
  filter: PlaceFilter;
  /** Where the rider is, or said to start; null when that is only the middle of the map. */
  from: Point | null;
  nowMs: number;
  stop: SheetStop;
  onStopChange: (stop: SheetStop) => void;
  onClose: () => void;
}) {
  const { shell } = useMessages();
  const m = useDetails();
  const language = useLanguage();
  const feature = places.status === 'ready' ? places.finder.find(id) : undefined;
  const name = feature && localName(feature.properties, language);

  useEffect(
    function nameTab() {
      document.title = name ? `${name} · ${shell.appName}` : shell.appName;
    },
    [name, shell.appName],
  );

  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(function focusHeading() {
    heading.current?.focus({ preventScroll: true });
  }, []);

  return (
    <BottomSheet
      label={name ?? m.place.loading}
      handleLabel={m.place.handle}
      stop={stop}
      onStopChange={onStopChange}
      header={
        <div className={styles.header}>
          {feature && (
            <span className={styles.mark}>
              <PlaceMark category={shownService(feature, filter.services)} size={36} />
            </span>
          )}
          <div className={styles.titles}>
            <h2 ref={heading} tabIndex={-1}>
              {name ?? (places.status === 'loading' ? m.place.loading : m.place.unknownName)}
            </h2>
            {summary()}
          </div>
          <IconButton icon="close" label={m.place.close} onClick={onClose} />
        </div>
      }
    >
      {body()}
    </BottomSheet>
  );

  function summary(): ReactNode {
    if (!feature || places.status !== 'ready') return null;
    const { finder } = places;
    const way = from && finder.distanceTo(from, filter.mode, feature);
    return (
      <p className={styles.badges}>
        <OpeningBadge
          opening={finder.openingOf(feature, filter.services, nowMs)}
          site={feature.properties}
          nowMs={nowMs}
        />
        {way && <strong>{farWords(way, filter.mode, m)}</strong>}
        <HonestyBadges site={feature.properties} />
      </p>
    );
  }

  function body(): ReactNode {
    if (places.status !== 'ready') return <NoDataYet places={places} />;
    const { finder, calendar, network } = places;
    if (!feature) return <MissingPlace id={id} nameOf={(other) => finder.find(other)?.properties.name} />;
    const outOfReach = from && finder.distanceTo(from, filter.mode, feature)?.travelDistanceM === null;
    const byQr = cameByQr(feature.id);
    const doors = <PlaceDoors door={{ channel: byQr ? 'qr' : 'site', siteId: feature.id }} onSheet />;
    const sheet = (
      <PlaceSheet
        feature={feature}
        opening={finder.openingOf(feature, filter.services, nowMs)}
        mode={filter.mode}
        nowMs={nowMs}
        calendar={calendar}
        water={
          outOfReach && feature.geometry
            ? waterBetween(
                network,
                from,
                { lng: feature.geometry.coordinates[0], lat: feature.geometry.coordinates[1] },
                filter.mode,
              )
            : null
        }
        doors={byQr ? undefined : doors}
      />
    );
    // Whoever scanned the poster came for the doors.
    return (
      <>
        {byQr && <div className={styles.doorsFirst}>{doors}</div>}
        {sheet}
      </>
    );
  }
}
