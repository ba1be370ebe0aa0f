import type { ClusterItem } from './cluster-index.ts';

/** Main thread → worker. `list` counts the loaded lists, so that an answer about an older one can be dropped. */
export type ClusterRequest =
  | { kind: 'load'; list: number; coordinates: Float64Array }
  | { kind: 'query'; list: number; box: readonly [number, number, number, number]; zoom: number };

/** Worker → main thread. */
export type ClusterAnswer = { list: number; zoom: number; items: ClusterItem[] };
