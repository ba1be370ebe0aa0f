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
  /** By name and address; a list only where several share them, since there may be hundreds of thousands. */
  const byName = new Map<string, KnownPlace | KnownPlace[]>();
  const near = createNearDuplicates<string>();
  for (const place of places) {
    const { externalId, position, name, address } = place.document;
    if (externalId !== undefined) byExternalId.set(externalId, place);
    addTo(byName, addressed(name, address), place);
    if (position) near.add(place.id, name, position.point);
  }

  function findSame(identity: Identity): KnownPlace | null {
    const namesakes = [byName.get(identity.addressed) ?? []].flat();
    if (namesakes.length === 0 || namesakes.length > MAX_NAMESAKES) return null;
    const exact = pickOne(
      namesakes.filter(({ document }) => (document.street ?? '') === (identity.street ?? '')),
      identity,
    );
    if (exact) return exact;
    // A street that the file did not name, or that was not known when the place came in, contradicts nothing.
    const loose = namesakes.filter(({ document }) => document.street === null || identity.street === null);
    return pickOne(loose, identity);
  }

  return {
    findByExternalId: (externalId) => byExternalId.get(externalId) ?? null,
    findSame,
    findNear: ({ name, position }) => (position ? near.find(name, position.point) : []),
  };
}

function pickOne(places: readonly KnownPlace[], { position }: Identity): KnownPlace | null {
  if (places.length <= 1) return places[0] ?? null;
  const there = places.filter(
    ({ document }) =>
      position && document.position && distanceM(position.point, document.position.point) <= SAME_POINT_M,
  );
  return there.length === 1 ? there[0]! : null;
}

function addTo(places: Map<string, KnownPlace | KnownPlace[]>, key: string, place: KnownPlace): void {
  const known = places.get(key);
  if (known === undefined) places.set(key, place);
  else if (!Array.isArray(known)) places.set(key, [known, place]);
  else if (known.length <= MAX_NAMESAKES) known.push(place);
}

/** Name and address, folded: with the street they make two rows without a number the same. */
export function addressed(name: string, address: string | undefined): string {
  return `${foldText(name)}\n${foldText(address ?? '')}`;
}
