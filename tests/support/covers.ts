/** Covered days for tests, stored past the API. Each test makes the people it speaks of. */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Payer } from '#domain/insurance/enrolment.ts';
import type { Database } from '../../db/connect.ts';
import { organisations } from '../../db/tables/places.ts';
import { policyTerms } from '../../db/tables/enrolments.ts';
import { readPolicyTerms } from '../../seed/reference/data.ts';

export const INSURER = 'yilubao-insurer';
export const OTHER_INSURER = 'other-insurer';
export const TERMS = 'for tests';

export type CoverSeed = {
  /** The first day, and the first that is not covered any more. */
  from: string;
  until: string;
  insurerId?: string;
  employerId?: string | null;
  isInsured?: boolean;
  ownFen?: number;
  subsidyFen?: number;
  personId?: string;
  enrolmentId?: string;
};

/** Terms, two insurers and these employers. */
export async function addInsuranceBase(db: Database, employerIds: readonly string[] = []): Promise<void> {
  await db
    .insert(organisations)
    .values([
      { id: INSURER, kind: 'insurer', name: '承保公司' },
      { id: OTHER_INSURER, kind: 'insurer', name: '另一承保公司' },
      ...employerIds.map((id) => ({ id, kind: 'platform', name: `平台 ${id}` }) as const),
    ])
    .onConflictDoNothing();
  await db
    .insert(policyTerms)
    .values({ version: TERMS, validFrom: '2020-01-01', document: readPolicyTerms(), createdAt: new Date(0) })
    .onConflictDoNothing();
}

/** One person and one enrolment for each cover, unless it names them. Returns the enrolments' ids in order. */
export async function addCovers(db: Database, seeds: readonly CoverSeed[]): Promise<string[]> {
  const rows = seeds.map((seed) => ({
    person: seed.personId ?? randomUUID(),
    enrolment: seed.enrolmentId ?? randomUUID(),
    code: randomUUID(),
    insurer: seed.insurerId ?? INSURER,
    payer: (seed.employerId ? 'employer' : 'self') satisfies Payer,
    employer: seed.employerId ?? null,
    insured: seed.isInsured ?? true,
    own: seed.ownFen ?? 40,
    subsidy: seed.subsidyFen ?? 40,
    from: seed.from,
    until: seed.until,
  }));
  const input = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(person text, enrolment uuid, code text,
    insurer text, payer text, employer text, insured boolean, own int, subsidy int, "from" date, until date)`;
  await db.execute(sql`insert into insured_persons (id, id_lookup, created_at)
    select distinct person, person, now() from ${input} on conflict do nothing`);
  await db.execute(sql`insert into enrolments (id, insured_person_id, terms_version, insurer_id, state, payer, employer_id,
      own_fen, subsidy_fen, certificate_code, channel, made_by, created_at)
    select enrolment, person, ${TERMS}, insurer, case when insured then 'insured' else 'held' end, payer, employer,
      own * (until - "from"), subsidy * (until - "from"), code, 'me', person, now()
    from ${input} on conflict do nothing`);
  await db.execute(sql`insert into covers (enrolment_id, insured_person_id, insurer_id, payer, days, is_insured,
      own_fen_per_day, subsidy_fen_per_day)
    select enrolment, person, insurer, payer, daterange("from", until), insured, own, subsidy from ${input}`);
  return rows.map(({ enrolment }) => enrolment);
}
