import { or, sql, type SQL } from 'drizzle-orm';
import { VERIFIED_FACTS, type ReportKind, type VerifiedFact } from '#domain/places/catalogue.ts';
import {
  complaintsAbout,
  ENOUGH_WEIGHT,
  FAR_WEIGHT,
  FRESHNESS_DAYS,
  NEAR_WEIGHT,
  needsLook,
} from '#domain/places/freshness.ts';
import { FRESHNESS, type Freshness } from '#domain/places/office-contract.ts';
import { addDays } from '#domain/time/shanghai.ts';
import { sites } from '../../db/tables/places.ts';

const STATUS = { location: sites.locationStatus, hours: sites.hoursStatus, facilities: sites.facilitiesStatus };
const DATE = { location: sites.locationDate, hours: sites.hoursDate, facilities: sites.facilitiesDate };

/**
 * `freshnessOf` for a row of `sites`, so that the database can filter and count by it. The numbers and kinds are the
 * domain's; that both say the same of every row is tested on both engines (tests/db/freshness.test.ts).
 */
export function freshnessSql(fact: VerifiedFact, today: string): SQL<Freshness> {
  const { fresh, ageing } = FRESHNESS_DAYS[fact];
  const checkedOn = sql`case when ${STATUS[fact]} = 'verified' then ${DATE[fact]} end`;
  const publishedOn = sql`case when ${STATUS[fact]} = 'reported' then ${DATE[fact]} end`;
  const confirmedOn = sql`case when ${weight('confirmed')} >= ${number(ENOUGH_WEIGHT)} then ${lastDay('confirmed')} end`;
  const settledOn = sql`coalesce(greatest(${checkedOn}, ${lastDay('confirmed')}), '-infinity')`;
  const complaints = complaintsAbout(fact).map(
    (kind) => sql`case when ${lastDay(kind)} >= ${settledOn} then ${weight(kind)} else 0 end`,
  );
  const complaint = sql`(${sql.join(complaints, sql` + `)})`;
  // `greatest` takes no notice of nulls.
  const asOf = sql`greatest(${checkedOn}, ${confirmedOn}, ${publishedOn})`;
  return sql<Freshness>`case
    when ${STATUS[fact]} = 'disputed' or ${complaint} >= ${number(ENOUGH_WEIGHT)} then 'contested'
    when ${asOf} is null then 'never'
    when ${asOf} < ${addDays(today, -ageing)}::date then 'stale'
    when ${asOf} >= ${addDays(today, -fresh)}::date and ${checkedOn} is not null and ${complaint} = 0 then 'fresh'
    else 'ageing' end`;
}

/** Whether somebody should look at any fact of the site; of places that riders do not see nobody need. */
export function siteNeedsLook(today: string): SQL {
  const looked = sql.join(
    FRESHNESS.filter(needsLook).map((freshness) => sql`${freshness}`),
    sql`, `,
  );
  const facts = VERIFIED_FACTS.map((fact) => sql`${freshnessSql(fact, today)} in (${looked})`);
  return sql`(${sites.status} in ('open', 'closed_for_now') and ${or(...facts)})`;
}

function lastDay(kind: ReportKind): SQL {
  return sql`(${sites.reported}->${text(kind)}->>'last')::date`;
}

function weight(kind: ReportKind): SQL {
  const said = (key: string) => sql`coalesce((${sites.reported}->${text(kind)}->>${text(key)})::numeric, 0)`;
  return sql`(${said('near')} * ${number(NEAR_WEIGHT)} + (${said('count')} - ${said('near')}) * ${number(FAR_WEIGHT)})`;
}

/** Our own constants stand in the statement itself: as parameters their types would have to be guessed. */
function text(code: string): SQL {
  return sql.raw(`'${code}'`);
}

function number(value: number): SQL {
  return sql.raw(String(value));
}
