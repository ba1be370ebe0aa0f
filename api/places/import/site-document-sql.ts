import { sql, type SQL } from 'drizzle-orm';

/** The columns of `sites` that a `SiteDocument` fills, in the order of `documentColumns`. */
export const SITE_COLUMNS = sql.raw(
  'name, name_en, district_code, street_code, organisation_id, address, phone, status, status_until, replaced_by, ' +
    'access, access_note, point, precision_m, original_lng, original_lat, original_crs, note, photos',
);

/** The values for them out of `d`, the document as a record. */
export const documentColumns = sql.raw(`
  d.name, d."nameEn", d."districtCode", d."streetCode", d."organisationId", d.address, d.phone, d.status,
  d."statusUntil", d."replacedBy", d.access, d."accessNote",
  ST_SetSRID(ST_MakePoint((d.point->>'lng')::float8, (d.point->>'lat')::float8), 4326), d."precisionM",
  (d.original->>'lng')::float8, (d.original->>'lat')::float8, d.original->>'crs', d.note,
  coalesce(d.photos, '[]')`);

/** The `SiteDocument` of the row `s` of `sites`, as jsonb. */
export const documentOfSite = sql.raw(`jsonb_build_object(
  'name', s.name, 'nameEn', s.name_en, 'districtCode', s.district_code, 'streetCode', s.street_code,
  'organisationId', s.organisation_id, 'address', s.address, 'phone', s.phone, 'status', s.status,
  'statusUntil', s.status_until, 'replacedBy', s.replaced_by, 'access', s.access, 'accessNote', s.access_note,
  'point', case when s.point is not null then jsonb_build_object('lng', ST_X(s.point), 'lat', ST_Y(s.point)) end,
  'precisionM', s.precision_m,
  'original', case when s.original_crs is not null
    then jsonb_build_object('lng', s.original_lng, 'lat', s.original_lat, 'crs', s.original_crs) end,
  'services', coalesce((
    select jsonb_agg(jsonb_build_object('service', p.service, 'hours', p.hours, 'season', p.season, 'price', p.price,
      'priceNote', p.price_note, 'capacity', p.capacity, 'facilities', coalesce(p.facilities, '{}'), 'note', p.note)
      order by p.position, p.service)
    from service_points p where p.site_id = s.id), '[]'),
  'note', s.note, 'photos', s.photos)`);

/** Inserts the service points of documents; `documents` selects `site_id` and `document`. */
export function documentServices(documents: SQL): SQL {
  return sql`
    insert into service_points
      (site_id, service, position, hours, season, price, price_note, capacity, facilities, note)
    select r.site_id, p.item->>'service', p.nth - 1, p.item->>'hours', p.item->>'season', p.item->>'price',
      p.item->>'priceNote', (p.item->>'capacity')::int, nullif(p.item->'facilities', '{}'), p.item->>'note'
    from (${documents}) as r, jsonb_array_elements(r.document->'services') with ordinality as p(item, nth)`;
}
