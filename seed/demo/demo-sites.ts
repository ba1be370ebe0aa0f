import { addDays, instantOf } from '#domain/time/shanghai.ts';
import type { Point } from '#domain/geo/point.ts';
import type { ReportKind } from '#domain/places/catalogue.ts';
import type { Street } from '../reference/data.ts';
import type { SiteSeed } from '../site-seed.ts';
import { type DemoLand, findSpot } from './demo-land.ts';
import { DEMO_KINDS, type DemoKind, type DemoVariant } from './kinds.ts';
import { createRandom, type Random } from './random.ts';

const SOURCE = '演示数据';
const GULANGYU = '350203012';
/** Only how lively each district looks: more on the island, where most riders work. Not a statistic. */
const DISTRICT_WEIGHT: Record<string, number> = {
  '350203': 30,
  '350206': 26,
  '350211': 16,
  '350205': 11,
  '350212': 9,
  '350213': 8,
};

type PlacedStreet = Street & { point: Point };
interface Place {
  street: PlacedStreet;
  kind: DemoKind;
  variant: DemoVariant;
  point: Point;
}

/**
 * The fictional city: the same for the same `today`, and only its dates move with `today` (`YYYY-MM-DD`), so that the
 * demo looks tended to whenever it is made. Every site is marked `demo`, in the data and in its name.
 */
export function demoSites(options: { today: string; streets: readonly Street[]; land: DemoLand }): SiteSeed[] {
  const random = createRandom(350_200);
  const places = scatter(options.streets, options.land, random);
  const seeds = dress(places, options.today, random);
  tellStories(seeds, options.today, random);
  return seeds;
}

function scatter(streets: readonly Street[], land: DemoLand, random: Random): Place[] {
  const placed = streets.filter((street): street is PlacedStreet => street.point !== null && street.code !== GULANGYU);
  const perDistrict = new Map<string, number>();
  for (const { districtCode } of placed) perDistrict.set(districtCode, (perDistrict.get(districtCode) ?? 0) + 1);
  const weighted = placed.map((street) => ({
    street,
    weight: (DISTRICT_WEIGHT[street.districtCode] ?? 0) / perDistrict.get(street.districtCode)!,
  }));

  const places: Place[] = [];
  const taken: Point[] = [];
  const settle = (kind: DemoKind, street: PlacedStreet): boolean => {
    const point = findSpot(land, street, taken, random);
    if (!point) return false;
    taken.push(point);
    places.push({ street, kind, variant: random.pickWeighted(kind.variants), point });
    return true;
  };
  // Gulangyu is small and has no road traffic: the first community station, mall corner and shop are there, no more.
  const gulangyu = streets.find((street): street is PlacedStreet => street.code === GULANGYU && street.point !== null);
  const onGulangyu = new Set(gulangyu ? ['demo-community', 'demo-mall', 'demo-shop'] : []);
  for (const kind of DEMO_KINDS) {
    for (let made = 0; made < kind.count;) {
      const first = gulangyu && onGulangyu.delete(kind.organisationId);
      if (settle(kind, first ? gulangyu : random.pickWeighted(weighted).street)) made++;
    }
  }
  // Neighbours and likes next to each other, which keeps the compressed snapshot small.
  const kindOrder = new Map(DEMO_KINDS.map((kind, index) => [kind, index]));
  return places.sort(
    (a, b) =>
      a.street.code.localeCompare(b.street.code) ||
      kindOrder.get(a.kind)! - kindOrder.get(b.kind)! ||
      a.kind.variants.indexOf(a.variant) - b.kind.variants.indexOf(b.variant) ||
      a.point.lng - b.point.lng,
  );
}

/** Names, addresses, services and verifications. */
function dress(places: readonly Place[], today: string, random: Random): SiteSeed[] {
  const numberInStreet = new Map<string, number>();
  const roundOfStreet = new Map<string, string>();
  return places.map(({ street, kind, variant, point }, index) => {
    const number = (numberInStreet.get(street.code) ?? 0) + 1;
    numberInStreet.set(street.code, number);
    // A coordinator visits a whole street on one day, at most 200 days ago and mostly of late.
    let round = roundOfStreet.get(street.code);
    if (!round) {
      round = addDays(today, -Math.floor(200 * random.next() ** 2));
      roundOfStreet.set(street.code, round);
    }
    const visited = { status: 'verified', date: round, source: SOURCE } as const;
    const unvisited = { status: 'unknown', date: null, source: null } as const;
    const hours = variant.hours === null ? unvisited : visited;
    const facilities = Object.keys(variant.facilities).length === 0 ? unvisited : visited;
    return {
      site: {
        id: `demo-${String(index + 1).padStart(4, '0')}`,
        name: `${street.name.replace(/街道$|镇$/, '')}${number}号${kind.title}`,
        districtCode: street.districtCode,
        streetCode: street.code,
        organisationId: kind.organisationId,
        address: `${street.name}演示路${number}号`,
        status: 'open',
        access: variant.access,
        accessNote: variant.accessNote ?? null,
        point,
        precisionM: kind.precisionM,
        originalLng: point.lng,
        originalLat: point.lat,
        originalCrs: 'WGS84',
        coordinateBasis: 'invented for the demo',
        locationStatus: 'verified',
        locationDate: round,
        locationSource: SOURCE,
        hoursStatus: hours.status,
        hoursDate: hours.date,
        hoursSource: hours.source,
        facilitiesStatus: facilities.status,
        facilitiesDate: facilities.date,
        facilitiesSource: facilities.source,
        source: SOURCE,
        sourceDate: today,
        demo: true,
      },
      services: kind.services.map((service, position) => ({
        service,
        hours: variant.hours,
        ...(position === 0 ? { ...kind.principal, facilities: variant.facilities } : {}),
      })),
    };
  });
}

/** A few places that are closed, planned or gone, that keep a dated exception, and that riders have reported on. */
function tellStories(seeds: readonly SiteSeed[], today: string, random: Random): void {
  const ordinary = seeds.filter(
    ({ site, services }) =>
      site.streetCode !== GULANGYU && site.hoursStatus === 'verified' && services[0]?.service === 'rest',
  );
  const take = () => ordinary.splice(random.below(ordinary.length), 1)[0]!;

  for (let i = 0; i < 5; i++) {
    const { site } = take();
    site.status = 'closed_for_now';
    site.statusUntil = i === 0 ? null : addDays(today, 3 + random.below(30));
    site.note = '装修中（演示）';
  }
  for (let i = 0; i < 3; i++) take().site.status = 'planned';
  for (let i = 0; i < 3; i++) take().site.status = 'closed_for_good';
  for (let i = 0; i < 3; i++) {
    const { site } = take();
    const kin = ordinary.filter((other) => other.site.districtCode === site.districtCode);
    site.status = 'replaced';
    site.replacedBy = random.pick(kin).site.id;
  }
  for (let i = 0; i < 6; i++) {
    const { services } = take();
    const hours = services[0]!.hours!;
    const closed = `${osmDay(addDays(today, 2 + i))}-${osmDay(addDays(today, 4 + i))} off`;
    for (const point of services) point.hours = `${hours}; ${closed}`;
  }
  for (const kind of REPORT_STORIES) report(take(), kind, today, random);
}

const REPORT_STORIES: readonly { kind: ReportKind; count: number }[] = [
  { kind: 'locked', count: 1 },
  { kind: 'locked', count: 4 },
  { kind: 'locked', count: 2 },
  { kind: 'no_water', count: 1 },
  { kind: 'no_water', count: 2 },
  { kind: 'hours_wrong', count: 3 },
  { kind: 'moved', count: 1 },
  { kind: 'confirmed', count: 1 },
  { kind: 'confirmed', count: 2 },
  { kind: 'confirmed', count: 3 },
  { kind: 'confirmed', count: 5 },
  { kind: 'confirmed', count: 1 },
];

/** Riders saw it on the last days before today; the summary counts since the last verification, so that moves back. */
function report(seed: SiteSeed, { kind, count }: { kind: ReportKind; count: number }, today: string, random: Random) {
  const { site } = seed;
  const before = addDays(today, -count - 5);
  if (site.locationDate! > before) {
    site.locationDate = before;
    site.hoursDate = before;
    if (site.facilitiesDate) site.facilitiesDate = before;
  }
  const last = addDays(today, -1);
  site.reported = { [kind]: { count, last } };
  seed.reports = Array.from({ length: count }, (_, i) => {
    const observedAt = new Date(instantOf(addDays(last, -i), 8 * 60 + random.below(12 * 60)));
    return { id: randomUuid(random), siteId: site.id, kind, observedAt, receivedAt: observedAt };
  });
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2026 Oct 01`, as OSM writes a day. */
function osmDay(day: string): string {
  const [year, month, dayOfMonth] = day.split('-');
  return `${year} ${MONTHS[Number(month) - 1]} ${dayOfMonth}`;
}

/** In the shape of a version 4 UUID. */
function randomUuid(random: Random): string {
  const hex = Array.from({ length: 32 }, (_, i) => {
    if (i === 12) return '4';
    return (i === 16 ? 8 + random.below(4) : random.below(16)).toString(16);
  }).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
