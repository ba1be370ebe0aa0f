import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { LandNetwork } from '#domain/geo/land-network.ts';
import { connectDatabase, migrate } from '../../db/connect.ts';
import { organisations } from '../../db/tables/places.ts';
import { DEMO_ORGANISATIONS } from '../../seed/demo/kinds.ts';
import { seedBase } from '../../seed/reference/load.ts';
import { type SyntheticSite, syntheticSites } from './synthetic-sites.ts';

/**
 * Makes an empty database into one with `count` synthetic public sites, indexed and analysed. Beside the program's own
 * columns each site gets `bench_zone` (its reach zone) and `bench_feature` (its JSON as the API answers it): a rival that
 * asks PostGIS directly need not work them out.
 */
export async function loadSites(url: string, count: number, network: LandNetwork): Promise<void> {
  const connection = await connectDatabase({ url, dataDir: '', poolSize: 2 });
  await migrate(connection);
  await seedBase(connection.db);
  await connection.db.insert(organisations).values(DEMO_ORGANISATIONS.map((one) => ({ ...one, demo: true })));

  const sql = connection.openClient();
  // Rows as the triggers would leave them after one commit, without running them a million times.
  await sql`set session_replication_role = replica`;
  await sql`alter table sites add column bench_zone text, add column bench_feature text`;
  await sql`drop index sites_point_geography`;
  await pipeline(
    Readable.from(batches(siteRows(count, network))),
    await sql`copy sites (id, name, district_code, street_code, organisation_id, address, status, access, access_note,
      point, precision_m, location_status, location_date, location_source, hours_status, hours_date, hours_source,
      facilities_status, facilities_date, facilities_source, source, demo, version, bench_zone, bench_feature)
      from stdin`.writable(),
  );
  await pipeline(
    Readable.from(batches(serviceRows(count, network))),
    await sql`copy service_points (site_id, service, position, hours, season, price, price_note, capacity, facilities,
      note) from stdin`.writable(),
  );
  await sql`create index sites_point_geography on sites using gist ((point::geography))`;
  await sql`update sites_version set value = 1`;
  await sql`vacuum (analyze) sites`;
  await sql`vacuum (analyze) service_points`;
  await sql.end();
  await connection.close();
}

function* siteRows(count: number, network: LandNetwork): Generator<string> {
  for (const site of syntheticSites(count, network)) yield siteRow(site, network);
}

function siteRow({ feature, point, organisationId }: SyntheticSite, network: LandNetwork): string {
  const p = feature.properties;
  const place = network.locate(point);
  const verifications = [p.verification.location, p.verification.hours, p.verification.facilities];
  return copyRow([
    p.id,
    p.name,
    p.district,
    p.street,
    organisationId,
    p.address,
    p.status,
    p.access,
    p.accessNote,
    `SRID=4326;POINT(${point.lng} ${point.lat})`,
    p.precisionM,
    ...verifications.flatMap(({ status, date, source }) => [status, date, source]),
    p.source,
    p.demo,
    1,
    place.outside ? null : place.zone,
    JSON.stringify(feature),
  ]);
}

function* serviceRows(count: number, network: LandNetwork): Generator<string> {
  for (const { feature } of syntheticSites(count, network)) {
    let position = 0;
    for (const { service, hours, season, price, priceNote, capacity, facilities, note } of feature.properties
      .services) {
      const has = facilities && JSON.stringify(facilities);
      yield copyRow([feature.id, service, position++, hours, season, price, priceNote, capacity, has, note]);
    }
  }
}

/** One line of PostgreSQL's COPY text format. */
function copyRow(values: readonly (string | number | boolean | null | undefined)[]): string {
  const cell = (value: (typeof values)[number]) =>
    value === null || value === undefined ? '\\N' : String(value).replace(/[\\\t\n\r]/g, (c) => ESCAPES[c]!);
  return `${values.map(cell).join('\t')}\n`;
}
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function* batches(lines: Iterable<string>): Generator<string> {
  let batch = '';
  for (const line of lines) {
    batch += line;
    if (batch.length > 1 << 18) {
      yield batch;
      batch = '';
    }
  }
  yield batch;
}
