import { useSyncExternalStore } from 'react';
import { currentWording } from '#domain/accounts/consent-wordings.ts';
import type { ActOnClaim, ClaimView, SubmitClaim } from '#domain/insurance/claim-contract.ts';
import { ask } from './ask.ts';
import { instantOfInput, refreshDrafts, saveDraft } from './claim-drafts.ts';
import {
  type ClaimDraft,
  type ClaimFile,
  deleteDraft,
  findDraft,
  listDrafts,
  listFiles,
  putFile,
} from './claim-store.ts';
import { insuranceApiPaths } from './insurance-paths.ts';
import { readYuan } from './money.ts';
import { RequestRefused } from './request.ts';
import { uploadFile } from './upload-file.ts';

/** What sending a claim is doing. `signed_out`: it waits for somebody to sign in; `waiting`: for the network. */
export type Sending = {
  status: 'sending' | 'waiting' | 'signed_out';
  /** Bytes of each file that have arrived, by the file's id on the phone. */
  arrived: ReadonlyMap<string, number>;
};

const RETRY_MS = 30_000;

let sendings: ReadonlyMap<string, Sending> = new Map();
let reportedIds: ReadonlySet<string> = new Set();
let started = false;
let running: Promise<void> | null = null;
let retry: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

export function useSendings(): ReadonlyMap<string, Sending> {
  return useSyncExternalStore(subscribe, () => sendings);
}

/** The claims that this page has seen the service take. */
export function useReportedIds(): ReadonlySet<string> {
  return useSyncExternalStore(subscribe, () => reportedIds);
}

/** Sends what waits, now and whenever the network or somebody comes back. Once is enough. */
export function startSendingClaims(): void {
  if (!started) {
    started = true;
    // Twice: the first may join a run that began without a network and ends in vain.
    addEventListener('online', () => void sendClaims().then(sendClaims));
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void sendClaims();
    });
  }
  void sendClaims();
}

/** Sends everything that is queued, one after the other. A second call while one runs waits for the same run. */
export function sendClaims(): Promise<void> {
  running ??= sendAll().finally(() => {
    running = null;
  });
  return running;
}

async function sendAll(): Promise<void> {
  clearTimeout(retry);
  // Another tab may be sending already: it tells the service the same, but every photo twice.
  if ('locks' in navigator) {
    await navigator.locks.request('luyi-claims', { ifAvailable: true }, async (lock) => {
      if (lock) await sendEach();
    });
  } else await sendEach();
}

async function sendEach(): Promise<void> {
  const waiting = (await listDrafts().catch(() => [])).filter(({ state }) => state !== 'writing');
  for (const draft of waiting) {
    set(draft.id, { status: 'sending', arrived: new Map() });
    try {
      await sendOne(draft);
      set(draft.id, null);
    } catch (error) {
      const signedOut = error instanceof RequestRefused && error.status === 401;
      set(draft.id, { status: signedOut ? 'signed_out' : 'waiting', arrived: new Map() });
      if (!signedOut) retry = setTimeout(() => void sendClaims(), RETRY_MS);
    }
  }
}

/** Throws when it should be tried again. What the service refuses for good is a draft again, with the reason. */
async function sendOne(draft: ClaimDraft): Promise<void> {
  let known = draft;
  if (known.state === 'queued') {
    try {
      await ask<ClaimView>(insuranceApiPaths.claims(), { method: 'POST', body: bodyOf(known) });
    } catch (error) {
      if (!isFinal(error)) throw error;
      await saveDraft({ ...known, state: 'writing', refusal: error.problem?.code ?? 'unknown' });
      return;
    }
    // What the service has now has no business on the phone any more.
    known = {
      ...known,
      state: 'reported',
      isReported: true,
      name: '',
      idNumber: '',
      whatHappened: '',
      witnesses: [],
      refusal: null,
    };
    reportedIds = new Set([...reportedIds, known.id]);
    await saveDraft(known);
    set(known.id, { status: 'sending', arrived: new Map() });
  }
  await sendFiles(known);
}

async function sendFiles(draft: ClaimDraft): Promise<void> {
  for (const file of await listFiles(draft.id)) {
    if (file.remoteId || file.failed) continue;
    await sendFile(file);
  }
  const files = await listFiles(draft.id);
  const here = files.filter(({ remoteId }) => remoteId);
  if (here.length || draft.words) {
    try {
      await supplement(draft, here);
    } catch (error) {
      // It went on meanwhile and takes none now, or what was sent is too old: the papers stay on the phone.
      if (!isFinal(error)) throw error;
      for (const file of here) await putFile({ ...file, remoteId: null, uploadId: null });
      await saveDraft({ ...draft, state: 'writing', refusal: error.problem?.code ?? 'unknown' });
      return;
    }
  }
  const failed = files.filter((file) => file.failed);
  if (failed.length) await saveDraft({ ...draft, state: 'writing', words: '', refusal: 'file_failed' });
  else await deleteDraft(draft.id);
  await refreshDrafts();
}

async function sendFile(file: ClaimFile): Promise<void> {
  let now = file;
  // A browser that ran out of room may have kept the entry without its bytes.
  if (!(file.bytes instanceof Blob)) return putFile({ ...file, failed: true });
  try {
    const remoteId = await uploadFile(file, async (uploadId, offset) => {
      if (now.uploadId !== uploadId) await putFile((now = { ...now, uploadId }));
      const sending = sendings.get(file.draftId);
      if (sending) set(file.draftId, { ...sending, arrived: new Map(sending.arrived).set(file.id, offset) });
    });
    await putFile({ ...now, remoteId });
  } catch (error) {
    // 404: this service takes no files (yet), which is not the file's fault.
    if (!isFinal(error) || error.status === 404) throw error;
    await putFile({ ...now, uploadId: null, failed: true });
  }
  await refreshDrafts();
}

async function supplement(draft: ClaimDraft, files: readonly ClaimFile[]): Promise<void> {
  const claim = await ask<ClaimView>(insuranceApiPaths.claim(draft.id));
  const known = new Set(claim.files.map(({ fileId }) => fileId));
  const added = files.filter(({ remoteId }) => !known.has(remoteId!));
  // An answer was lost: it has them all.
  if (!added.length && !draft.words) return;
  const body: ActOnClaim = {
    action: 'supplement',
    version: claim.version,
    files: added.map(({ remoteId, material }) => ({ fileId: remoteId!, material })),
    ...(draft.words && { words: draft.words }),
  };
  await ask(insuranceApiPaths.claimActions(draft.id), { method: 'POST', body });
}

/** The service will not have it, however often it is sent. */
function isFinal(error: unknown): error is RequestRefused {
  return error instanceof RequestRefused && error.status < 500 && ![401, 408, 412, 425, 429].includes(error.status);
}

/** What is sent for a draft. Its `happenedAt` must be an instant (`missingOf` says so). */
function bodyOf(draft: ClaimDraft): SubmitClaim {
  const { name, idNumber, point, place, whatHappened, work, hospital, phone } = draft;
  return {
    id: draft.id,
    report: true,
    happenedAt: new Date(instantOfInput(draft.happenedAt)!).toISOString(),
    account: {
      whatHappened: whatHappened.trim(),
      point,
      place: place.trim(),
      witnesses: draft.witnesses
        .filter((witness) => witness.name.trim() || witness.phone.trim())
        .map((witness) => ({ name: witness.name.trim(), phone: witness.phone.trim() })),
      work: work.trim(),
      hospital: hospital.trim(),
      phone: phone.trim(),
    },
    lines: draft.lines.flatMap(({ id, kind, yuan, invoiceNumber }) => {
      const claimedFen = readYuan(yuan);
      if (claimedFen === null) return [];
      return [{ id, kind, claimedFen, ...(invoiceNumber.trim() && { invoiceNumber: invoiceNumber.trim() }) }];
    }),
    ...(draft.receivingSiteId && { receivingSiteId: draft.receivingSiteId }),
    files: [],
    ...(name.trim() && { name: name.trim() }),
    ...(idNumber && { idNumber: idNumber.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase() }),
    consent: {
      identityWording: currentWording('identity').version,
      medicalWording: currentWording('medical').version,
    },
    channel: draft.channel,
    ...(draft.siteId && { siteId: draft.siteId }),
    onBehalf: false,
  };
}

/** Queues a draft and sends it at once where it can. */
export async function reportClaim(draft: ClaimDraft): Promise<void> {
  await saveDraft({ ...draft, state: 'queued', refusal: null });
  startSendingClaims();
  await sendClaims();
}

/** Queues papers for a claim that the service has. */
export async function handInPapers(draft: ClaimDraft): Promise<void> {
  await saveDraft({ ...draft, state: 'reported', refusal: null });
  startSendingClaims();
  await sendClaims();
}

/** Takes a queued one back; false when it was sent already. */
export async function stopReporting(id: string): Promise<boolean> {
  const draft = await findDraft(id);
  if (draft?.state !== 'queued' || sendings.get(id)?.status === 'sending') return false;
  await saveDraft({ ...draft, state: 'writing' });
  return true;
}

function set(id: string, sending: Sending | null): void {
  const next = new Map(sendings);
  if (sending) next.set(id, sending);
  else next.delete(id);
  sendings = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
