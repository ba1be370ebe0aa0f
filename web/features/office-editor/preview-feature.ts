import { isPublicStatus, VERIFIED_FACTS } from '#domain/places/catalogue.ts';
import type { FactState } from '#domain/places/office-contract.ts';
import {
  type ServicePoint,
  sharedHours,
  siteFacilities,
  type SiteFeature,
  type SiteProperties,
  type Verification,
} from '#domain/places/site.ts';
import type { ServiceDocument, SiteDocument } from '#domain/places/site-document.ts';
import { tidyDocument } from './site-form.ts';

export type PreviewFacts = {
  id: string;
  facts: readonly FactState[];
  organisation: string | null;
  demo: boolean;
  /** The day of each fact that is about to be verified with this save. */
  verifying: Partial<Record<FactState['fact'], string>>;
  /** What stands in for a name that is still empty. */
  noName: string;
};

/** The place as riders would see it after saving. A status that riders never see is drawn as an open place. */
export function previewFeature(raw: SiteDocument, about: PreviewFacts): SiteFeature {
  const document = tidyDocument(raw);
  const services = document.services.map(toServicePoint);
  const verification = Object.fromEntries(
    VERIFIED_FACTS.map((fact) => [fact, verificationOf(fact, about)]),
  ) as SiteProperties['verification'];
  const { point, precisionM, status } = document;
  return {
    type: 'Feature',
    id: about.id,
    geometry: point && { type: 'Point', coordinates: [point.lng, point.lat] },
    properties: {
      id: about.id,
      name: document.name || about.noName,
      district: document.districtCode,
      street: document.streetCode,
      status: isPublicStatus(status) ? status : 'open',
      access: document.access,
      precisionM: point ? precisionM : null,
      services,
      hours: sharedHours(services),
      facilities: siteFacilities(services),
      verification,
      demo: about.demo,
      ...known({
        nameEn: document.nameEn,
        address: document.address,
        phone: document.phone,
        organisation: about.organisation,
        statusUntil: document.statusUntil,
        accessNote: document.accessNote,
        note: document.note,
        photos:
          document.photos.length > 0
            ? document.photos.map(({ file, caption }) => ({ id: file, ...known({ caption }) }))
            : null,
      }),
    },
  };
}

function toServicePoint({ service, hours, facilities, ...rest }: ServiceDocument): ServicePoint {
  const { price, priceNote, capacity, season, note } = rest;
  return {
    service,
    hours,
    ...(Object.keys(facilities).length > 0 && { facilities }),
    ...known({ price, priceNote, capacity, season, note }),
  };
}

function verificationOf(fact: FactState['fact'], { facts, verifying }: PreviewFacts): Verification {
  const today = verifying[fact];
  if (today) return { status: 'verified', date: today, source: null };
  const state = facts.find((one) => one.fact === fact);
  const { verifiedOn: date = null, source = null, freshness } = state ?? {};
  if (freshness === 'contested') return { status: 'disputed', date, source };
  // A fact that nobody verified but that has a source is from a publication.
  return { status: date !== null ? 'verified' : source !== null ? 'reported' : 'unknown', date, source };
}

/** Without what is not known: on the wire an absent key says so. */
function known<T extends Record<string, unknown>>(of: T): { [Key in keyof T]?: NonNullable<T[Key]> } {
  return Object.fromEntries(Object.entries(of).filter(([, value]) => value !== null)) as {
    [Key in keyof T]?: NonNullable<T[Key]>;
  };
}
