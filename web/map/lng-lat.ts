import L from 'leaflet';

/**
 * The only place where points change into Leaflet's order (latitude first) and back.
 * Everywhere else points are `{ lng, lat }` and boxes `[west, south, east, north]`.
 */
export type LngLat = { lng: number; lat: number };

export function toLeaflet({ lng, lat }: LngLat): L.LatLng {
  return L.latLng(lat, lng);
}

export function fromLeaflet({ lng, lat }: L.LatLng): LngLat {
  return { lng, lat };
}

export function toLeafletBounds([west, south, east, north]: readonly [number, number, number, number]): L.LatLngBounds {
  return L.latLngBounds([south, west], [north, east]);
}

export function toBox(bounds: L.LatLngBounds): [number, number, number, number] {
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
}
