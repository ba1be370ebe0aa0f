import L from 'leaflet';
import { useEffect } from 'react';
import { useMap } from 'react-leaflet';
import type { BaseMapConfig } from './base-map-config.ts';
import { useMapTexts } from './use-map-texts.ts';

/** Who the map is from, always in view: the tiles' makers (by their layer), the review number, our own outlines. */
export function Attribution({ config }: { config: BaseMapConfig }) {
  const map = useMap();
  const { reviewNumber, ownData } = useMapTexts();

  useEffect(
    function showAttribution() {
      const control = L.control.attribution({ prefix: false, position: 'bottomleft' });
      if (config.reviewNumber) control.addAttribution(escapeHtml(reviewNumber(config.reviewNumber)));
      control.addAttribution(escapeHtml(ownData));
      control.addTo(map);
      return () => {
        control.remove();
      };
    },
    [map, config.reviewNumber, reviewNumber, ownData],
  );
  return null;
}

function escapeHtml(text: string): string {
  const span = document.createElement('span');
  span.textContent = text;
  return span.innerHTML;
}
