import { describe, expect, test } from 'vitest';
import { changesBetween } from '#domain/places/document-changes.ts';
import { mergeDocuments } from '#domain/places/merge-documents.ts';
import { beginningOf, outgoingOf, verificationsOf } from './edited-site.ts';
import { applyChoices, groupConflicts } from './merge-choices.ts';
import { emptyDocument, emptyService } from './site-form.ts';

const begun = emptyDocument('350203005');
const document = { ...begun, name: '驿站', phone: '1', services: [emptyService('rest'), emptyService('water')] };
const stored = { id: 'here', revision: 3, document };
const asks = () => false;

describe('what a save sends', () => {
  test('of an untouched form is no change, also while blanks are typed', () => {
    expect(outgoingOf(stored, begun, { ...document, note: '  ' }, asks)).toMatchObject({
      changes: [],
      handoverTo: null,
    });
    expect(outgoingOf(null, begun, begun, asks).changes).toEqual([]);
  });

  test('to another street is a hand-over, and everything else is saved where the place is', () => {
    const moved = { ...document, streetCode: '350206001', districtCode: '350206', phone: '2' };
    const outgoing = outgoingOf(stored, begun, moved, asks);
    expect(outgoing.handoverTo).toBe('350206001');
    expect(outgoing.document).toMatchObject({ streetCode: '350203005', districtCode: '350203', phone: '2' });
    expect(outgoing.changes.map(({ path }) => path)).toEqual(['phone']);
  });

  test('moves the place at once where both streets are one’s own, and where it had no street', () => {
    const moved = { ...document, streetCode: '350203006' };
    expect(outgoingOf(stored, begun, moved, () => true)).toMatchObject({ handoverTo: null, document: moved });
    const homeless = { ...stored, document: { ...document, streetCode: null } };
    expect(outgoingOf(homeless, begun, moved, asks)).toMatchObject({ handoverTo: null, document: moved });
  });

  test('holds the verifications with ids of their own', () => {
    let next = 0;
    const checks = {
      hours: { method: 'by_phone' as const, day: '2026-03-10', note: ' ' },
      location: { method: 'on_site' as const, day: '2026-03-09', note: '到了' },
    };
    expect(verificationsOf(checks, () => `id-${++next}`)).toEqual([
      { id: 'id-1', fact: 'hours', method: 'by_phone', day: '2026-03-10' },
      { id: 'id-2', fact: 'location', method: 'on_site', day: '2026-03-09', note: '到了' },
    ]);
  });
});

describe('two edits', () => {
  test('a draft tells what it was begun from', () => {
    const draft = { ...document, phone: '2', services: [{ ...emptyService('rest'), hours: '24/7' }] };
    expect(beginningOf({ document: draft, changes: changesBetween(document, draft) })).toEqual(document);
  });

  test('are settled field by field, a point and its precision by one choice', () => {
    const mine = { ...document, phone: '2', point: { lng: 118, lat: 24 }, precisionM: 10 };
    const theirs = { ...document, phone: '3', note: 'x', point: { lng: 119, lat: 24 }, precisionM: 30 };
    const { merged, conflicts } = mergeDocuments(document, mine, theirs);
    const groups = groupConflicts(conflicts);
    expect(groups.map(({ key }) => key).sort()).toEqual(['phone', 'point']);
    expect(applyChoices(merged, groups, { phone: 'mine', point: 'theirs' })).toEqual({
      ...document,
      phone: '2',
      note: 'x',
      point: { lng: 119, lat: 24 },
      precisionM: 30,
    });
  });
});
