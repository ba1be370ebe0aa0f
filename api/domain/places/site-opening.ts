import type { HolidayLookup } from '../time/holidays.ts';
import { type Opening, openingsAt, withinSeason } from '../time/opening-hours.ts';
import type { OpeningHours } from '../time/opening-rules.ts';
import { parseSeason } from '../time/osm-dates.ts';
import { parseOpeningHours } from '../time/osm-opening-hours.ts';
import { instantOf } from '../time/shanghai.ts';
import type { Service } from './catalogue.ts';
import type { SiteProperties } from './site.ts';

/** What decides whether a site is open; a whole `SiteProperties` fits. */
export type OpeningFacts = Pick<SiteProperties, 'status' | 'statusUntil'> & {
  services: readonly Pick<SiteProperties['services'][number], 'service' | 'hours' | 'season'>[];
};

/**
 * Whether a site is open for any of the services asked for (none asked for: for any at all) at an instant in epoch
 * milliseconds. A service that the site does not offer counts for nothing; a site that offers none of them is unknown.
 */
export type SiteOpenings = (site: OpeningFacts, services: readonly Service[], atMs: number) => Opening;

const MINUTE_MS = 60_000;

/**
 * The one judge of "open now" for badge, filter and API. It remembers parsed hours and, within one minute, each distinct
 * answer, so asking about ten thousand sites costs a few dozen evaluations.
 */
export function createSiteOpenings(calendar: HolidayLookup): SiteOpenings {
  const parsed = new Map<string, OpeningHours | null>();
  let minute = NaN;
  let evaluate = openingsAt(0, calendar);

  function hoursOf(hours: string | null, season: string | undefined): OpeningHours | null {
    const key = season === undefined ? (hours ?? '') : `${hours ?? ''}@${season}`;
    let known = parsed.get(key);
    if (known === undefined) {
      known = parseHours(hours, season);
      parsed.set(key, known);
    }
    return known;
  }

  return function siteOpening(site, services, atMs) {
    if (site.status === 'closed_for_now') {
      const opensAt = site.statusUntil === undefined ? null : instantOf(site.statusUntil, 0);
      return { state: 'closed', opensAt, opensKnown: false };
    }
    if (Math.floor(atMs / MINUTE_MS) !== minute) {
      minute = Math.floor(atMs / MINUTE_MS);
      evaluate = openingsAt(atMs, calendar);
    }
    let best: Opening | undefined;
    for (const { service, hours, season } of site.services) {
      if (services.length > 0 && !services.includes(service)) continue;
      const opening = evaluate(hoursOf(hours, season));
      if (!best || isBetter(opening, best)) best = opening;
    }
    return best ?? { state: 'unknown' };
  };
}

/** Hours that cannot be read are kept as text by whoever stored them, and are not known here. */
function parseHours(hours: string | null, season: string | undefined): OpeningHours | null {
  const read = hours === null ? null : parseOpeningHours(hours);
  const known = read?.ok ? read.hours : null;
  if (season === undefined) return known;
  const dates = parseSeason(season);
  return dates.ok ? withinSeason(known, dates.season) : null;
}

/** Of two services of a site the one that serves a rider better: open, then not known, then what opens first. */
function isBetter(a: Opening, b: Opening): boolean {
  if (a.state !== b.state) return RANK[a.state] < RANK[b.state];
  if (a.state === 'open' && b.state === 'open') return endOf(a) > endOf(b);
  if (a.state === 'closed' && b.state === 'closed') return (a.opensAt ?? Infinity) < (b.opensAt ?? Infinity);
  return false;
}

const RANK = { open: 0, unknown: 1, closed: 2 } as const;

function endOf(opening: Extract<Opening, { state: 'open' }>): number {
  return opening.closesAt ?? (opening.closesKnown ? Infinity : 0);
}
