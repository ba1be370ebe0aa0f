import { metresPerDegree } from '#domain/geo/geodesic.ts';
import type { LandNetwork } from '#domain/geo/land-network.ts';
import { CITY_BOX } from '#domain/geo/city-box.ts';
import type { Point } from '#domain/geo/point.ts';
import { siteFacilities, type SiteFeature, sharedHours, type ServicePoint } from '#domain/places/site.ts';
import { DEMO_KINDS, DEMO_ORGANISATIONS } from '../../seed/demo/kinds.ts';
import { createRandom, type Random } from '../../seed/demo/random.ts';
import { readStreets } from '../../seed/reference/data.ts';

/** How far from a street's point its places lie, denser towards the middle. */
const AROUND_STREET_M = 4000;
const VERIFIED = { status: 'verified', date: '2026-03-01', source: 'bench' } as const;

export type SyntheticSite = { feature: SiteFeature & { geometry: object }; organisationId: string; point: Point };

/**
 * Places like those of the demo city (its kinds, hours and facilities, in its proportions), half of them around the
 * streets and half anywhere on the city's land. The same for the same count. Their street codes only fill the rows.
 */
export function* syntheticSites(count: number, network: LandNetwork): Generator<SyntheticSite> {
  const random = createRandom(count);
  const streets = readStreets().flatMap((street) => (street.point ? [{ ...street, point: street.point }] : []));
  const kinds = DEMO_KINDS.map((kind) => ({ ...kind, weight: kind.count }));
  const organisationNames = new Map<string, string>(DEMO_ORGANISATIONS.map(({ id, name }) => [id, name]));
  for (let i = 0; i < count; i++) {
    const kind = random.pickWeighted(kinds);
    const variant = random.pickWeighted(kind.variants);
    const street = random.pick(streets);
    const point = random.chance(0.5) ? landPoint(network, random) : landPoint(network, random, street.point);
    const services = kind.services.map((service, position): ServicePoint => ({
      service,
      ...(position === 0 && { ...known(kind.principal ?? {}), facilities: variant.facilities }),
      hours: variant.hours,
    }));
    yield {
      point,
      organisationId: kind.organisationId,
      feature: {
        type: 'Feature',
        id: `bench-${String(i).padStart(7, '0')}`,
        geometry: { type: 'Point', coordinates: [point.lng, point.lat] },
        properties: {
          id: `bench-${String(i).padStart(7, '0')}`,
          name: `${street.name}${i}号${kind.title}`,
          address: `${street.name}演示路${i}号`,
          organisation: organisationNames.get(kind.organisationId)!,
          status: 'open',
          access: variant.access,
          ...(variant.accessNote && { accessNote: variant.accessNote }),
          services,
          facilities: siteFacilities(services),
          verification: { location: VERIFIED, hours: VERIFIED, facilities: VERIFIED },
          source: 'bench',
          demo: true,
          district: street.districtCode,
          street: street.code,
          precisionM: kind.precisionM,
          hours: sharedHours(services),
        },
      },
    };
  }
}

/** Points anywhere on the city's land, from which to ask. */
export function queryPoints(count: number, network: LandNetwork): Point[] {
  const random = createRandom(7);
  return Array.from({ length: count }, () => landPoint(network, random));
}

/** With five decimals (a metre), as the API takes and stores them without loss. */
function landPoint(network: LandNetwork, random: Random, near?: Point): Point {
  const [west, south, east, north] = CITY_BOX;
  const scale = near && metresPerDegree(near.lat);
  for (;;) {
    const [a, b] = [random.next(), random.next()];
    const [radiusM, angle] = [AROUND_STREET_M * a, 2 * Math.PI * b];
    const lng = scale ? near.lng + (radiusM * Math.cos(angle)) / scale.lng : west + a * (east - west);
    const lat = scale ? near.lat + (radiusM * Math.sin(angle)) / scale.lat : south + b * (north - south);
    const point = { lng: Number(lng.toFixed(5)), lat: Number(lat.toFixed(5)) };
    const place = network.locate(point);
    if (!place.outside && place.offshoreM === 0) return point;
  }
}

function known(value: object): Partial<ServicePoint> {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== null && v !== undefined));
}
