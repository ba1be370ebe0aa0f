import { useEffect, useRef } from 'react';
import type { Service } from '#domain/places/catalogue.ts';
import type { DraftView, ReportGroup } from '#domain/places/office-contract.ts';
import { goToSection } from './form-section.tsx';
import type { Arrival } from './report-facts.ts';

/** Leads whoever comes from the workbench to what they came for, once. */
export function useArrival(arrival: Arrival, drafts: readonly DraftView[], resume: (draft: DraftView) => void): void {
  const arrived = useRef(false);
  useEffect(function leadThere() {
    if (arrived.current) return;
    arrived.current = true;
    const draft = drafts.find(({ id }) => id === arrival.draftId);
    // What was sent back stays a notice with its answer: reading comes before going on.
    if (draft?.state === 'open' && (draft.kind === 'draft' || draft.mine)) resume(draft);
    if (arrival.reportIds.length) return document.querySelector<HTMLElement>('[data-reports] button')?.focus();
    if (arrival.section) goToSection(arrival.section, arrival.part);
  });
}

/** One service, or the one that somebody came for, is unfolded from the start. */
export function firstOpen(services: readonly { service: Service }[], { section }: Arrival): ReadonlySet<Service> {
  const open = services.length === 1 || section === 'services' ? services.slice(0, 1) : [];
  return new Set(open.map(({ service }) => service));
}

/** With the service that a report speaks of. */
export function servicesFor(
  { kind }: ReportGroup,
  services: readonly { service: Service }[],
  open: ReadonlySet<Service>,
): ReadonlySet<Service> {
  const wanted = kind === 'no_water' && services.some(({ service }) => service === 'water') ? 'water' : null;
  const first = wanted ?? (open.size ? null : services[0]?.service);
  return first ? new Set([...open, first]) : open;
}

/** The services that paths such as `services.rest.hours` lie in. */
export function servicesIn(paths: readonly string[]): Service[] {
  return paths.flatMap((path) => (path.startsWith('services.') ? [path.split('.')[1] as Service] : []));
}
