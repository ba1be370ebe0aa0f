/**
 * The closed lists of the places feature, in the order in which people see them. Codes are stored in the database and
 * travel on the wire, so a code is never renamed; the screens give them names in each language.
 */

/** What a person can get at a site (Open Referral: a service at a location). */
export const SERVICES = [
  'rest',
  'free_meal',
  'water',
  'insurance_office',
  'mediation',
  'legal_aid',
  'union_desk',
  'government_desk',
  'platform_desk',
  'driver_home',
  'employment',
  'social_insurance',
  'education',
  'recruitment',
  'skills',
  'counselling',
] as const;
export type Service = (typeof SERVICES)[number];

/** What a site has or has not; absent from a record means "not known". */
export const FACILITIES = [
  'phone_charging',
  'toilet',
  'aircon',
  'seating',
  'microwave',
  'drinking_water',
  'fridge',
  'first_aid',
  'wifi',
  'rain_gear',
  'books',
  'ebike_charging',
  'tyre_pump',
  'recliner',
  'shower',
  'laundry',
  'parking',
  'bed',
  'tools',
  'aed',
] as const;
export type Facility = (typeof FACILITIES)[number];

/** How one gets in. `code` covers a door code, a face scan and an app alike. */
export const ACCESS_KINDS = ['open', 'ask', 'code', 'staff', 'unknown'] as const;
export type Access = (typeof ACCESS_KINDS)[number];

/** Whether one gets in without a code, an app, a face scan or a staff card. Not known counts as no. */
export function entersFreely(access: Access): boolean {
  return access === 'open' || access === 'ask';
}

/** `withdrawn`: it was entered by mistake, for example by an import that was taken back. */
export const SITE_STATUSES = ['planned', 'open', 'closed_for_now', 'closed_for_good', 'replaced', 'withdrawn'] as const;
export type SiteStatus = (typeof SITE_STATUSES)[number];

/** The statuses of sites that riders see; the others are answered 404 (planned) or 410 (gone). */
export const PUBLIC_STATUSES = ['open', 'closed_for_now'] as const satisfies readonly SiteStatus[];
export type PublicStatus = (typeof PUBLIC_STATUSES)[number];

export function isPublicStatus(status: SiteStatus): status is PublicStatus {
  return status === 'open' || status === 'closed_for_now';
}

/** What a service costs. Absent means "not known". */
export const PRICES = ['free', 'discount', 'paid'] as const;
export type Price = (typeof PRICES)[number];

/** The three facts that are verified separately. */
export const VERIFIED_FACTS = ['location', 'hours', 'facilities'] as const;
export type VerifiedFact = (typeof VERIFIED_FACTS)[number];

/** `reported`: taken from a dated publication, nobody has gone to look. `disputed`: riders say it is wrong. */
export const VERIFICATION_STATUSES = ['verified', 'reported', 'disputed', 'unknown'] as const;
export type VerificationStatus = (typeof VERIFICATION_STATUSES)[number];

/** What a rider can say about a place with one tap. */
export const REPORT_KINDS = [
  'locked',
  'no_water',
  'moved',
  'closed_for_good',
  'hours_wrong',
  'facility_wrong',
  'confirmed',
] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/** Of one place. */
export const MAX_SITE_PHOTOS = 12;
export const MAX_CAPTION_LENGTH = 100;

/** The longest note of a report, in characters. */
export const MAX_NOTE_LENGTH = 500;

export const ORGANISATION_KINDS = [
  'government',
  'union',
  'bank',
  'petrol_station',
  'mall',
  'park',
  'platform',
  'insurer',
  'community',
  'other',
] as const;

/** A point rougher than this is drawn with its circle of doubt and is never announced as *the* nearest. */
export const ROUGH_PRECISION_M = 500;
