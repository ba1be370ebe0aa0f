import { type CSSProperties, memo, useState } from 'react';
import type { Point } from '#domain/geo/point.ts';
import type { Jurisdictions } from '../client/city.ts';
import { useMessages } from '../client/messages.ts';
import type { PlaceFilter } from '../features/places/place-filter.ts';
import type { PlaceFinder, PlaceMatch } from '../features/places/place-finder.ts';
import { useMapPlaces } from '../features/places/use-map-places.ts';
import { CityMap, type CityMapProps } from '../map/city-map.tsx';
import type { MapView } from '../map/url-view.ts';
import { Icon } from '../ui/icon.tsx';
import { useSheetInsets } from '../ui/sheet-heights.ts';
import type { SheetStop } from '../ui/sheet-stops.ts';
import styles from './map-area.module.css';
import { useFirstLook } from './use-first-look.ts';

const SteadyMap = memo(CityMap);

export type MapAreaProps = Omit<CityMapProps, 'places' | 'insets' | 'land' | 'onTilesFailing'> & {
  land: Jurisdictions | null;
  finder: PlaceFinder | null;
  matches: readonly PlaceMatch[];
  filter: PlaceFilter;
  nowMs: number;
  /** What to show first: where the rider is and what is near, or a linked place; null when a link says it or nobody knows. */
  firstLook: readonly Point[] | null;
  /** Moves the map. */
  lookAt: (view: MapView) => void;
  /** How far the sheet over the map is up. */
  sheetStop: SheetStop;
  /** A cross at the middle of what the sheet leaves free: distances start there. */
  crosshair: boolean;
};

/** The map and what it has to say. It comes after the list, with Leaflet and all that belongs to it. */
export function MapArea({
  finder,
  matches,
  filter,
  nowMs,
  sheetStop,
  crosshair,
  firstLook,
  lookAt,
  ...props
}: MapAreaProps) {
  const { tilesFailing } = useMessages().places.status;
  const [failing, setFailing] = useState(false);
  const places = useMapPlaces(finder, matches, filter, props.selectedId, nowMs);
  const insets = useSheetInsets(sheetStop);
  useFirstLook(firstLook, insets, lookAt);
  const { top, bottom, left } = insets;
  const edges = { '--notice-bottom': `${bottom}px`, '--notice-left': `${left}px` } as CSSProperties;
  return (
    <div className={styles.area} style={edges}>
      <SteadyMap {...props} places={places} insets={insets} onTilesFailing={setFailing} />
      {crosshair && (
        <div
          className={styles.crosshair}
          style={{ top: `calc(50% + ${(top - bottom) / 2}px)`, left: `calc(50% + ${left / 2}px)` }}
          aria-hidden="true"
        >
          <Icon name="plus" size={1.5} />
        </div>
      )}
      {failing && <output className={styles.notice}>{tilesFailing}</output>}
    </div>
  );
}
