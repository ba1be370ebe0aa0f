import { describe, expect, test } from 'vitest';
import {
  addService,
  changeService,
  emptyDocument,
  emptyService,
  formProblems,
  removeService,
  tidyDocument,
} from './site-form.ts';

const place = { ...emptyDocument('350203005'), name: '驿站' };

describe('a form', () => {
  test('of a new place is in the street of its office and needs only a name', () => {
    expect(emptyDocument('350203005')).toMatchObject({ districtCode: '350203', streetCode: '350203005' });
    expect(formProblems(emptyDocument())).toEqual([{ path: 'name', code: 'name-missing' }]);
    expect(formProblems(place)).toEqual([]);
  });

  test('is stored trimmed, and what is empty is not known', () => {
    const typed = {
      ...place,
      name: ' 驿站 ',
      phone: '  ',
      note: '',
      services: [{ ...emptyService('rest'), hours: ' 24/7 ' }],
    };
    expect(tidyDocument(typed)).toMatchObject({ name: '驿站', phone: null, note: null, services: [{ hours: '24/7' }] });
  });

  test('forgets what belongs to another status', () => {
    const closed = { ...place, status: 'closed_for_now' as const, statusUntil: '2026-12-01', replacedBy: 'other' };
    expect(tidyDocument(closed)).toMatchObject({ statusUntil: '2026-12-01', replacedBy: null });
    expect(tidyDocument({ ...closed, status: 'replaced' })).toMatchObject({ statusUntil: null, replacedBy: 'other' });
    expect(tidyDocument({ ...closed, status: 'open' })).toMatchObject({ statusUntil: null, replacedBy: null });
  });

  test.each([
    [{ point: { lng: 118, lat: 24 } }, 'precisionM', 'precision-missing'],
    [{ point: { lng: 118, lat: 24 }, precisionM: 0.5 }, 'precisionM', 'precision-range'],
    [{ status: 'replaced' as const }, 'replacedBy', 'replacement-missing'],
    [{ services: [] }, 'services', 'services-missing'],
    [{ note: '长'.repeat(1001) }, 'note', 'too-long'],
    [{ services: [{ ...emptyService('rest'), hours: 'x'.repeat(501) }] }, 'services.rest.hours', 'too-long'],
    [{ services: [{ ...emptyService('rest'), season: 'summer' }] }, 'services.rest.season', 'season-unreadable'],
    [{ services: [{ ...emptyService('rest'), capacity: NaN }] }, 'services.rest.capacity', 'capacity-range'],
  ])('%j cannot be saved', (change, path, code) => {
    expect(formProblems({ ...place, ...change })).toEqual([expect.objectContaining({ path, code })]);
  });

  test('keeps the services in the order in which people see them', () => {
    const more = addService(addService(place, 'mediation'), 'water');
    expect(more.services.map(({ service }) => service)).toEqual(['rest', 'water', 'mediation']);
    const changed = changeService(more, 'water', { capacity: 3 });
    expect(removeService(changed, 'rest').services.map(({ capacity }) => capacity)).toEqual([3, null]);
  });
});
