import { type ClusterIndex, createClusterIndex } from './cluster-index.ts';
import type { ClusterAnswer, ClusterRequest } from './cluster-protocol.ts';

declare const self: DedicatedWorkerGlobalScope;

let index: ClusterIndex | null = null;
let loadedList = -1;

self.addEventListener('message', ({ data }: MessageEvent<ClusterRequest>) => {
  if (data.kind === 'load') {
    index = createClusterIndex(data.coordinates);
    loadedList = data.list;
  } else if (index && data.list === loadedList) {
    const answer: ClusterAnswer = { list: data.list, zoom: data.zoom, items: index.query(data.box, data.zoom) };
    self.postMessage(answer, []);
  }
});
