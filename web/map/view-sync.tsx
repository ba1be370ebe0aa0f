import type L from 'leaflet';
import { useEffect, useRef } from 'react';
import { useMap } from 'react-leaflet';
import { fromLeaflet, toLeaflet } from './lng-lat.ts';
import type { MapInsets, MapPlace } from './map-place.ts';
import { type MapView, viewInHash } from './url-view.ts';
import { rememberViewInUrl } from './write-view.ts';

/** A view is reported when the map has rested this long, in milliseconds. */
const REST_MS = 200;
/** A selected place is kept this far from the edges of what is visible, in CSS pixels. */
const KEEP_CLEAR_PX = 48;

/**
 * Keeps map and page together without drawing the page anew when the map moves: goes to `view` when the page hands in
 * another one, writes the view into the URL and reports it when the map rests, and brings the selected place into what the sheet leaves free.
 * A view's centre is the centre of the visible part.
 */
export function ViewSync({
  view,
  onViewChange,
  insets,
  selected,
}: {
  view: MapView;
  onViewChange: (view: MapView) => void;
  insets: MapInsets;
  selected: MapPlace | undefined;
}) {
  const map = useMap();
  const latest = useRef({ onViewChange, insets });
  useEffect(function rememberProps() {
    latest.current = { onViewChange, insets };
  });

  const placed = useRef(false);
  useEffect(
    function goToView() {
      const center = centerFor(map, view, latest.current.insets);
      map.setView(center, view.zoom, { animate: placed.current });
      placed.current = true;
    },
    [map, view],
  );

  useEffect(
    function reportWhenResting() {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const onMoveEnd = () => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          const rested = readView(map, latest.current.insets);
          rememberViewInUrl(rested);
          latest.current.onViewChange(rested);
        }, REST_MS);
      };
      map.on('moveend', onMoveEnd);
      return () => {
        clearTimeout(timer);
        map.off('moveend', onMoveEnd);
      };
    },
    [map],
  );

  useEffect(
    function followPastedLink() {
      // The browser does not load the page anew for another fragment. Going back between places has another path too.
      const onHashChange = ({ oldURL, newURL }: HashChangeEvent) => {
        const asked = viewInHash(new URL(newURL).hash);
        if (!asked || oldURL.split('#')[0] !== newURL.split('#')[0]) return;
        map.setView(centerFor(map, asked, latest.current.insets), asked.zoom);
      };
      window.addEventListener('hashchange', onHashChange);
      return () => window.removeEventListener('hashchange', onHashChange);
    },
    [map],
  );

  const { top, right, bottom, left } = insets;
  const targetLng = selected?.lng;
  const targetLat = selected?.lat;
  useEffect(
    function showSelected() {
      if (targetLng === undefined || targetLat === undefined) return;
      map.panInside(toLeaflet({ lng: targetLng, lat: targetLat }), {
        paddingTopLeft: [left + KEEP_CLEAR_PX, top + KEEP_CLEAR_PX],
        paddingBottomRight: [right + KEEP_CLEAR_PX, bottom + KEEP_CLEAR_PX],
      });
    },
    [map, targetLng, targetLat, top, right, bottom, left],
  );
  return null;
}

/** The point that has to be Leaflet's centre, so that the view's own is in the middle of the visible part. */
function centerFor(map: L.Map, view: MapView, { top, right, bottom, left }: MapInsets): L.LatLng {
  const shift: [number, number] = [(right - left) / 2, (bottom - top) / 2];
  return map.unproject(map.project(toLeaflet(view), view.zoom).add(shift), view.zoom);
}

function readView(map: L.Map, { top, right, bottom, left }: MapInsets): MapView {
  const size = map.getSize();
  const middle: [number, number] = [(left + size.x - right) / 2, (top + size.y - bottom) / 2];
  return { ...fromLeaflet(map.containerPointToLatLng(middle)), zoom: map.getZoom() };
}
