import type { ReportKind, VerificationStatus, VerifiedFact } from './catalogue.ts';
import { complaintsAbout } from './freshness.ts';
import type { FieldChange } from './office-contract.ts';
import type { ReportSummary } from './site.ts';
import type { ServiceDocument, SiteDocument } from './site-document.ts';

/** Whether a document says anything of a fact, so that there is something to verify. */
export function saysFact({ point, services }: SiteDocument, fact: VerifiedFact): boolean {
  if (fact === 'location') return point !== null;
  return services.some((service) => saysOf(service, fact));
}

/** The facts that a change of a document speaks about. A service that goes takes its facts along and changes none. */
export function factsIn(changes: readonly FieldChange[]): Set<VerifiedFact> {
  const facts = new Set<VerifiedFact>();
  for (const { path, after } of changes) {
    const [head, code, field] = path.split('.');
    if (head === 'point' || head === 'precisionM') facts.add('location');
    if (field === 'hours' || field === 'season') facts.add('hours');
    if (field === 'facilities') facts.add('facilities');
    if (head === 'services' && code !== undefined && field === undefined && after !== null) {
      for (const fact of ['hours', 'facilities'] as const) {
        if (saysOf(after as ServiceDocument, fact)) facts.add(fact);
      }
    }
  }
  return facts;
}

function saysOf({ hours, facilities }: ServiceDocument, fact: 'hours' | 'facilities'): boolean {
  return fact === 'hours' ? hours !== null : Object.keys(facilities).length > 0;
}

export type FactStanding = { status: VerificationStatus; date: string | null; source: string | null };

/** A verification counts for what riders see unless something newer is known. Days are `YYYY-MM-DD`. */
export function isNewer(day: string, { date }: Pick<FactStanding, 'date'>): boolean {
  return date === null || day >= date;
}

/** What riders have said, without what a verification on that day has settled. Null when nothing is left. */
export function withoutSettled(summary: ReportSummary | null, fact: VerifiedFact, day: string): ReportSummary | null {
  const settled: readonly ReportKind[] = complaintsAbout(fact);
  const left = Object.entries(summary ?? {}).filter(
    ([kind, { last }]) => last > day || !settled.includes(kind as ReportKind),
  );
  return left.length > 0 ? Object.fromEntries(left) : null;
}
