import { eq } from 'drizzle-orm';
import { maskPersonal } from '#domain/accounts/masking.ts';
import { readCertificateCode } from '#domain/insurance/certificate-code.ts';
import { type Days, includesDay } from '#domain/insurance/day-ranges.ts';
import type { EnrolmentState } from '#domain/insurance/enrolment.ts';
import type { CertificateView } from '#domain/insurance/enrolment-contract.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database } from '../../db/connect.ts';
import { enrolments, insuredPersons } from '../../db/tables/enrolments.ts';
import { Problem } from '../http/problem.ts';
import type { Vault } from '../platform/vault.ts';
import { viewEnrolments } from './enrolment-view.ts';
import { getTerms } from './find-terms.ts';

/** What anybody may see who holds the code of a certificate. Throws `certificate_not_found`, whatever is wrong with it. */
export async function getCertificate(
  db: Database,
  vault: Vault,
  text: string,
  nowMs: number,
): Promise<CertificateView> {
  const code = readCertificateCode(text);
  const [found] = code
    ? await db
        .select({ id: enrolments.id, personId: enrolments.insuredPersonId, idLookup: insuredPersons.idLookup })
        .from(enrolments)
        .innerJoin(insuredPersons, eq(insuredPersons.id, enrolments.insuredPersonId))
        .where(eq(enrolments.certificateCode, code))
    : [];
  if (!found) {
    throw new Problem('certificate_not_found', 'There is no certificate with this code. Compare it with the paper.');
  }
  const [enrolment] = await viewEnrolments(db, [found.id], nowMs);
  const { state, days, coveredDays, certificateCode, termsVersion, insuredAt, payment } = enrolment!;
  const terms = await getTerms(db, termsVersion);
  const name = await vault.getPersonal(db, found.personId, 'name');
  const idNumber = await vault.getPersonal(db, found.personId, 'id_number');
  // Whoever keeps another number since is not the person who was insured.
  const isSame = idNumber !== null && vault.lookupOf('id_number', idNumber) === found.idLookup;
  return {
    code: certificateCode,
    maskedName: isSame && name ? maskPersonal('name', name) : null,
    idEnding: isSame ? idNumber.slice(-4) : null,
    state: certificateState(state, days, shanghaiDay(nowMs)),
    days: state === 'insured' ? days : [],
    coveredDays: state === 'insured' ? coveredDays : 0,
    coverLimitFen: terms.coverLimitFen.value,
    termsVersion,
    insuredAt,
    checkedAt: new Date(nowMs).toISOString(),
    demo: payment?.provider === 'simulated',
  };
}

function certificateState(state: EnrolmentState, days: readonly Days[], today: string): CertificateView['state'] {
  if (state === 'held' || state === 'expired') return 'not_paid';
  if (state === 'cancelled') return 'cancelled';
  if (includesDay(days, today)) return 'covered_today';
  return days.some(({ from }) => from > today) ? 'covers_later_days' : 'over';
}
