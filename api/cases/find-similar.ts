import { and, eq, gte, inArray, isNotNull, ne, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { SIMILAR_SHOWN_FROM, SIMILAR_WITHIN_DAYS } from '#domain/cases/collective.ts';
import type { SimilarRequests } from '#domain/cases/request-contract.ts';
import type { RequestKind } from '#domain/cases/request.ts';
import { OPEN_STATES } from '#domain/cases/request-lifecycle.ts';
import { respondentKey } from '#domain/cases/respondent-key.ts';
import type { Database } from '../../db/connect.ts';
import { collectiveCases, requests } from '../../db/tables/cases.ts';

const DAY_MS = 86_400_000;

/** How many have asked the same of the same respondent lately; a number that could point to a person is not told. */
export async function findSimilar(
  db: Database,
  {
    kind,
    respondentId,
    respondentName,
    districtCode,
  }: {
    kind: RequestKind;
    respondentId?: string | undefined;
    respondentName?: string | undefined;
    districtCode?: string | undefined;
  },
  nowMs: number,
): Promise<z.infer<typeof SimilarRequests>> {
  const key = respondentId ?? (respondentName ? respondentKey(respondentName) : '');
  if (key === '') return { count: null, shownFrom: SIMILAR_SHOWN_FROM, collective: null };
  const [found] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(requests)
    .where(
      and(
        eq(requests.respondentKey, key),
        eq(requests.kind, kind),
        inArray(requests.state, [...OPEN_STATES]),
        gte(requests.createdAt, new Date(nowMs - SIMILAR_WITHIN_DAYS * DAY_MS)),
        districtCode ? eq(requests.districtCode, districtCode) : isNotNull(requests.id),
      ),
    );
  const count = found!.count;
  if (count < SIMILAR_SHOWN_FROM) return { count: null, shownFrom: SIMILAR_SHOWN_FROM, collective: null };
  const [collective] = await db
    .select({ id: collectiveCases.id, number: collectiveCases.number })
    .from(collectiveCases)
    .where(
      and(
        eq(collectiveCases.respondentKey, key),
        eq(collectiveCases.kind, kind),
        ne(collectiveCases.state, 'concluded'),
      ),
    );
  return { count, shownFrom: SIMILAR_SHOWN_FROM, collective: collective ?? null };
}
