import type { EnrolmentView, SubmitEnrolment } from '#domain/insurance/enrolment-contract.ts';
import type { PolicyTerms } from '#domain/insurance/policy-terms.ts';
import { ask } from './ask.ts';
import { insuranceApiPaths } from './insurance-paths.ts';
import { createKeptResource } from './kept-resource.ts';

/** The terms in force, kept on the phone: prices and times are told without a network too. */
export const policyTerms = createKeptResource<PolicyTerms>({ path: insuranceApiPaths.policyTerms() });

/** An enrolment that was sent and not yet answered, or waits for its payment. Without name and ID number. */
export type PendingEnrolment = Pick<SubmitEnrolment, 'id' | 'days'> & { answered: boolean };

const PENDING_KEY = 'luyi.enrolment';
const CHOICE_KEY = 'luyi.enrolment-days';

export function readPending(): PendingEnrolment | null {
  try {
    return JSON.parse(localStorage.getItem(PENDING_KEY) ?? 'null') as PendingEnrolment | null;
  } catch {
    return null;
  }
}

/** Kept before it is sent, so that whatever happens then the same id is used again and nothing is bought twice. */
export function keepPending(pending: PendingEnrolment | null): void {
  try {
    if (pending) localStorage.setItem(PENDING_KEY, JSON.stringify(pending));
    else localStorage.removeItem(PENDING_KEY);
  } catch {
    // Storage refused: it lives as long as the page.
  }
}

/** The days that were chosen in this tab; they survive signing in. */
export function readChosenDays(): string[] | null {
  try {
    return JSON.parse(sessionStorage.getItem(CHOICE_KEY) ?? 'null') as string[] | null;
  } catch {
    return null;
  }
}

export function keepChosenDays(days: readonly string[] | null): void {
  try {
    if (days) sessionStorage.setItem(CHOICE_KEY, JSON.stringify(days));
    else sessionStorage.removeItem(CHOICE_KEY);
  } catch {
    // Then they begin anew.
  }
}

export function submitEnrolment(body: SubmitEnrolment): Promise<EnrolmentView> {
  return ask(insuranceApiPaths.enrolments(), { method: 'POST', body });
}

export function findEnrolment(id: string): Promise<EnrolmentView> {
  return ask(insuranceApiPaths.enrolment(id));
}

/** Begins the payment again, where it could not be started. */
export function payAgain(id: string): Promise<EnrolmentView> {
  return ask(insuranceApiPaths.payAgain(id), { method: 'POST' });
}

export async function simulatePayment(paymentId: string): Promise<void> {
  await ask(insuranceApiPaths.simulate(paymentId), { method: 'POST' });
}

export function cancelDaysFrom(id: string, from: string): Promise<EnrolmentView> {
  return ask(insuranceApiPaths.cancel(id), { method: 'POST', body: { from } });
}
