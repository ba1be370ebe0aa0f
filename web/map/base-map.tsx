import L from 'leaflet';
import { useEffect } from 'react';
import { useMap } from 'react-leaflet';
import { useLanguage } from '../client/messages.ts';
import type { BaseMapConfig } from './base-map-config.ts';
import { createTileHealth } from './tile-health.ts';
import { MAX_ZOOM } from './url-view.ts';
import { useThemeName } from './use-theme-name.ts';

/**
 * The street map over the land, as the operator configured it. The parts that few need (GCJ-02, PMTiles) come in
 * chunks of their own. When tiles stay away `onTilesFailing(true)` is called, and again with false when they return.
 */
export function BaseMap({
  config,
  onTilesFailing,
}: {
  config: BaseMapConfig;
  onTilesFailing?: ((failing: boolean) => void) | undefined;
}) {
  const map = useMap();
  const theme = useThemeName();
  const language = useLanguage();
  // Pictures are darkened by the style sheet; only a drawn map has a theme and a language of its own.
  const look = config.kind === 'pmtiles' ? `${theme} ${language}` : '';

  useEffect(
    function showTiles() {
      let shown: L.Layer[] = [];
      let gone = false;
      const health = createTileHealth();
      const record = (loaded: boolean) => {
        const change = health.record(loaded);
        if (change !== null) onTilesFailing?.(change);
      };
      const add = async () => {
        try {
          const layers = await createLayers(config, look);
          if (gone) return;
          shown = layers;
          for (const layer of layers) {
            layer.on('tileload', () => record(true));
            layer.on('tileerror', () => record(false));
            layer.addTo(map);
          }
        } catch (error) {
          console.warn('The street map cannot be shown', error);
          if (!gone) onTilesFailing?.(true);
        }
      };
      void add();
      return () => {
        gone = true;
        for (const layer of shown) layer.remove();
      };
    },
    [map, config, look, onTilesFailing],
  );
  return null;
}

/** From the lowest to the highest. */
async function createLayers(config: BaseMapConfig, look: string): Promise<L.GridLayer[]> {
  const { kind, url, labelsUrl, attribution, minZoom, maxZoom, subdomains } = config;
  if (kind === 'none') return [];
  if (kind === 'pmtiles') {
    const { createPmtilesLayer } = await import('./pmtiles-layer.ts');
    const [flavor, lang] = look.split(' ') as ['light' | 'dark', 'zh' | 'en'];
    return [await createPmtilesLayer(url, { flavor, lang, attribution, maxZoom: MAX_ZOOM })];
  }
  const options: L.TileLayerOptions = {
    className: 'map-tiles',
    attribution,
    minZoom,
    maxZoom: MAX_ZOOM,
    maxNativeZoom: maxZoom,
    subdomains: typeof subdomains === 'string' ? subdomains : [...(subdomains ?? 'abc')],
    // Tile servers ask who shows their map; the address of the page stays out of it.
    referrerPolicy: 'strict-origin-when-cross-origin',
  };
  const urls = labelsUrl ? [url, labelsUrl] : [url];
  if (config.crs === 'WGS84') return urls.map((template) => L.tileLayer(template, options));
  const { createGcjTileLayer } = await import('./gcj-tile-layer.ts');
  return urls.map((template) => createGcjTileLayer(template, options));
}
