import Supercluster, { type PointFeature } from 'supercluster';
import { MIN_ZOOM } from './url-view.ts';

/** From the next zoom on every place is drawn for itself. */
const LAST_CLUSTERED_ZOOM = 15;
/** Places closer than this on the screen become one bubble, in CSS pixels. */
const CLUSTER_RADIUS_PX = 42;

/** What is drawn at one spot: a single place (`index` into the loaded list) or a bubble of several. */
export type ClusterItem =
  | { kind: 'place'; lng: number; lat: number; index: number }
  | { kind: 'cluster'; lng: number; lat: number; count: number; expansionZoom: number };

export type ClusterIndex = {
  /** Everything in the box `[west, south, east, north]` as it is drawn at a zoom (whole or not). */
  query: (box: readonly [number, number, number, number], zoom: number) => ClusterItem[];
};

/** Builds the index from `[lng, lat, lng, lat, …]`: some 80 ms for 10,000 points, so it runs in a worker. */
export function createClusterIndex(coordinates: Float64Array): ClusterIndex {
  const features: PointFeature<{ index: number }>[] = [];
  for (let index = 0; index * 2 < coordinates.length; index++) {
    features.push({
      type: 'Feature',
      properties: { index },
      geometry: { type: 'Point', coordinates: [coordinates[index * 2]!, coordinates[index * 2 + 1]!] },
    });
  }
  const tree = new Supercluster<{ index: number }>({
    minZoom: MIN_ZOOM,
    maxZoom: LAST_CLUSTERED_ZOOM,
    radius: CLUSTER_RADIUS_PX,
    extent: 256, // Leaflet's tiles
  }).load(features);

  return {
    query: (box, zoom) =>
      tree.getClusters([...box], Math.round(zoom)).map(({ geometry, properties }) => {
        const [lng, lat] = geometry.coordinates as [number, number];
        if (!('cluster' in properties)) return { kind: 'place', lng, lat, index: properties.index };
        const expansionZoom = tree.getClusterExpansionZoom(properties.cluster_id);
        return { kind: 'cluster', lng, lat, count: properties.point_count, expansionZoom };
      }),
  };
}
