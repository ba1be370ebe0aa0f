import type { Access, Facility, Service } from '#domain/places/catalogue.ts';
import type { Facilities } from '#domain/places/site.ts';
import type { ServiceSeed } from '../site-seed.ts';

/**
 * What the fictional places are like. Few kinds, few hours and few sets of facilities, each used often: the city's
 * snapshot is read over bad networks, and what repeats compresses.
 */
export interface DemoKind {
  /** How many of them there are in the city. */
  count: number;
  /** Follows the street's name and a number: `莲前07号` + `爱心驿站（社区·演示）`. */
  title: string;
  organisationId: string;
  precisionM: number;
  services: readonly Service[];
  /** Extra properties of the principal service. */
  principal?: Partial<ServiceSeed>;
  variants: readonly DemoVariant[];
}

/** One way such a place can be; `hours: null` is "not known", and a facility that is not named is not known either. */
export interface DemoVariant {
  weight: number;
  hours: string | null;
  access: Access;
  accessNote?: string;
  facilities: Facilities;
}

function facilities(has: readonly Facility[], hasNot: readonly Facility[] = []): Facilities {
  return Object.fromEntries([...has.map((name) => [name, true]), ...hasNot.map((name) => [name, false])]);
}

const BASIC = facilities(['phone_charging', 'aircon', 'seating', 'drinking_water']);
const FULL = facilities([
  'phone_charging',
  'toilet',
  'aircon',
  'seating',
  'microwave',
  'drinking_water',
  'fridge',
  'first_aid',
  'wifi',
]);
const NO_TOILET = facilities(
  ['phone_charging', 'aircon', 'seating', 'microwave', 'drinking_water'],
  ['toilet', 'fridge'],
);
const FUEL = facilities(['toilet', 'drinking_water', 'tyre_pump', 'parking'], ['aircon', 'microwave']);
const OUTDOOR = facilities(['seating', 'toilet', 'rain_gear', 'drinking_water'], ['aircon', 'wifi']);
const CANTEEN = facilities(['seating', 'aircon', 'drinking_water'], ['phone_charging']);
const TAP = facilities(['drinking_water']);
const HOME = facilities([
  'parking',
  'bed',
  'shower',
  'toilet',
  'laundry',
  'drinking_water',
  'phone_charging',
  'recliner',
]);
const OFFICE = facilities(['seating', 'aircon', 'drinking_water', 'toilet']);

const OFFICE_HOURS = 'Mo-Fr 08:30-12:00,14:30-18:00; PH off';
const BANK_HOURS = 'Mo-Fr 08:30-17:30; Sa 09:00-16:00; PH off';
const MEALS = 'Mo-Su 11:00-13:30,17:00-19:30';
const SUMMER = 'Jun 01-Sep 30';

/** The number of 419 stations is the one the union gave for Xiamen; everything else here is invented. */
export const DEMO_KINDS: readonly DemoKind[] = [
  {
    count: 150,
    title: '工会爱心驿站（社区·演示）',
    organisationId: 'demo-community',
    precisionM: 50,
    services: ['rest'],
    variants: [
      { weight: 5, hours: OFFICE_HOURS, access: 'open', facilities: BASIC },
      { weight: 4, hours: 'Mo-Su 08:00-21:00', access: 'open', facilities: FULL },
      { weight: 3, hours: '24/7', access: 'code', accessNote: '扫码进门', facilities: FULL },
      { weight: 1, hours: 'Mo-Su 20:00-06:00', access: 'ask', facilities: NO_TOILET },
      { weight: 1, hours: null, access: 'unknown', facilities: {} },
    ],
  },
  {
    count: 90,
    title: '工会爱心驿站（银行网点·演示）',
    organisationId: 'demo-bank',
    precisionM: 20,
    services: ['rest'],
    variants: [
      { weight: 4, hours: BANK_HOURS, access: 'open', facilities: NO_TOILET },
      { weight: 1, hours: 'Mo-Fr 09:00-17:00; PH off', access: 'ask', facilities: BASIC },
    ],
  },
  {
    count: 70,
    title: '工会爱心驿站（园区·演示）',
    organisationId: 'demo-park',
    precisionM: 200,
    services: ['rest'],
    variants: [
      { weight: 3, hours: 'Mo-Su 07:00-22:00', access: 'open', facilities: OUTDOOR },
      { weight: 1, hours: 'Mo-Sa 07:30-19:30; PH off', access: 'staff', facilities: FULL },
      { weight: 1, hours: 'Mo-Su 07:00+', access: 'ask', facilities: BASIC },
    ],
  },
  {
    count: 49,
    title: '工会爱心驿站（商场·演示）',
    organisationId: 'demo-mall',
    precisionM: 800,
    services: ['rest'],
    variants: [
      { weight: 3, hours: 'Mo-Su 10:00-22:00', access: 'open', facilities: FULL },
      { weight: 1, hours: 'Mo-Th 10:00-22:00; Fr-Su 10:00-24:00', access: 'open', facilities: NO_TOILET },
    ],
  },
  {
    count: 60,
    title: '工会爱心驿站（加油站·演示）',
    organisationId: 'demo-petrol',
    precisionM: 30,
    services: ['rest', 'water'],
    variants: [
      { weight: 4, hours: '24/7', access: 'open', facilities: FUEL },
      { weight: 1, hours: 'Mo-Su 06:00-02:00', access: 'ask', facilities: FUEL },
    ],
  },
  {
    count: 24,
    title: '爱心餐点（社区食堂·演示）',
    organisationId: 'demo-community',
    precisionM: 50,
    services: ['free_meal'],
    principal: { price: 'discount', priceNote: '8折' },
    variants: [
      { weight: 3, hours: MEALS, access: 'open', facilities: CANTEEN },
      { weight: 1, hours: 'Mo-Fr 11:00-13:00; PH off', access: 'open', facilities: CANTEEN },
    ],
  },
  {
    count: 16,
    title: '爱心餐点（餐馆·演示）',
    organisationId: 'demo-shop',
    precisionM: 100,
    services: ['free_meal'],
    principal: { price: 'free', capacity: 20, note: '每天20份，送完为止' },
    variants: [
      { weight: 3, hours: 'Mo-Su 11:30-13:30', access: 'open', facilities: CANTEEN },
      { weight: 1, hours: null, access: 'open', facilities: {} },
    ],
  },
  {
    count: 36,
    title: '免费饮水点（小店·演示）',
    organisationId: 'demo-shop',
    precisionM: 50,
    services: ['water'],
    principal: { price: 'free' },
    variants: [
      { weight: 3, hours: 'Mo-Su 08:00-22:00', access: 'ask', facilities: TAP },
      { weight: 1, hours: null, access: 'unknown', facilities: TAP },
    ],
  },
  {
    count: 24,
    title: '夏季清凉点（公园·演示）',
    organisationId: 'demo-park',
    precisionM: 600,
    services: ['water'],
    principal: { price: 'free', season: SUMMER },
    variants: [{ weight: 1, hours: 'Mo-Su 09:00-18:00', access: 'open', facilities: OUTDOOR }],
  },
  {
    count: 12,
    title: '劳动纠纷调解点（演示）',
    organisationId: 'demo-union',
    precisionM: 50,
    services: ['mediation', 'legal_aid'],
    variants: [
      { weight: 2, hours: OFFICE_HOURS, access: 'open', facilities: OFFICE },
      { weight: 1, hours: 'Tu,Th 14:30-17:30; PH off', access: 'ask', facilities: OFFICE },
    ],
  },
  {
    count: 8,
    title: '司机之家（演示）',
    organisationId: 'demo-petrol',
    precisionM: 100,
    services: ['driver_home', 'rest'],
    principal: { price: 'free', capacity: 12 },
    variants: [{ weight: 1, hours: '24/7', access: 'open', facilities: HOME }],
  },
];

/** Who runs the fictional places, and who else has staff in the demo. */
export const DEMO_ORGANISATIONS = [
  { id: 'demo-union', kind: 'union', name: '演示工会', nameEn: 'Demo union' },
  { id: 'demo-community', kind: 'community', name: '演示社区', nameEn: 'Demo community' },
  { id: 'demo-bank', kind: 'bank', name: '演示银行', nameEn: 'Demo bank' },
  { id: 'demo-park', kind: 'park', name: '演示园区', nameEn: 'Demo park' },
  { id: 'demo-mall', kind: 'mall', name: '演示商场', nameEn: 'Demo mall' },
  { id: 'demo-petrol', kind: 'petrol_station', name: '演示加油站', nameEn: 'Demo petrol station' },
  { id: 'demo-shop', kind: 'other', name: '演示小店', nameEn: 'Demo shop' },
  { id: 'demo-platform', kind: 'platform', name: '演示平台企业', nameEn: 'Demo platform' },
  { id: 'demo-mediation', kind: 'other', name: '演示调解站', nameEn: 'Demo mediation station' },
  { id: 'demo-department', kind: 'government', name: '演示部门', nameEn: 'Demo department' },
] as const;
