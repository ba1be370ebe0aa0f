import 'leaflet/dist/leaflet.css';
import './leaflet.css';
import L from 'leaflet';
import { useEffect, useRef, useState } from 'react';
import { Circle, MapContainer, useMap, useMapEvents } from 'react-leaflet';
import { metresPerDegree } from '#domain/geo/geodesic.ts';
import { Attribution } from './attribution.tsx';
import type { BaseMapConfig } from './base-map-config.ts';
import { BaseMap } from './base-map.tsx';
import { type Land, LandLayer } from './land-layer.tsx';
import { fromLeaflet, type LngLat, toLeaflet } from './lng-lat.ts';
import { MapControls } from './map-controls.tsx';
import styles from './point-picker.module.css';
import { MAX_ZOOM, MIN_ZOOM } from './url-view.ts';

export type PointPickerProps = {
  point: LngLat | null;
  /** Radius in metres within which the place really is: the circle around the pin. */
  precisionM: number | null;
  /** Where to look while there is no point. */
  around: LngLat & { zoom: number };
  onMove: (point: LngLat) => void;
  land: Land | null;
  baseMap: BaseMapConfig | null;
  label: string;
  pinLabel: string;
};

const POINT_ZOOM = 17;
const STEP_M = 1;
const LARGE_STEP_M = 10;

/** A small map with one pin: touched, dragged or moved by the arrow keys, 1 m at a time and 10 m with Shift. */
export function PointPicker({ point, precisionM, around, onMove, land, baseMap, label, pinLabel }: PointPickerProps) {
  const [host, setHost] = useState<HTMLElement | null>(null);
  return (
    <div className={styles.root} ref={setHost}>
      <MapContainer
        className={styles.map!}
        center={toLeaflet(point ?? around)}
        zoom={point ? POINT_ZOOM : around.zoom}
        minZoom={MIN_ZOOM}
        maxZoom={MAX_ZOOM}
        zoomControl={false}
        attributionControl={false}
        // A page with a map in its middle is scrolled past it.
        scrollWheelZoom={false}
      >
        <NamedMap label={label} onTouch={onMove} />
        <FollowPoint point={point} />
        <LandLayer land={land} />
        {baseMap && <BaseMap config={baseMap} />}
        {point && precisionM !== null && precisionM > 0 && (
          <Circle center={toLeaflet(point)} radius={precisionM} interactive={false} className="map-accuracy" />
        )}
        {point && <Pin point={point} onMove={onMove} label={pinLabel} />}
        {baseMap && <Attribution config={baseMap} />}
        {host && <MapControls host={host} />}
      </MapContainer>
    </div>
  );
}

function NamedMap({ label, onTouch }: { label: string; onTouch: (point: LngLat) => void }) {
  const map = useMapEvents({ click: ({ latlng }) => onTouch(fromLeaflet(latlng)) });
  useEffect(
    function nameMap() {
      const container = map.getContainer();
      container.setAttribute('role', 'region');
      container.setAttribute('aria-label', label);
    },
    [map, label],
  );
  return null;
}

/** Keeps the pin in view: a point from far away is gone to, a step of the pin only pans when it would leave the map. */
function FollowPoint({ point }: { point: LngLat | null }) {
  const map = useMap();
  const lng = point?.lng;
  const lat = point?.lat;
  const had = useRef(point !== null);
  useEffect(
    function bringIntoView() {
      if (lng === undefined || lat === undefined) {
        had.current = false;
        return;
      }
      const target = toLeaflet({ lng, lat });
      if (!had.current || !map.getBounds().pad(1).contains(target)) {
        map.setView(target, Math.max(map.getZoom(), POINT_ZOOM));
      } else map.panInside(target, { padding: [40, 40] });
      had.current = true;
    },
    [map, lng, lat],
  );
  return null;
}

/** Leaflet's marker, drawn by the style sheet. It is made once and moved, so that the focus stays on it. */
function Pin({ point, onMove, label }: { point: LngLat; onMove: (point: LngLat) => void; label: string }) {
  const map = useMap();
  const marker = useRef<L.Marker | null>(null);
  const latest = useRef({ point, onMove });
  useEffect(function rememberProps() {
    latest.current = { point, onMove };
  });

  useEffect(
    function addPin() {
      const icon = L.divIcon({ className: styles.pin, iconSize: [44, 44], iconAnchor: [22, 40], html: PIN });
      const made = L.marker(toLeaflet(latest.current.point), { icon, draggable: true, keyboard: true, alt: label });
      made.on('dragend', () => latest.current.onMove(fromLeaflet(made.getLatLng())));
      made.addTo(map);
      marker.current = made;
      const element = made.getElement()!;
      element.setAttribute('aria-label', label);
      const onKeyDown = (event: KeyboardEvent) => {
        const step = ARROWS[event.key];
        if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        // The map would move too.
        event.stopPropagation();
        latest.current.onMove(stepped(latest.current.point, step, event.shiftKey ? LARGE_STEP_M : STEP_M));
      };
      element.addEventListener('keydown', onKeyDown);
      return () => {
        element.removeEventListener('keydown', onKeyDown);
        made.remove();
        marker.current = null;
      };
    },
    [map, label],
  );
  const { lng, lat } = point;
  useEffect(
    function movePin() {
      marker.current?.setLatLng(toLeaflet({ lng, lat }));
    },
    [lng, lat],
  );
  return null;
}

const PIN =
  '<svg viewBox="0 0 24 24" width="44" height="44" aria-hidden="true"><path d="M12 22c-4-5-7-8.5-7-12.5a7 7 0 0 1 14 0C19 13.5 16 17 12 22z"/><circle cx="12" cy="9.5" r="2.5"/></svg>';

const ARROWS: Record<string, readonly [east: number, north: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

function stepped({ lng, lat }: LngLat, [east, north]: readonly [number, number], metres: number): LngLat {
  const perDegree = metresPerDegree(lat);
  return { lng: lng + (east * metres) / perDegree.lng, lat: lat + (north * metres) / perDegree.lat };
}
