import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { MapView } from '../map/url-view.ts';

/**
 * Where the map has come to rest, and whom to tell of it. The page is drawn anew for it only while `followed`: when
 * distances start at the middle of the map.
 */
export function useMapCentre(initial: MapView, followed: boolean): [MapView, (moved: MapView) => void] {
  const [centre, setCentre] = useState(initial);
  const latest = useRef({ centre: initial, followed });
  // Before the browser paints: nobody sees a list that starts where the map was before.
  useLayoutEffect(
    function catchUp() {
      latest.current.followed = followed;
      if (followed) setCentre(latest.current.centre);
    },
    [followed],
  );
  const onMoved = useCallback((moved: MapView) => {
    latest.current.centre = moved;
    if (latest.current.followed) setCentre(moved);
  }, []);
  return [centre, onMoved];
}
