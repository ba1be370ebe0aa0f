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
      const pane = map.getPane(PANE) ?? map.createPane(PANE);
      pane.style.zIndex = PANE_Z_INDEX;
      const group = L.layerGroup().addTo(map);
      const areas = land.features.filter(isArea);
      // Each area in a task of its own: some thousand corners are a noticeable moment on a cheap phone.
      let timer: ReturnType<typeof setTimeout>;
      const drawNext = () => {
        const area = areas.shift();
        if (!area) return;
        drawArea(area, language, group);
        timer = setTimeout(drawNext);
      };
      timer = setTimeout(drawNext);
      return () => {
        clearTimeout(timer);
        group.remove();
      };
    },
    [map, land, language],
  );
  return null;
}

function drawArea(area: Area, language: Language, group: L.LayerGroup): void {
  // Drawn as SVG, so that the style sheet gives the colours of the theme.
  L.geoJSON(area, { pane: PANE, interactive: false, style: { className: 'map-land' } }).addTo(group);
  const { geometry, properties } = area;
  const point = labelPoint(geometry);
  if (!point) return;
  const text = document.createElement('span');
  text.textContent = (language === 'en' && properties.nameEn) || properties.name;
  const icon = L.divIcon({ className: 'map-land-name', html: text, iconSize: [0, 0] });
  const [lng, lat] = point as [number, number];
  L.marker({ lng, lat }, { pane: PANE, icon, interactive: false, keyboard: false }).addTo(group);
}

type Area = Feature<Polygon | MultiPolygon, Land['features'][number]['properties']>;

function isArea(feature: Feature<Geometry | null, Land['features'][number]['properties']>): feature is Area {
  return feature.geometry?.type === 'Polygon' || feature.geometry?.type === 'MultiPolygon';
}
