import type {
  ActOnClaim,
  AssessedLine,
  CalculationStep,
  ClaimView,
  SubmitClaim,
} from '#domain/insurance/claim-contract.ts';
import type {
  EnterSettlement,
  SettlementView,
  TakenPayments,
  TakePayments,
} from '#domain/insurance/ledger-contract.ts';
import type { BenefitKind, PolicyTerms } from '#domain/insurance/policy-terms.ts';
import type { DrawSample, RecordReview, SampleView } from '#domain/insurance/review-contract.ts';
import { ask } from './ask.ts';
import { insuranceOfficeApiPaths } from './insurance-office-paths.ts';
import { insuranceApiPaths } from './insurance-paths.ts';
import { RequestRefused } from './request.ts';

export type Calculated = {
  lines: { id: string; kind: BenefitKind; amountFen: number; steps: CalculationStep[] }[];
  totalFen: number;
  limitFen: number;
  remainingFen: number;
};

/** What lines of a claim would come to; nothing is stored. */
export function calculateLines(claimId: string, lines: readonly AssessedLine[]): Promise<Calculated> {
  return ask(insuranceOfficeApiPaths.calculate(claimId), { method: 'POST', body: { lines } });
}

export type ActOutcome = { status: 'done'; claim: ClaimView } | { status: 'changed-meanwhile'; current: ClaimView };

/** One step, unless somebody acted meanwhile: then the claim as it stands. Throws `RequestRefused` for anything else. */
export async function stepClaim(id: string, body: ActOnClaim): Promise<ActOutcome> {
  try {
    return {
      status: 'done',
      claim: await ask<ClaimView>(insuranceApiPaths.claimActions(id), { method: 'POST', body }),
    };
  } catch (error) {
    const problem = error instanceof RequestRefused && error.status === 412 ? error.problem : null;
    const current = (problem as { current?: ClaimView } | null)?.current;
    if (!current) throw error;
    return { status: 'changed-meanwhile', current };
  }
}

export function submitCounterClaim(body: SubmitClaim): Promise<ClaimView> {
  return ask(insuranceApiPaths.claims(), { method: 'POST', body });
}

export function enterSettlement(body: EnterSettlement): Promise<SettlementView> {
  return ask(insuranceOfficeApiPaths.settlements(), { method: 'POST', body });
}

export function takePayments(body: TakePayments): Promise<TakenPayments> {
  return ask(insuranceOfficeApiPaths.insurerPayments(), { method: 'POST', body });
}

export function drawSample(body: DrawSample): Promise<SampleView> {
  return ask(insuranceOfficeApiPaths.reviews(), { method: 'POST', body });
}

export function recordReview(sampleId: string, claimId: string, body: RecordReview): Promise<SampleView> {
  return ask(insuranceOfficeApiPaths.review(sampleId, claimId), { method: 'POST', body });
}

export function replaceTerms(terms: unknown, reason: string): Promise<PolicyTerms> {
  return ask(insuranceOfficeApiPaths.terms(), { method: 'PUT', body: { terms, reason } });
}
