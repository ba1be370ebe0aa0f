import { type MapView, VIEW_PARAMETER } from './url-view.ts';

/** Five decimals are about one metre: exact enough for a link, short enough to read. */
const DECIMALS = 5;

/** The view as it stands in the URL; `parseView` reads it back. */
export function formatView({ lng, lat, zoom }: MapView): string {
  return [shorten(lng, DECIMALS), shorten(lat, DECIMALS), shorten(zoom, 1)].join(',');
}

/** The fragment that asks for this view. */
export function hashOfView(view: MapView): string {
  return `#${VIEW_PARAMETER}=${formatView(view)}`;
}

/**
 * Writes the view into the address bar without telling the page (ui/location.ts): it must not render again because the
 * map moved. Whoever builds a link that keeps the view reads `location.hash` at the moment of the click.
 */
export function rememberViewInUrl(view: MapView): void {
  const { pathname, search } = window.location;
  window.history.replaceState(window.history.state, '', pathname + search + hashOfView(view));
}

function shorten(value: number, decimals: number): string {
  return String(Number(value.toFixed(decimals)));
}
