import type { Box } from '#domain/geo/city-box.ts';
import { isInBox } from '#domain/geo/city-box.ts';
import type { Service } from '#domain/places/catalogue.ts';
import { type EncodedBody, encodeBody } from '../http/encoded-body.ts';
import { type KeptSite, serviceBit, type SiteStore } from './site-store.ts';

export type SnapshotQuery = { bbox?: Box | undefined; services: readonly Service[]; since?: number | undefined };

/** Phones that come back ask for what came after any version; only those that follow are many. */
const MAX_DELTAS = 32;
const MAX_DELTA_BYTES = 256 * 1024;
const GEOJSON = 'application/geo+json; charset=utf-8';

/** Answers `GET /api/sites`: the whole snapshot is put together once per version, selections each time. */
export function createSnapshots(store: SiteStore): (query: SnapshotQuery) => EncodedBody {
  let whole: { version: number; body: EncodedBody } | undefined;
  /** What came after a version, as of the newest: everybody who follows the changes asks for the same. */
  let deltas: { version: number; bodies: Map<number, EncodedBody> } = { version: -1, bodies: new Map() };

  return function snapshot({ bbox, services, since }) {
    if (!bbox && services.length === 0 && since === undefined) {
      if (whole?.version !== store.version) {
        whole = { version: store.version, body: encodeBody(collection(store.version, store.sites), GEOJSON) };
      }
      return whole.body;
    }
    if (!bbox && services.length === 0 && since !== undefined && since <= store.version) {
      if (deltas.version !== store.version) deltas = { version: store.version, bodies: new Map() };
      const known = deltas.bodies.get(since);
      if (known) return known;
      const body = selection({ services, since });
      if (deltas.bodies.size < MAX_DELTAS && body.bytes.length <= MAX_DELTA_BYTES) deltas.bodies.set(since, body);
      return body;
    }
    return selection({ bbox, services, since });
  };

  function selection({ bbox, services, since }: SnapshotQuery): EncodedBody {
    const bits = services.reduce((all, service) => all | serviceBit(service), 0);
    const fits = (site: KeptSite) =>
      (bits === 0 || (site.serviceBits & bits) !== 0) && (!bbox || (site.point !== null && isInBox(site.point, bbox)));
    // A reader from the future saw another database: it gets everything, and no `gone`, which says so.
    if (since === undefined || since > store.version) {
      return encodeBody(collection(store.version, store.sites.filter(fits)), GEOJSON);
    }
    const changed = store.sites.filter((site) => site.version > since);
    const removed = store.removed
      .filter((site) => site.version > since)
      .map(({ id, replacedBy }) => ({ id, replacedBy }));
    // What changed and does not fit may have fitted before: whoever kept the selection has to let go of it.
    const left = changed.filter((site) => !fits(site)).map(({ id }) => ({ id, replacedBy: null }));
    return encodeBody(collection(store.version, changed.filter(fits), [...removed, ...left]), GEOJSON);
  }
}

const SEPARATOR = Buffer.from(',\n');

function collection(version: number, sites: readonly KeptSite[], gone?: readonly object[]): Buffer {
  const features = sites.flatMap((site, i) => (i === 0 ? site.json : [SEPARATOR, site.json]));
  const tombstones = gone ? `,"gone":${JSON.stringify(gone)}` : '';
  const head = Buffer.from(`{"type":"FeatureCollection","version":${version},"features":[\n`);
  return Buffer.concat([head, ...features, Buffer.from(`]${tombstones}}`)]);
}
