import L from 'leaflet';

/**
 * A layer that draws a `.pmtiles` file served with range requests. Rejects when the file cannot be reached, because
 * the drawing library itself only writes that to the console.
 */
export async function createPmtilesLayer(
  url: string,
  options: { flavor: 'light' | 'dark'; lang: 'zh' | 'en'; attribution: string; maxZoom: number },
): Promise<L.GridLayer> {
  const head = await fetch(url, { headers: { range: 'bytes=0-6' } });
  if (!head.ok || !(await head.text()).startsWith('PMTiles')) throw new Error(`No PMTiles file at ${url}`);
  // protomaps-leaflet extends the Leaflet that it finds as a global.
  (window as { L?: typeof L }).L = L;
  const { leafletLayer } = await import('protomaps-leaflet');
  return leafletLayer({ url, ...options }) as unknown as L.GridLayer;
}
