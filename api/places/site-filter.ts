import { entersFreely, type Facility, type Service } from '#domain/places/catalogue.ts';
import type { SiteOpenings } from '#domain/places/site-opening.ts';
import { facilityBit, type KeptSite, serviceBit } from './site-store.ts';

export type WantedSites = {
  /** Any of these; none means whatever. */
  services: readonly Service[];
  /** All of these. */
  facilities: readonly Facility[];
  /** Only places that `entersFreely` lets in. */
  freeAccess: boolean;
  openOnly: boolean;
  /** The instant (epoch ms) for which `openOnly` is meant. */
  atMs: number;
};

/** Says of a site, by its position in the list, whether it is wanted. */
export type SiteFilter = (wanted: WantedSites, siteOpening: SiteOpenings) => (position: number) => boolean;

const MINUTE_MS = 60_000;
const MAX_REMEMBERED = 64;
const NOT_ASKED = 0; // what a new Uint8Array holds
const OPEN = 1;
const NOT_OPEN = 2;

/**
 * The sites' properties as columns of numbers: a nearest query looks at a hundred sites that lie all over the memory, and
 * a number is found sooner than what an object points to.
 */
function createSiteFilter(sites: readonly KeptSite[]): SiteFilter {
  const services = Int32Array.from(sites, (site) => site.serviceBits);
  const facilities = Int32Array.from(sites, (site) => site.facilityBits);
  const isFree = Uint8Array.from(sites, ({ access }) => (entersFreely(access) ? 1 : 0));
  /** One site for each kind of hours. */
  const kinds: KeptSite[] = [];
  const kindOf = new Map<object, number>();
  const kind = Int32Array.from(sites, (site) => {
    // Equal hours are one object; a site that is closed for now answers for itself.
    const key = site.status === 'open' ? site.services : site;
    let known = kindOf.get(key);
    if (known === undefined) {
      known = kinds.push(site) - 1;
      kindOf.set(key, known);
    }
    return known;
  });
  /** Per minute and services asked for: what each kind of hours says. */
  const remembered = new Map<string, Uint8Array>();

  function answersFor(atMs: number, anyOf: number): Uint8Array {
    const key = `${Math.floor(atMs / MINUTE_MS)} ${anyOf}`;
    let answers = remembered.get(key);
    if (!answers) {
      if (remembered.size >= MAX_REMEMBERED) remembered.clear();
      answers = new Uint8Array(kinds.length);
      remembered.set(key, answers);
    }
    return answers;
  }

  return (wanted, siteOpening) => {
    const anyOf = wanted.services.reduce((bits, service) => bits | serviceBit(service), 0);
    const allOf = wanted.facilities.reduce((bits, facility) => bits | facilityBit(facility), 0);
    const { freeAccess, openOnly, atMs } = wanted;
    const answers = answersFor(atMs, anyOf);

    function isOpen(position: number): boolean {
      const which = kind[position]!;
      if (answers[which] === NOT_ASKED) {
        answers[which] = siteOpening(kinds[which]!, wanted.services, atMs).state === 'open' ? OPEN : NOT_OPEN;
      }
      return answers[which] === OPEN;
    }

    return (position) =>
      (anyOf === 0 || (services[position]! & anyOf) !== 0) &&
      (facilities[position]! & allOf) === allOf &&
      (!freeAccess || isFree[position] === 1) &&
      (!openOnly || isOpen(position));
  };
}

const filters = new WeakMap<readonly KeptSite[], SiteFilter>();

/** The filter of a list of sites, made when it is first asked for. */
export function siteFilterOf(sites: readonly KeptSite[]): SiteFilter {
  let filter = filters.get(sites);
  if (!filter) filters.set(sites, (filter = createSiteFilter(sites)));
  return filter;
}
