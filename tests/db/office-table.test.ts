import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listOfficeSites, officeSitesPage } from '../../api/places/list-office-sites.ts';
import { officeConditions, OFFICE_SORTS, officeFilterQuery } from '../../api/places/office-filter.ts';
import type { Connection } from '../../db/connect.ts';
import { openTestDatabase, testEngines } from '../support/database.ts';
import { makeActor } from '../support/actors.ts';
import { NOON } from '../support/factories.ts';

const TODAY = '2026-03-10';
const CITY = makeActor('centre', { role: 'coordinator' });
const STREETS = ['350203001', '350203002', '350206003', '350206004'];

/** Places with many equal names, days and counts, so that only the id tells them apart. */
async function fill({ sql: db }: Connection, places: number): Promise<void> {
  await db`
    insert into jurisdictions (code, kind, name, source)
    select code, 'street', code, 'test' from unnest(${STREETS}::text[]) code
    union all select code, 'district', code, 'test' from unnest(${['350203', '350206']}::text[]) code`;
  await db`
    insert into sites (id, name, street_code, district_code, hours_status, hours_date, location_status, location_date,
      facilities_status, facilities_date)
    select 'place-' || n, '驿站' || chr(19968 + n * 7919 % 300), street, left(street, 6), 'verified',
      '2026-01-01'::date + n % 60, case when n % 3 = 0 then 'verified' else 'unknown' end, '2026-02-01'::date - n % 30,
      'verified', '2026-03-01'
    from (select n, (${[...STREETS, null]}::text[])[1 + n % 5] as street from generate_series(1, ${places}::int) n) made`;
  await db`
    insert into site_reports (id, site_id, kind, observed_at, received_at)
    select gen_random_uuid(), 'place-' || (1 + n * 31 % ${places}::int), 'locked', '2026-03-09', '2026-03-09'
    from generate_series(1, ${Math.floor(places / 3)}::int) n`;
}

describe.each(testEngines())('the table of the office on %s', (engine) => {
  let connection: Connection;
  const places = engine === 'postgresql' ? 20_000 : 400;
  beforeAll(async () => {
    connection = await openTestDatabase(engine);
    await fill(connection, places);
    await connection.sql`analyze`;
  });
  afterAll(() => connection.close());

  it.each(OFFICE_SORTS)('shows every place once, page by page, by %s', async (sort) => {
    const query = { ...officeFilterQuery.parse({ sort }), limit: engine === 'postgresql' ? 200 : 7 };
    const ids: string[] = [];
    const keys: (string | number)[] = [];
    let cursor: string | undefined;
    do {
      const page = await listOfficeSites(connection.db, CITY, { ...query, cursor }, NOON);
      expect(page.total).toBe(places);
      for (const row of page.rows) {
        ids.push(row.id);
        const checks = row.facts.map(({ verifiedOn }) => verifiedOn ?? '');
        keys.push(
          {
            name: row.name,
            street: row.streetCode ?? '~',
            reports: 1e6 - row.openReports,
            verified: checks.sort()[0]!,
          }[sort],
        );
      }
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(new Set(ids).size).toBe(places);
    expect(ids).toHaveLength(places);
    for (let i = 1; i < keys.length; i++) expect(keys[i]! >= keys[i - 1]!, `row ${i}`).toBe(true);
  });

  it('neither repeats nor skips a place when another one comes in between', async () => {
    const query = { ...officeFilterQuery.parse({ street: STREETS[0] }), limit: 10 };
    const first = await listOfficeSites(connection.db, CITY, query, NOON);
    await connection.sql`
      insert into sites (id, name, street_code) values ('in-between', '驿', ${STREETS[0]!})`;
    const second = await listOfficeSites(connection.db, CITY, { ...query, cursor: first.next! }, NOON);
    await connection.sql`update sites set street_code = null, status = 'withdrawn' where id = 'in-between'`;
    const whole = await listOfficeSites(connection.db, CITY, { ...query, limit: 20 }, NOON);
    expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual(whole.rows.map(({ id }) => id));
  });

  async function planOf(actor: typeof CITY, asked: object): Promise<string> {
    const filter = officeFilterQuery.parse(asked);
    const query = { ...filter, limit: 50, cursor: undefined as string | undefined };
    const page = await listOfficeSites(connection.db, actor, query, NOON);
    const conditions = officeConditions(connection.db, actor, 'site.view', filter, TODAY);
    const statement = officeSitesPage(connection.db, conditions, { ...query, cursor: page.next! });
    const rows = await connection.db.execute<{ 'QUERY PLAN': string }>(sql`explain ${statement.getSQL()}`);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  }

  it.runIf(engine === 'postgresql').each([
    ['name', 'sites_in_name_order'],
    ['street', 'sites_in_street_order'],
    ['verified', 'sites_in_check_order'],
  ])('reads a page of 20,000 in the order of its index, by %s', async (sort, index) => {
    const plan = await planOf(CITY, { sort });
    expect(plan).toContain(`Index Scan using ${index}`);
    expect(plan).not.toContain('Seq Scan on sites');
    expect(plan).not.toContain('Sort');
  });

  it.runIf(engine === 'postgresql')('finds the places of one street by its code', async () => {
    const officer = makeActor('officer', { role: 'officer', jurisdictionCode: STREETS[0]! });
    await connection.sql`
      insert into jurisdictions (code, kind, name, source) values ('350205001', 'street', '小街', 'test')`;
    await connection.sql`
      insert into sites (id, name, street_code) select 'small-' || n, '小店', '350205001' from generate_series(1, 80) n`;
    await connection.sql`analyze sites`;
    const small = makeActor('small', { role: 'officer', jurisdictionCode: '350205001' });
    expect(await planOf(small, { sort: 'name' })).toContain('sites_by_street');
    expect(await planOf(officer, { sort: 'name' })).not.toContain('Seq Scan on sites');
  });
});
