import { currentWording } from '#domain/accounts/consent-wordings.ts';
import type { SubmitClaim } from '#domain/insurance/claim-contract.ts';
import { instantOfInput, newDraft } from '../../../client/claim-drafts.ts';
import type { ClaimDraft } from '../../../client/claim-store.ts';
import { readYuan } from '../../../client/money.ts';
import { type Missing, missingOf } from '../draft-checks.ts';
import { plainId } from '../identity.ts';

/** A blank form of the counter. It stays in memory: other people use this computer too. */
export function newCounterClaim(nowMs: number): ClaimDraft {
  return { ...newDraft({ channel: 'counter' }, nowMs), happenedAt: '' };
}

/** What keeps it from being reported, in the order of the form. */
export function missingAtCounter(draft: ClaimDraft, nowMs: number): (Missing | 'office')[] {
  const missing: (Missing | 'office')[] = missingOf(draft, nowMs, false);
  return draft.receivingSiteId ? missing : [...missing, 'office'];
}

/** What is sent. Its `happenedAt` must be an instant (`missingAtCounter` says so). */
export function counterBody(draft: ClaimDraft): SubmitClaim {
  return {
    id: draft.id,
    report: true,
    onBehalf: true,
    channel: 'counter',
    happenedAt: new Date(instantOfInput(draft.happenedAt)!).toISOString(),
    account: {
      whatHappened: said(draft.whatHappened),
      point: draft.point,
      place: said(draft.place),
      witnesses: draft.witnesses
        .map(({ name, phone }) => ({ name: said(name), phone: said(phone) }))
        .filter(({ name, phone }) => name || phone),
      work: said(draft.work),
      hospital: said(draft.hospital),
      phone: said(draft.phone),
    },
    lines: draft.lines.flatMap(({ id, kind, yuan, invoiceNumber }) => {
      const claimedFen = readYuan(yuan);
      if (claimedFen === null) return [];
      return [{ id, kind, claimedFen, ...(said(invoiceNumber) && { invoiceNumber: said(invoiceNumber) }) }];
    }),
    ...(draft.receivingSiteId && { receivingSiteId: draft.receivingSiteId }),
    files: [],
    name: said(draft.name),
    idNumber: plainId(draft.idNumber),
    consent: {
      identityWording: currentWording('identity').version,
      medicalWording: currentWording('medical').version,
    },
  };
}

function said(text: string): string {
  return text.trim();
}
