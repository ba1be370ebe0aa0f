// What the first screen needs; writing is in write-view.ts and comes with the map.

/** What part of the map one looks at: the centre of what is visible (WGS-84) and Leaflet's zoom. */
export type MapView = { lng: number; lat: number; zoom: number };

export const MIN_ZOOM = 9;
export const MAX_ZOOM = 19;

/** The view's name in the address's fragment. */
export const VIEW_PARAMETER = 'v';

/** `118.08943,24.47951,14` → view; null when absent, broken or outside the world. Zoom is held to the map's range. */
export function parseView(text: string | null | undefined): MapView | null {
  const parts = text?.split(',');
  if (parts?.length !== 3 || parts.some((part) => !/^-?\d+(\.\d+)?$/.test(part))) return null;
  const [lng, lat, zoom] = parts.map(Number) as [number, number, number];
  if (Math.abs(lng) > 180 || Math.abs(lat) > 85) return null;
  return { lng, lat, zoom: Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, zoom)) };
}

/** The view a fragment such as `#v=118.1,24.5,14` asks for. */
export function viewInHash(hash: string): MapView | null {
  return parseView(new URLSearchParams(hash.slice(1)).get(VIEW_PARAMETER));
}

/**
 * The view the address bar asks for. It stands in the fragment, which never leaves the phone: where somebody looks is
 * mostly where they are. An old link has it in the query, and is moved at once.
 */
export function takeLinkedView(): MapView | null {
  const url = new URL(window.location.href);
  const old = url.searchParams.get(VIEW_PARAMETER);
  if (old === null) return viewInHash(url.hash);
  url.searchParams.delete(VIEW_PARAMETER);
  url.hash = `${VIEW_PARAMETER}=${old}`;
  window.history.replaceState(window.history.state, '', url);
  return parseView(old);
}
