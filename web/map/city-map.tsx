import 'leaflet/dist/leaflet.css';
import './leaflet.css';
import { type CSSProperties, type ReactNode, useEffect, useMemo, useState } from 'react';
import { MapContainer, useMap } from 'react-leaflet';
import { announce } from '../ui/notices.tsx';
import { Attribution } from './attribution.tsx';
import type { BaseMapConfig } from './base-map-config.ts';
import { BaseMap } from './base-map.tsx';
import styles from './city-map.module.css';
import { type Land, LandLayer } from './land-layer.tsx';
import { type LngLat, toLeaflet, toLeafletBounds } from './lng-lat.ts';
import { MapControls } from './map-controls.tsx';
import type { MapInsets, MapPlace, MapPosition } from './map-place.ts';
import { PlaceLayer } from './place-layer.tsx';
import { PositionLayer } from './position-layer.tsx';
import { MAX_ZOOM, type MapView, MIN_ZOOM } from './url-view.ts';
import { useAfterPaint } from './use-after-paint.ts';
import { useMapTexts } from './use-map-texts.ts';
import { ViewSync } from './view-sync.tsx';

/** Xiamen with so much around it that each corner can be brought above the sheet; beyond there is nothing to find. */
const ROAMING = [117.3, 24, 119, 25.4] as const;

export type CityMapProps = {
  /** Where to look. Another object moves the map there, even with the same numbers; moving the map changes nothing here. */
  view: MapView;
  /** Called when the map has come to rest (its view is in the URL then); the page need not render for it. */
  onViewChange: (view: MapView) => void;
  land: Land | null;
  /** Keep the array while nothing has changed: a new one is a new drawing. */
  places: readonly MapPlace[];
  selectedId: string | null;
  /** A place was touched, or (null) the map beside all places. */
  onSelect: (id: string | null) => void;
  position: MapPosition | null;
  baseMap: BaseMapConfig | null;
  insets: MapInsets;
  /** Shows the button that asks for the position. */
  onLocate?: () => void;
  /** While somebody says where they are by touching the map: takes the touches that hit no place. */
  onPickPoint?: ((point: LngLat) => void) | undefined;
  onTilesFailing?: (failing: boolean) => void;
};

/** The map of the city. It knows no feature: what the places mean is decided by the page. */
export function CityMap(props: CityMapProps) {
  return useAfterPaint() ? <ReadyMap {...props} /> : <div className={styles.root} />;
}

/** The layers come in a task of their own: a cheap phone draws the empty map first. */
function AfterPaint({ children }: { children: ReactNode }) {
  return useAfterPaint() ? children : null;
}

function ReadyMap(props: CityMapProps) {
  const { view, onViewChange, land, places, selectedId, onSelect, position, baseMap, insets } = props;
  const [host, setHost] = useState<HTMLElement | null>(null);
  const selected = useMemo(() => places.find((place) => place.id === selectedId), [places, selectedId]);
  const style = { '--inset-bottom': `${insets.bottom}px`, '--inset-left': `${insets.left}px` } as CSSProperties;

  return (
    <div className={styles.root} style={style} ref={setHost} data-picking={props.onPickPoint ? '' : undefined}>
      <MapContainer
        className={styles.map!}
        center={toLeaflet(view)}
        zoom={view.zoom}
        minZoom={MIN_ZOOM}
        maxZoom={MAX_ZOOM}
        maxBounds={toLeafletBounds(ROAMING)}
        maxBoundsViscosity={0.8}
        zoomControl={false}
        attributionControl={false}
      >
        <NameForScreenReaders selected={selected} />
        <ViewSync view={view} onViewChange={onViewChange} insets={insets} selected={selected} />
        <AfterPaint>
          <LandLayer land={land} />
          {baseMap && <BaseMap config={baseMap} onTilesFailing={props.onTilesFailing} />}
          <PositionLayer position={position} />
          <PlaceLayer places={places} selectedId={selectedId} onSelect={onSelect} onPickPoint={props.onPickPoint} />
        </AfterPaint>
        {baseMap && <Attribution config={baseMap} />}
        {host && <MapControls host={host} onLocate={props.onLocate} />}
      </MapContainer>
    </div>
  );
}

function NameForScreenReaders({ selected }: { selected: MapPlace | undefined }) {
  const map = useMap();
  const { label, selected: saySelected } = useMapTexts();
  useEffect(
    function nameMap() {
      const container = map.getContainer();
      container.setAttribute('role', 'region');
      container.setAttribute('aria-label', label);
    },
    [map, label],
  );
  const name = selected?.name;
  useEffect(
    function saySelection() {
      if (name) announce(saySelected(name));
    },
    [name, saySelected],
  );
  return null;
}
