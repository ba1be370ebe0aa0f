import { useEffect, useRef, useState } from 'react';
import { useMap, useMapEvents } from 'react-leaflet';
import { fromLeaflet, type LngLat, toLeaflet } from './lng-lat.ts';
import { PLACE_PANE, PlaceCanvas } from './place-canvas.ts';
import type { MapPlace } from './map-place.ts';
import { useThemeName } from './use-theme-name.ts';

/** Above the accuracy circle (overlay pane, 400), below Leaflet's pop-ups. */
const PANE_Z_INDEX = '450';

/** The places, and what a touch on the map means: a place, a bubble, or a point of the map. */
export function PlaceLayer({
  places,
  selectedId,
  onSelect,
  onPickPoint,
}: {
  places: readonly MapPlace[];
  selectedId: string | null;
  onSelect: (id: string | null) => void;
  onPickPoint?: ((point: LngLat) => void) | undefined;
}) {
  const map = useMap();
  const [canvas] = useState(() => new PlaceCanvas());
  const theme = useThemeName();
  const pointing = useRef(false);

  useEffect(
    function addToMap() {
      const pane = map.getPane(PLACE_PANE) ?? map.createPane(PLACE_PANE);
      pane.style.zIndex = PANE_Z_INDEX;
      pane.style.pointerEvents = 'none';
      canvas.addTo(map);
      return () => {
        canvas.remove();
      };
    },
    [map, canvas],
  );
  useEffect(
    function showPlaces() {
      canvas.setPlaces(places);
    },
    [canvas, places],
  );
  useEffect(
    function showSelected() {
      canvas.setSelected(selectedId);
    },
    [canvas, selectedId],
  );
  useEffect(
    function followTheme() {
      canvas.setTheme(theme);
    },
    [canvas, theme],
  );

  useMapEvents({
    click(event) {
      const hit = canvas.findAt(event.containerPoint);
      if (hit?.kind === 'place') onSelect(hit.place.id);
      else if (hit?.kind === 'cluster') map.flyTo(toLeaflet(hit), hit.zoom, { duration: 0.4 });
      else if (onPickPoint) onPickPoint(fromLeaflet(event.latlng));
      else onSelect(null);
    },
    mousemove(event) {
      const over = canvas.findAt(event.containerPoint) !== null;
      if (over === pointing.current) return;
      pointing.current = over;
      map.getContainer().style.cursor = over ? 'pointer' : '';
    },
  });
  return null;
}
