import { useEffect, useRef } from 'react';
import type { Point } from '#domain/geo/point.ts';
import { fittingView } from '../map/fitting-view.ts';
import type { MapInsets } from '../map/map-place.ts';
import type { MapView } from '../map/url-view.ts';

/** A single place is shown with some of what is around it. */
const SINGLE_ZOOM = 15;

/** Moves the map once, as soon as there is something to show (`points`), into what the sheet leaves free. */
export function useFirstLook(
  points: readonly Point[] | null,
  { top, right, bottom, left }: MapInsets,
  lookAt: (view: MapView) => void,
): void {
  const done = useRef(false);
  useEffect(function lookOnce() {
    const [first, second] = points ?? [];
    if (done.current || !points || !first) return;
    done.current = true;
    const { clientWidth, clientHeight } = document.documentElement;
    const visible = { width: clientWidth - left - right, height: clientHeight - top - bottom };
    lookAt(second ? fittingView(points, visible) : { lng: first.lng, lat: first.lat, zoom: SINGLE_ZOOM });
  });
}
