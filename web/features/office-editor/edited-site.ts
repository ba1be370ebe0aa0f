import { applyChange, changesBetween } from '#domain/places/document-changes.ts';
import type { DraftView, FieldChange, VerifyFact } from '#domain/places/office-contract.ts';
import type { SiteDocument } from '#domain/places/site-document.ts';
import type { VerifiedFact } from '#domain/places/catalogue.ts';
import { tidyDocument } from './site-form.ts';
import type { Checks } from './verify-section.tsx';

/** A place as it is stored, to be saved over with its revision. */
export type Stored = { id: string; revision: number; document: SiteDocument };

export type Outgoing = {
  /** What is sent: tidy, and still in its street while another one is asked to take it. */
  document: SiteDocument;
  changes: FieldChange[];
  /** The street that is asked to take the place; null when it stays. */
  handoverTo: string | null;
};

/**
 * What saving the form would do. A place that lies in a street goes to another one by its consent only, unless
 * `mayMoveTo` says that both are one's own.
 */
export function outgoingOf(
  stored: Stored | null,
  /** What a new place was begun with. */
  begun: SiteDocument,
  form: SiteDocument,
  mayMoveTo: (streetCode: string) => boolean,
): Outgoing {
  const document = tidyDocument(form);
  if (!stored) return { document, changes: changesBetween(begun, document), handoverTo: null };
  const { streetCode, districtCode } = stored.document;
  const leaves =
    streetCode !== null &&
    document.streetCode !== null &&
    document.streetCode !== streetCode &&
    !mayMoveTo(document.streetCode);
  const sent = leaves ? { ...document, streetCode, districtCode } : document;
  return {
    document: sent,
    changes: changesBetween(stored.document, sent),
    handoverTo: leaves ? document.streetCode : null,
  };
}

export function verificationsOf(checks: Checks, newId: () => string): VerifyFact[] {
  return (Object.entries(checks) as [VerifiedFact, Checks[VerifiedFact]][]).flatMap(([fact, check]) => {
    if (!check) return [];
    const note = check.note.trim();
    const { method, day, photo } = check;
    return { id: newId(), fact, method, day, ...(note && { note }), ...(photo && { photo }) };
  });
}

/** The document that a draft was begun from: its changes taken back, the last one first. */
export function beginningOf({ document, changes }: Pick<DraftView, 'document' | 'changes'>): SiteDocument {
  return changes.reduceRight((begun, { path, before }) => applyChange(begun, path, before), document);
}
