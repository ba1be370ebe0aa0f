import { describe, expect, test } from 'vitest';
import { SiteFeature } from '#domain/places/site.ts';
import { type PreviewFacts, previewFeature } from './preview-feature.ts';
import { emptyDocument, emptyService } from './site-form.ts';

const about: PreviewFacts = { id: 'here', facts: [], organisation: null, demo: false, verifying: {}, noName: '名称' };
const place = { ...emptyDocument('350203005'), name: '驿站' };

describe('what riders will see', () => {
  test('of an empty form is a place of which nothing is known', () => {
    const feature = previewFeature(emptyDocument(), about);
    expect(SiteFeature.parse(feature)).toEqual(feature);
    expect(feature.geometry).toBeNull();
    expect(feature.properties).toMatchObject({ name: '名称', precisionM: null, hours: null, facilities: {} });
    expect(feature.properties).not.toHaveProperty('phone');
  });

  test('has the point, the hours and the facilities of the form', () => {
    const full = {
      ...place,
      phone: ' 0592-1 ',
      point: { lng: 118.1, lat: 24.5 },
      precisionM: 20,
      services: [
        { ...emptyService('rest'), hours: '24/7', facilities: { toilet: false } },
        { ...emptyService('water'), hours: '24/7', facilities: { toilet: true }, capacity: 4 },
      ],
    };
    const feature = previewFeature(full, { ...about, organisation: '总工会', demo: true });
    expect(SiteFeature.parse(feature)).toEqual(feature);
    expect(feature.geometry?.coordinates).toEqual([118.1, 24.5]);
    expect(feature.properties).toMatchObject({
      phone: '0592-1',
      organisation: '总工会',
      hours: '24/7',
      facilities: { toilet: true },
      demo: true,
    });
    expect(feature.properties.services[0]).not.toHaveProperty('capacity');
  });

  test('draws a status that riders never see as an open place', () => {
    expect(previewFeature({ ...place, status: 'planned' }, about).properties.status).toBe('open');
    const closed = { ...place, status: 'closed_for_now' as const, statusUntil: '2026-12-01' };
    expect(previewFeature(closed, about).properties).toMatchObject({
      status: 'closed_for_now',
      statusUntil: '2026-12-01',
    });
  });

  test('says what was checked, and what is being checked with this save', () => {
    const facts: PreviewFacts['facts'] = [
      { fact: 'location', freshness: 'stale', verifiedOn: '2025-01-01', method: 'on_site', source: null },
      { fact: 'hours', freshness: 'contested', verifiedOn: '2026-01-01', method: 'by_phone', source: null },
    ];
    const { verification } = previewFeature(place, {
      ...about,
      facts,
      verifying: { facilities: '2026-03-10' },
    }).properties;
    expect(verification.location).toMatchObject({ status: 'verified', date: '2025-01-01' });
    expect(verification.hours.status).toBe('disputed');
    expect(verification.facilities).toMatchObject({ status: 'verified', date: '2026-03-10' });
  });
});
