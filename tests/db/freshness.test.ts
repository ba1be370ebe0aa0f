import { asc } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REPORT_KINDS, VERIFIED_FACTS, VERIFICATION_STATUSES } from '#domain/places/catalogue.ts';
import { FRESHNESS_DAYS, freshnessOf, needsLook } from '#domain/places/freshness.ts';
import { FRESHNESS } from '#domain/places/office-contract.ts';
import type { ReportSummary } from '#domain/places/site.ts';
import { addDays } from '#domain/time/shanghai.ts';
import { freshnessSql, siteNeedsLook } from '../../api/places/freshness-sql.ts';
import type { Connection } from '../../db/connect.ts';
import { sites } from '../../db/tables/places.ts';
import { openTestDatabase, testEngines } from '../support/database.ts';
import { addSites, makeSite } from '../support/factories.ts';
import { seededRandom } from '../support/random.ts';

const TODAY = '2026-03-10';
const SITES = 800;
const random = seededRandom(31);
const oneOf = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
/** Days on which something turns are more likely than others. */
const EDGES = VERIFIED_FACTS.flatMap((fact) => Object.values(FRESHNESS_DAYS[fact])).flatMap((days) => [days, days + 1]);
const someDay = () => addDays(TODAY, -(random() < 0.4 ? oneOf(EDGES) : Math.floor(random() * 400)));

function someReports(): ReportSummary | null {
  if (random() < 0.3) return null;
  const kinds = REPORT_KINDS.filter(() => random() < 0.25);
  return Object.fromEntries(
    kinds.map((kind) => {
      const count = 1 + Math.floor(random() * 3);
      const near = Math.floor(random() * (count + 1));
      return [kind, { count, ...(near && { near }), last: random() < 0.5 ? TODAY : someDay() }];
    }),
  );
}

const someFact = () => ({ status: oneOf(VERIFICATION_STATUSES), date: random() < 0.2 ? null : someDay() });

describe.each(testEngines())('the freshness of facts on %s', (engine) => {
  let connection: Connection;
  beforeAll(async () => {
    connection = await openTestDatabase(engine);
    const seeds = Array.from({ length: SITES }, () => {
      const [location, hours, facilities] = [someFact(), someFact(), someFact()];
      return makeSite({
        locationStatus: location.status,
        locationDate: location.date,
        hoursStatus: hours.status,
        hoursDate: hours.date,
        facilitiesStatus: facilities.status,
        facilitiesDate: facilities.date,
        reported: someReports(),
        status: oneOf(['open', 'closed_for_now', 'planned', 'closed_for_good']),
      });
    });
    await addSites(connection.db, ...seeds);
  });
  afterAll(() => connection.close());

  it(`is to the database what it is to the domain, for ${SITES} places`, async () => {
    const rows = await connection.db
      .select({
        site: sites,
        location: freshnessSql('location', TODAY),
        hours: freshnessSql('hours', TODAY),
        facilities: freshnessSql('facilities', TODAY),
        look: siteNeedsLook(TODAY),
      })
      .from(sites)
      .orderBy(asc(sites.id));
    expect(rows).toHaveLength(SITES);
    const seen = new Set<string>();
    for (const { site, look, ...said } of rows) {
      const verification = {
        location: { status: site.locationStatus, date: site.locationDate },
        hours: { status: site.hoursStatus, date: site.hoursDate },
        facilities: { status: site.facilitiesStatus, date: site.facilitiesDate },
      };
      for (const fact of VERIFIED_FACTS) {
        const freshness = freshnessOf(fact, { verification, reported: site.reported }, TODAY);
        expect(said[fact], JSON.stringify({ fact, ...verification[fact], reported: site.reported })).toBe(freshness);
        seen.add(`${fact} ${freshness}`);
      }
      const isPublic = site.status === 'open' || site.status === 'closed_for_now';
      expect(look).toBe(isPublic && VERIFIED_FACTS.some((fact) => needsLook(said[fact])));
    }
    expect(seen.size, 'every freshness of every fact').toBe(VERIFIED_FACTS.length * FRESHNESS.length);
  });
});
