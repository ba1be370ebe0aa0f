import { useSyncExternalStore } from 'react';
import type { Facility, ReportKind } from '#domain/places/catalogue.ts';
import { apiPaths } from './paths.ts';
import { randomUuid } from './random-uuid.ts';
import { request, RequestRefused } from './request.ts';

/** What a rider says of a place. `id` is made on the phone, so that sending it twice stores it once. */
export type ReportDraft = {
  id: string;
  siteId: string;
  kind: ReportKind;
  facility?: Facility;
  note?: string;
  /** Whether the phone was at the place; where it was is not kept. Absent: it did not know. */
  near?: boolean;
  /** The name of a photo that waits on the phone (report-photos.ts). */
  photo?: string;
  /** ISO instant at which the rider saw it. */
  observedAt: string;
};

/** For so long a tap can be taken back before anything is sent. */
const UNDO_MS = 5000;

/**
 * `fresh`: just tapped, can still be taken back. `waiting`: is sent when the network returns, or (`putOff`: the
 * server has too much to do) a little later. `refused`: the server will
 * not have it, `code` (of its problem) says why.
 */
export type QueuedReport = ReportDraft & {
  state: 'fresh' | 'waiting' | 'sending' | 'sent' | 'refused';
  code?: string;
  putOff?: boolean;
};

const STORAGE_KEY = 'luyi.reports';
const RETRY_MS = 60_000;

/** What has arrived, for asking later what became of it (sent-reports.ts). */
export const SENT_KEY = 'luyi.sent-reports';
const MOST_SENT = 50;
/** The server gives its state to whoever knows the id; it is kept on this phone and nowhere else. */
export type SentReport = Pick<ReportDraft, 'id' | 'siteId' | 'kind' | 'facility' | 'observedAt'>;

let queue: readonly QueuedReport[] = readQueue();
let started = false;
let flushing: Promise<void> | null = null;
let retry: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

export function useReports(): readonly QueuedReport[] {
  return useSyncExternalStore(subscribe, () => queue);
}

/** Keeps a report on the phone at once and sends it as soon as it can, but not before it could be taken back. */
export function addReport(report: Omit<ReportDraft, 'id' | 'observedAt'>): void {
  const draft: QueuedReport = {
    ...report,
    id: randomUuid(),
    observedAt: new Date().toISOString(),
    state: 'fresh',
  };
  setQueue([...queue, draft]);
  startSendingReports();
  setTimeout(() => {
    if (queue.find(({ id }) => id === draft.id)?.state !== 'fresh') return;
    update(draft.id, { state: 'waiting' });
    void sendReports();
  }, UNDO_MS);
}

export function discardReport(id: string): void {
  forgetPhoto(queue.find((report) => report.id === id));
  setQueue(queue.filter((report) => report.id !== id));
}

/** Starts sending what an earlier visit left waiting, now and whenever the network returns. Once is enough. */
export function startSendingReports(): void {
  if (started) return;
  started = true;
  // Twice: the first may join a run that began without a network and ends in vain.
  window.addEventListener('online', () => void sendReports().then(sendReports));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void sendReports();
  });
  // Another tab may have sent or added some.
  window.addEventListener('storage', (event) => {
    if (event.key !== STORAGE_KEY) return;
    // This tab's own work in hand stays as it is; the other tab's reports are taken over.
    const own = new Map(queue.map((report) => [report.id, report]));
    setQueue(
      readQueue().map((report) => own.get(report.id) ?? report),
      false,
    );
  });
  void sendReports();
}

/** Sends everything that waits, one after the other. A second call while one runs waits for the same run. */
function sendReports(): Promise<void> {
  flushing ??= sendWaiting().finally(() => {
    flushing = null;
  });
  return flushing;
}

async function sendWaiting(): Promise<void> {
  clearTimeout(retry);
  for (;;) {
    const next = queue.find(({ state }) => state === 'waiting');
    if (!next) return;
    update(next.id, { state: 'sending' });
    const outcome = await send(next);
    update(next.id, outcome);
    if (outcome.state === 'waiting') {
      retry = setTimeout(() => void sendReports(), RETRY_MS);
      return;
    }
  }
}

async function send(report: QueuedReport): Promise<Pick<QueuedReport, 'state' | 'code' | 'putOff' | 'photo'>> {
  const { id, siteId, kind, facility, note, near, observedAt } = report;
  try {
    const photo = report.photo && (await (await reportPhotos()).sendReportPhoto(report.photo));
    await request(apiPaths.siteReports(siteId), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id, kind, facility, note, near, observedAt, photo }),
    });
    forgetPhoto(report);
    keepSent({ id, siteId, kind, observedAt, ...(facility && { facility }) });
    return { state: 'sent' };
  } catch (error) {
    if (!(error instanceof RequestRefused)) return { state: 'waiting', putOff: false };
    if (error.status >= 500 || error.status === 429 || error.status === 408) return { state: 'waiting', putOff: true };
    if (error.problem?.code === 'no_such_file') {
      // The photo was lost on its way: what the rider says counts without it.
      forgetPhoto(report);
      return { state: 'waiting', photo: '' };
    }
    return { state: 'refused', ...(error.problem && { code: error.problem.code }) };
  }
}

/** Comes when there is a photo: the first screen does without. */
const reportPhotos = () => import('./report-photos.ts');

function forgetPhoto(report?: QueuedReport): void {
  if (report?.photo) void reportPhotos().then((photos) => photos.forgetReportPhoto(report.photo!));
}

export function readSent(): SentReport[] {
  try {
    return JSON.parse(localStorage.getItem(SENT_KEY) ?? '[]') as SentReport[];
  } catch {
    return [];
  }
}

function keepSent(report: SentReport): void {
  try {
    const others = readSent().filter(({ id }) => id !== report.id);
    localStorage.setItem(SENT_KEY, JSON.stringify([report, ...others].slice(0, MOST_SENT)));
  } catch {
    // Storage refused: what becomes of it can then not be followed.
  }
}

function update(id: string, change: Partial<QueuedReport>): void {
  setQueue(queue.map((report) => (report.id === id ? { ...report, ...change } : report)));
}

function setQueue(next: readonly QueuedReport[], store = true): void {
  queue = next;
  if (store) {
    try {
      // What is sent has arrived; it stays in memory only, so that the screen can say thank you.
      const unsent = queue.filter(({ state }) => state !== 'sent');
      localStorage.setItem(STORAGE_KEY, JSON.stringify(unsent));
    } catch {
      // Storage refused: the report lives as long as the page.
    }
  }
  for (const listener of listeners) listener();
}

/** What was fresh or being sent when the page died counts as waiting: the server knows its id if it arrived. */
function readQueue(): QueuedReport[] {
  try {
    const stored = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '[]') as QueuedReport[];
    return stored.map((report) => (report.state === 'refused' ? report : { ...report, state: 'waiting' }));
  } catch {
    return [];
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
