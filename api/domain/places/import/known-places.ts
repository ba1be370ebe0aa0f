import { distanceM } from '../../geo/geodesic.ts';
import { foldText } from './fold-text.ts';
import type { ImportDocument } from './import-document.ts';
import { createNearDuplicates, type DuplicateCandidate } from './near-duplicates.ts';

export interface KnownPlace {
  id: string;
  document: ImportDocument;
}

/** `addressed` is of its name and address. */
export type Identity = Pick<ImportDocument, 'street' | 'position'> & { addressed: string };

export interface KnownPlaces {
  findByExternalId: (externalId: string) => KnownPlace | null;
  /**
   * The one place with the very same name and address. The street must not contradict; of several the one on the same
   * point. Null when there is none, or when it is not clear which.
   */
  findSame: (identity: Identity) => KnownPlace | null;
  findNear: (document: ImportDocument) => DuplicateCandidate<string>[];
}

/** Where more places than this share name and address, neither tells them apart. */
const MAX_NAMESAKES = 50;
const SAME_POINT_M = 5;

/** The places a file is compared with, ready to be asked. Building and asking cost the same per place however many. */
export function createKnownPlaces(places: Iterable<KnownPlace>): KnownPlaces {
  const byExternalId = new Map<string, KnownPlace>();
  const byStreet = new Map<string, KnownPlace[]>();
  const byName = new Map<string, KnownPlace[]>();
  const near = createNearDuplicates<string>();
  for (const place of places) {
    const { externalId, position, name, address, street } = place.document;
    if (externalId !== undefined) byExternalId.set(externalId, place);
    const key = addressed(name, address);
    addTo(byStreet, `${key}\n${street ?? ''}`, place);
    addTo(byName, key, place);
    if (position) near.add(place.id, name, position.point);
  }

  function findSame(identity: Identity): KnownPlace | null {
    const key = identity.addressed;
    const exact = pickOne(byStreet.get(`${key}\n${identity.street ?? ''}`), identity);
    if (exact) return exact;
    // A street that the file did not name, or that was not known when the place came in, contradicts nothing.
    const loose = byName.get(key);
    return pickOne(
      loose?.filter(({ document }) => document.street === null || identity.street === null),
      identity,
    );
  }

  return {
    findByExternalId: (externalId) => byExternalId.get(externalId) ?? null,
    findSame,
    findNear: ({ name, position }) => (position ? near.find(name, position.point) : []),
  };
}

function pickOne(places: readonly KnownPlace[] | undefined, { position }: Identity): KnownPlace | null {
  if (!places || places.length === 0 || places.length > MAX_NAMESAKES) return null;
  if (places.length === 1) return places[0]!;
  const there = places.filter(
    ({ document }) =>
      position && document.position && distanceM(position.point, document.position.point) <= SAME_POINT_M,
  );
  return there.length === 1 ? there[0]! : null;
}

function addTo(places: Map<string, KnownPlace[]>, key: string, place: KnownPlace): void {
  const known = places.get(key);
  if (!known) places.set(key, [place]);
  else if (known.length <= MAX_NAMESAKES) known.push(place);
}

/** Name and address, folded: with the street they make two rows without a number the same. */
export function addressed(name: string, address: string | undefined): string {
  return `${foldText(name)}\n${foldText(address ?? '')}`;
}
