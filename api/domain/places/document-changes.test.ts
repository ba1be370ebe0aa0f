import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACCESS_KINDS, FACILITIES, PRICES, SERVICES } from './catalogue.ts';
import { applyChange, changesBetween, isSame } from './document-changes.ts';
import { mergeDocuments } from './merge-documents.ts';
import { ServiceDocument, SiteDocument } from './site-document.ts';

const SEED = 20260310;
const runs = (numRuns: number) => ({ seed: SEED, numRuns });

// A few values for each field, so that two sides often agree and often collide.
const words = fc.constantFrom(null, '甲', '乙', '丙');
const serviceOf = (service: ServiceDocument['service']): fc.Arbitrary<ServiceDocument> =>
  fc.record({
    service: fc.constant(service),
    hours: fc.constantFrom(null, '24/7', 'Mo-Fr 09:00-17:00'),
    season: fc.constantFrom(null, 'Jun 01-Sep 30'),
    price: fc.constantFrom(null, ...PRICES),
    priceNote: words,
    capacity: fc.constantFrom(null, 4, 20),
    facilities: fc.dictionary(fc.constantFrom(...FACILITIES.slice(0, 4)), fc.boolean()),
    note: words,
  });
const services = fc
  .shuffledSubarray(SERVICES.slice(0, 5), { maxLength: 4 })
  .chain((codes) => fc.tuple(...codes.map(serviceOf)));
const place = fc.constantFrom(
  { point: null, precisionM: null, original: null },
  { point: { lng: 118.1, lat: 24.5 }, precisionM: 20, original: null },
  { point: { lng: 118.2, lat: 24.6 }, precisionM: 20, original: { lng: 118.21, lat: 24.61, crs: 'GCJ02' as const } },
);
const status = fc.constantFrom(
  { status: 'open' as const, statusUntil: null, replacedBy: null },
  { status: 'closed_for_now' as const, statusUntil: '2026-04-01', replacedBy: null },
  { status: 'replaced' as const, statusUntil: null, replacedBy: 'other-place' },
);
const street = fc.constantFrom(
  { districtCode: '350203', streetCode: '350203001' },
  { districtCode: '350206', streetCode: '350206001' },
  { districtCode: '350203', streetCode: null },
);
const PHOTO_FILES = ['a', 'b', 'c', 'd'].map((letter) => `00000000-0000-4000-8000-00000000000${letter}`);
const photos = fc
  .shuffledSubarray(PHOTO_FILES)
  .chain((files) => fc.tuple(...files.map((file) => fc.record({ file: fc.constant(file), caption: words }))));
const document: fc.Arbitrary<SiteDocument> = fc
  .record({
    name: fc.constantFrom('甲站', '乙站', '丙站'),
    nameEn: words,
    organisationId: fc.constantFrom(null, 'a-bank'),
    address: words,
    phone: words,
    access: fc.constantFrom(...ACCESS_KINDS),
    accessNote: words,
    services,
    photos,
    note: words,
    place,
    status,
    street,
  })
  .map(({ place: where, status: how, street: code, ...rest }) => ({ ...rest, ...where, ...how, ...code }));

const plain: SiteDocument = SiteDocument.parse({
  name: '驿站',
  nameEn: null,
  districtCode: '350203',
  streetCode: '350203001',
  organisationId: null,
  address: null,
  phone: null,
  status: 'open',
  statusUntil: null,
  replacedBy: null,
  access: 'open',
  accessNote: null,
  photos: [],
  point: null,
  precisionM: null,
  original: null,
  services: [
    {
      service: 'rest',
      hours: null,
      season: null,
      price: null,
      priceNote: null,
      capacity: null,
      facilities: {},
      note: null,
    },
  ],
  note: null,
});
const rest = plain.services[0]!;
const having = (facilities: ServiceDocument['facilities']) => ({ ...plain, services: [{ ...rest, facilities }] });
const pinnedAt = (lng: number, precisionM: number) => ({ ...plain, point: { lng, lat: 24.5 }, precisionM });
const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1);
const pathsOf = (changes: readonly { path: string }[]) => changes.map(({ path }) => path);

describe('changesBetween', () => {
  it('names each field that differs, and of a service each of its fields', () => {
    const after: SiteDocument = {
      ...plain,
      name: '新站',
      services: [
        { ...rest, service: 'water', capacity: 2 },
        { ...rest, hours: '24/7' },
      ],
    };
    expect(changesBetween(plain, after)).toEqual([
      { path: 'name', before: '驿站', after: '新站' },
      { path: 'services.rest.hours', before: null, after: '24/7' },
      { path: 'services.water', before: null, after: { ...rest, service: 'water', capacity: 2 } },
      { path: 'services', before: ['rest', 'water'], after: ['water', 'rest'] },
    ]);
  });

  it('finds nothing between equal documents, whatever the order of their keys', () => {
    const reversed = Object.fromEntries(Object.entries(plain).toReversed()) as SiteDocument;
    expect(changesBetween(plain, reversed)).toEqual([]);
  });

  it('turns the one document into the other when applied', () => {
    fc.assert(
      fc.property(document, document, (a, b) => {
        const changes = changesBetween(a, b);
        expect(changes.reduce((at, { path, after }) => applyChange(at, path, after), a)).toEqual(b);
        expect(changes.every(({ before, after }) => !isSame(before, after))).toBe(true);
      }),
      runs(500),
    );
  });
});

describe('applyChange', () => {
  it.each([
    '',
    'colour',
    '__proto__',
    'name.first',
    'services.water.hours',
    'services.rest.colour',
    'services.rest.x.y',
  ])('refuses "%s"', (path) => {
    expect(() => applyChange(plain, path, 'x')).toThrow(RangeError);
  });
});

describe('mergeDocuments', () => {
  it('gives what one side did when the other did nothing, and the same when both did the same', () => {
    fc.assert(
      fc.property(document, document, (base, edited) => {
        expect(mergeDocuments(base, edited, base)).toEqual({ merged: edited, conflicts: [] });
        expect(mergeDocuments(base, base, edited)).toEqual({ merged: edited, conflicts: [] });
        expect(mergeDocuments(base, edited, edited)).toEqual({ merged: edited, conflicts: [] });
      }),
      runs(500),
    );
  });

  it('finds the same conflicts from either side, and a valid document in any case', () => {
    fc.assert(
      fc.property(document, document, document, (base, mine, theirs) => {
        const one = mergeDocuments(base, mine, theirs);
        const other = mergeDocuments(base, theirs, mine);
        const swapped = other.conflicts.map(({ mine: m, theirs: t, ...others }) => ({ ...others, mine: t, theirs: m }));
        expect(one.conflicts.toSorted(byPath)).toEqual(swapped.toSorted(byPath));
        expect(SiteDocument.safeParse(one.merged).error).toBeUndefined();
        const chosen = one.conflicts.reduce((at, { path, theirs: t }) => applyChange(at, path, t), one.merged);
        expect(SiteDocument.safeParse(chosen).error).toBeUndefined();
      }),
      runs(1000),
    );
  });

  it('keeps every change that does not collide, from both sides', () => {
    fc.assert(
      fc.property(document, document, document, (base, mine, theirs) => {
        const { merged, conflicts } = mergeDocuments(base, mine, theirs);
        const inConflict = (path: string) =>
          conflicts.some((conflict) => path === conflict.path || path.startsWith(`${conflict.path}.`));
        for (const [side, other] of [
          [mine, theirs],
          [theirs, mine],
        ] as const) {
          const others = pathsOf(changesBetween(base, other));
          for (const { path, after } of changesBetween(base, side)) {
            if (inConflict(path) || path === 'services' || others.includes(path)) continue;
            const [, code, field] = path.split('.');
            const service = merged.services.find((one) => one.service === code);
            const found = !code
              ? merged[path as keyof SiteDocument]
              : field
                ? service?.[field as keyof ServiceDocument]
                : (service ?? null);
            expect({ path, found }).toEqual({ path, found: after });
          }
        }
      }),
      runs(1000),
    );
  });

  it('takes facilities one by one', () => {
    const base = having({ toilet: true, wifi: true });
    expect(mergeDocuments(base, having({ toilet: false, wifi: true }), having({ toilet: true, aed: true }))).toEqual({
      merged: having({ toilet: false, aed: true }),
      conflicts: [],
    });
    const collided = mergeDocuments(base, having({ toilet: false, aed: true }), having({ wifi: true, aed: false }));
    expect(collided.conflicts).toEqual([
      {
        path: 'services.rest.facilities',
        base: { toilet: true, wifi: true },
        mine: { toilet: false, aed: true },
        theirs: { aed: false },
      },
    ]);
  });

  it('does not mix two moves of the pin, or two closures', () => {
    const { merged, conflicts } = mergeDocuments(pinnedAt(118.1, 50), pinnedAt(118.2, 50), pinnedAt(118.1, 5));
    expect(merged).toEqual(pinnedAt(118.2, 50));
    expect(pathsOf(conflicts)).toEqual(['point', 'precisionM']);
  });

  it('asks about a service that one side changed and the other took away', () => {
    const changed = { ...plain, services: [{ ...rest, hours: '24/7', capacity: 3 }] };
    const removed = { ...plain, services: [] };
    const conflict = { path: 'services.rest', base: rest, mine: changed.services[0], theirs: null };
    expect(mergeDocuments(plain, changed, removed)).toEqual({ merged: changed, conflicts: [conflict] });
    expect(mergeDocuments(plain, removed, changed)).toEqual({
      merged: removed,
      conflicts: [{ ...conflict, mine: null, theirs: changed.services[0] }],
    });
  });
});
