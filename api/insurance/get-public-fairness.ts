import { asc, inArray } from 'drizzle-orm';
import { LEAST_PUBLISHED, type PublicFairness } from '#domain/insurance/fairness-contract.ts';
import { finishedQuarters, quarterDays } from '#domain/insurance/quarters.ts';
import { hideSmallCounts, publicSum } from '#domain/stats/hide-small-counts.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database } from '../../db/connect.ts';
import { jurisdictions } from '../../db/tables/places.ts';
import { refuseField } from '../http/problem.ts';
import { countDecidedByOffice, getFairness, measureSteps } from './get-fairness.ts';

const MAX_QUARTERS = 12;

/**
 * What everybody may know about how claims were decided in a finished quarter: counts without persons, small ones and
 * what would give them away hidden. Without a quarter: the last one. Throws `invalid_request` for one that is not over.
 */
export async function getPublicFairness(
  db: Database,
  quarter: string | undefined,
  nowMs: number,
): Promise<PublicFairness> {
  const quarters = finishedQuarters(shanghaiDay(nowMs), MAX_QUARTERS);
  const shown = quarter ?? quarters[0]!;
  if (!quarters.includes(shown)) {
    throw refuseField('invalid_request', 'quarter', `quarter: is one of ${quarters.at(-1)} to ${quarters[0]}`);
  }
  const period = quarterDays(shown);
  const all = await getFairness(db, period);
  const steps = await measureSteps(db, period, 'city');
  const outcomes = countsOf(all.outcomes);
  const outcomesShown = hideSmallCounts(outcomes, LEAST_PUBLISHED);
  // The declines by reason sum up to how many were declined: where that is hidden, so are they.
  const declinedIsShown = outcomesShown[all.outcomes.findIndex(({ outcome }) => outcome === 'declined')] !== null;
  const declines = hideSmallCounts(countsOf(all.declines), LEAST_PUBLISHED);
  const appeals = hideSmallCounts(countsOf(all.appeals), LEAST_PUBLISHED);
  const { agrees, differs } = all.reviews;
  const [agreesShown, differsShown] = hideSmallCounts([agrees, differs], LEAST_PUBLISHED);
  return {
    quarter: shown,
    ...period,
    leastPublished: LEAST_PUBLISHED,
    quarters,
    reported: all.reported < LEAST_PUBLISHED ? null : all.reported,
    steps: steps.map(({ state, count, medianHours, p90Hours }) =>
      count < LEAST_PUBLISHED ? { state, medianHours: null, p90Hours: null } : { state, medianHours, p90Hours },
    ),
    offices: await countOffices(db, period),
    outcomes: all.outcomes.map(({ outcome }, i) => ({ outcome, count: outcomesShown[i]! })),
    outcomesTotal: publicSum(outcomes, LEAST_PUBLISHED),
    declines: all.declines.map(({ code }, i) => ({ code, count: declinedIsShown ? declines[i]! : null })),
    appeals: all.appeals.map(({ outcome }, i) => ({ outcome, count: appeals[i]! })),
    reviews: [
      { result: 'agrees', count: agreesShown! },
      { result: 'differs', count: differsShown! },
    ],
  };
}

const countsOf = (rows: readonly { count: number }[]) => rows.map(({ count }) => count);

/** Every street and town, so that one without claims does not stand out by missing. */
async function countOffices(db: Database, period: { from: string; to: string }): Promise<PublicFairness['offices']> {
  const decided = await countDecidedByOffice(db, period);
  const streets = await db
    .select({ code: jurisdictions.code, name: jurisdictions.name })
    .from(jurisdictions)
    .where(inArray(jurisdictions.kind, ['street', 'town']))
    .orderBy(asc(jurisdictions.code));
  const counts = hideSmallCounts(
    streets.map(({ code }) => decided.get(code) ?? 0),
    LEAST_PUBLISHED,
  );
  return streets.map((street, i) => ({ ...street, decided: counts[i]! }));
}
