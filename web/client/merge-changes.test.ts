import { describe, expect, test } from 'vitest';
import type { SiteCollection, SiteFeature } from '#domain/places/site.ts';
import { mergeChanges } from './merge-changes.ts';

const feature = (id: string, name = id) =>
  ({ type: 'Feature', id, geometry: null, properties: { id, name } }) as unknown as SiteFeature;
const snapshot = (version: number, features: SiteFeature[]): SiteCollection => ({
  type: 'FeatureCollection',
  version,
  features,
});

describe('changes to the snapshot on the phone', () => {
  const kept = snapshot(5, [feature('a'), feature('b'), feature('c')]);

  test('replace what changed, add what is new and drop what is gone', () => {
    const changes = { ...snapshot(8, [feature('b', 'B'), feature('d')]), gone: [{ id: 'a', replacedBy: 'd' }] };
    const merged = mergeChanges(kept, changes)!;
    expect(merged.version).toBe(8);
    expect(merged.features.map(({ properties }) => properties.name)).toEqual(['B', 'c', 'd']);
    expect(merged).not.toHaveProperty('gone');
  });

  test('that are none leave the features alone, so that nothing is worked out anew', () => {
    expect(mergeChanges(kept, { ...snapshot(5, []), gone: [] })!.features).toBe(kept.features);
  });

  test('without a list of what is gone are a whole snapshot', () => {
    expect(mergeChanges(kept, snapshot(9, [feature('x')]))!.features.map(({ id }) => id)).toEqual(['x']);
  });

  test('older than the snapshot do not fit it', () => {
    expect(mergeChanges(kept, { ...snapshot(2, []), gone: [] })).toBeNull();
  });
});
