import type { Feature, FeatureCollection, Geometry, MultiPolygon, Polygon } from 'geojson';
import L from 'leaflet';
import { useEffect } from 'react';
import { useMap } from 'react-leaflet';
import { type Language, useLanguage } from '../client/messages.ts';
import { labelPoint } from './label-point.ts';

/** The answer of GET /api/jurisdictions; features without polygons (streets) are passed over. */
export type Land = FeatureCollection<Geometry | null, { name: string; nameEn?: string | null }>;

/** Below the tiles (200): they cover it when they come, and it stays when they do not. */
const PANE = 'land';
const PANE_Z_INDEX = '150';

/** The map that needs no network: quiet land on quiet water, with the districts' names. */
export function LandLayer({ land }: { land: Land | null }) {
  const map = useMap();
  const language = useLanguage();

  useEffect(
    function showLand() {
      if (!land) return;
      let group: L.LayerGroup | null = null;
      // A task of its own: some thousand corners are a noticeable moment on a cheap phone.
      const timer = setTimeout(() => {
        group = createLand(land, language, map.getPane(PANE) ?? map.createPane(PANE)).addTo(map);
      });
      return () => {
        clearTimeout(timer);
        group?.remove();
      };
    },
    [map, land, language],
  );
  return null;
}

function createLand(land: Land, language: Language, pane: HTMLElement): L.LayerGroup {
  pane.style.zIndex = PANE_Z_INDEX;
  const group = L.layerGroup();
  const areas = land.features.filter(isArea);
  for (const area of areas) {
    // Drawn as SVG, so that the style sheet gives the colours of the theme.
    L.geoJSON(area, { pane: PANE, interactive: false, style: { className: 'map-land' } }).addTo(group);
  }
  for (const { geometry, properties } of areas) {
    const point = labelPoint(geometry);
    if (!point) continue;
    const text = document.createElement('span');
    text.textContent = (language === 'en' && properties.nameEn) || properties.name;
    const icon = L.divIcon({ className: 'map-land-name', html: text, iconSize: [0, 0] });
    const [lng, lat] = point as [number, number];
    L.marker({ lng, lat }, { pane: PANE, icon, interactive: false, keyboard: false }).addTo(group);
  }
  return group;
}

function isArea(
  feature: Feature<Geometry | null, Land['features'][number]['properties']>,
): feature is Feature<Polygon | MultiPolygon, Land['features'][number]['properties']> {
  return feature.geometry?.type === 'Polygon' || feature.geometry?.type === 'MultiPolygon';
}
