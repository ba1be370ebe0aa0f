/** A place as the map needs it; which places these are is decided by whoever shows the map. */
export type MapPlace = {
  id: string;
  /** WGS-84 degrees. */
  lng: number;
  lat: number;
  /** A service's code; decides shape, sign and colour (category-style.ts). */
  category: string;
  tone: 'open' | 'closed' | 'unknown';
  /** Radius in metres within which the place really is, when that is too rough for a plain point. */
  roughM?: number;
  name: string;
};

export type MapPosition = { lng: number; lat: number; accuracyM: number };

/** What covers the map at its edges, in CSS pixels; centring and panning keep clear of it. */
export type MapInsets = { top: number; right: number; bottom: number; left: number };
