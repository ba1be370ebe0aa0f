import { isPublicStatus } from '#domain/places/catalogue.ts';
import { FACILITIES, SERVICES, type Access, type Facility, type Service } from '#domain/places/catalogue.ts';
import type { LandNetwork } from '#domain/geo/land-network.ts';
import type { Point } from '#domain/geo/point.ts';
import { createNearestIndex, type NearestIndex } from '#domain/places/nearest-index.ts';
import type { SiteFeature, Tombstone } from '#domain/places/site.ts';
import type { OpeningFacts } from '#domain/places/site-opening.ts';
import type { Connection } from '../../db/connect.ts';
import { sitesVersion } from '../../db/tables/places.ts';
import { sitesAfter, type StoredSite } from './site-rows.ts';

/** A public site, ready to be filtered and answered without touching its JSON. */
export type KeptSite = OpeningFacts & {
  id: string;
  point: Point | null;
  precisionM: number | null;
  access: Access;
  serviceBits: number;
  facilityBits: number;
  demo: boolean;
  version: number;
  /** The GeoJSON Feature, serialised and encoded once. */
  json: Buffer;
};

/** A site that has left: gone, or taken back to `planned`, which answers as if it had never been. */
type Removed = Tombstone & { version: number; planned: boolean };

/**
 * Every public site in memory, following each committed change by NOTIFY: what the snapshot, the nearest query and the
 * single-site answers are served from. The database stays the truth; this is its copy, `version` says as of when.
 */
export type SiteStore = {
  readonly version: number;
  /** Public sites in the order of their ids. */
  readonly sites: readonly KeptSite[];
  /** Whether any of them is invented. */
  readonly hasDemo: boolean;
  find: (id: string) => KeptSite | undefined;
  findRemoved: (id: string) => Removed | undefined;
  readonly removed: readonly Removed[];
  /** The spatial index over `sites`, by position in that list. */
  readonly index: NearestIndex;
  /** Takes in what was committed up to now; resolves when a query would see it. */
  refresh: () => Promise<void>;
  /** Calls `listener` whenever `version` has grown and the new state can be read. Returns how to stop it. */
  onChange: (listener: () => void) => () => void;
  close: () => Promise<void>;
};

export const serviceBit = (service: Service): number => 1 << SERVICES.indexOf(service);
export const facilityBit = (facility: Facility): number => 1 << FACILITIES.indexOf(facility);

export async function openSiteStore(
  connection: Connection,
  network: LandNetwork,
  onError: (error: unknown) => void,
): Promise<SiteStore> {
  const byId = new Map<string, KeptSite>();
  const shareServices = createSharing<OpeningFacts['services']>();
  const removedById = new Map<string, Removed>();
  let version = -1;
  let sites: readonly KeptSite[] = [];
  let hasDemo = false;
  let index: NearestIndex | null = null;
  /** Whether the list or a point changed since the index was built, also in a load that then failed half-way. */
  let moved = true;
  let working: Promise<void> = Promise.resolve();
  const listeners = new Set<() => void>();

  async function load(): Promise<void> {
    const [current] = await connection.db.select({ value: sitesVersion.value }).from(sitesVersion);
    // Read before the sites: what commits in between is newer than this version and comes again with the next load.
    const target = current!.value;
    if (target <= version) return;
    for await (const page of sitesAfter(connection.db, version)) {
      for (const stored of page) if (take(stored)) moved = true;
    }
    version = target;
    hasDemo = [...byId.values()].some(({ demo }) => demo);
    if (moved) {
      sites = [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
      index = createNearestIndex(
        sites.map((site) => site.point),
        network,
      );
      moved = false;
    } else {
      sites = sites.map((site) => byId.get(site.id)!);
    }
    for (const listener of listeners) listener();
  }

  /** True when the list or a point changed, so that the index must be built again. */
  function take(stored: StoredSite): boolean {
    const before = byId.get(stored.id);
    if (!isPublic(stored)) {
      byId.delete(stored.id);
      const { id, version: changedIn, status, replacedBy, wasPublic } = stored;
      const planned = status === 'planned';
      // A place that was never public leaves no tombstone: its id is nobody's business yet.
      if (!planned || wasPublic) removedById.set(id, { id, replacedBy, version: changedIn, planned });
      return before !== undefined;
    }
    const site = keep(stored, shareServices);
    byId.set(site.id, site);
    removedById.delete(site.id);
    return before?.point?.lng !== site.point?.lng || before?.point?.lat !== site.point?.lat || !before;
  }

  function refresh(): Promise<void> {
    working = working.catch(() => {}).then(load);
    return working;
  }

  await refresh();
  const stopListening = await connection.listen(
    'sites_changed',
    () => void refresh().catch(onError),
    () => void refresh().catch(onError),
  );

  return {
    get version() {
      return version;
    },
    get sites() {
      return sites;
    },
    get hasDemo() {
      return hasDemo;
    },
    get index() {
      return index!;
    },
    get removed() {
      return [...removedById.values()];
    },
    find: (id) => byId.get(id),
    findRemoved: (id) => removedById.get(id),
    refresh,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      listeners.clear();
      await stopListening();
      await working.catch(() => {});
    },
  };
}

function isPublic(stored: StoredSite): stored is Extract<StoredSite, { feature: SiteFeature }> {
  return isPublicStatus(stored.status);
}

type Sharing<T> = (value: T) => T;

/** Gives the first of all equal values, so that they are kept once: hours and services are few, sites are many. */
function createSharing<T>(): Sharing<T> {
  const known = new Map<string, T>();
  return (value) => {
    const key = JSON.stringify(value);
    const first = known.get(key);
    if (first === undefined) known.set(key, value);
    return first ?? value;
  };
}

function keep(
  { id, version, status, feature }: Extract<StoredSite, { feature: SiteFeature }>,
  shareServices: Sharing<OpeningFacts['services']>,
): KeptSite {
  const { properties, geometry } = feature;
  let serviceBits = 0;
  for (const { service } of properties.services) serviceBits |= serviceBit(service);
  let facilityBits = 0;
  for (const facility of FACILITIES) if (properties.facilities[facility]) facilityBits |= facilityBit(facility);
  return {
    id,
    version,
    status,
    ...(properties.statusUntil !== undefined && { statusUntil: properties.statusUntil }),
    point: geometry && { lng: geometry.coordinates[0], lat: geometry.coordinates[1] },
    precisionM: properties.precisionM,
    access: properties.access,
    services: shareServices(
      properties.services.map(({ service, hours, season }) => ({
        service,
        hours,
        ...(season !== undefined && { season }),
      })),
    ),
    serviceBits,
    facilityBits,
    demo: properties.demo,
    json: Buffer.from(JSON.stringify(feature)),
  };
}
