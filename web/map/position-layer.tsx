import { Circle, CircleMarker, Pane } from 'react-leaflet';
import type { MapPosition } from './map-place.ts';
import { toLeaflet } from './lng-lat.ts';

/** Above the places (450), so that a bubble does not hide where one is. */
const DOT_PANE_STYLE = { zIndex: 460, pointerEvents: 'none' } as const;

/** Where the phone is: a dot, and the circle within which it is sure of that. Never in the way of a touch. */
export function PositionLayer({ position }: { position: MapPosition | null }) {
  if (!position) return null;
  const center = toLeaflet(position);
  return (
    <>
      <Circle center={center} radius={position.accuracyM} interactive={false} className="map-accuracy" />
      <Pane name="position" style={DOT_PANE_STYLE}>
        <CircleMarker center={center} radius={8} interactive={false} className="map-position" />
      </Pane>
    </>
  );
}
