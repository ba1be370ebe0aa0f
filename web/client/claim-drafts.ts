import { useEffect, useState, useSyncExternalStore } from 'react';
import { minuteOfDay, shanghaiDay } from '#domain/time/shanghai.ts';
import {
  type ClaimDraft,
  type ClaimFile,
  deleteDraft,
  deleteFile,
  findDraft,
  listDrafts,
  listFiles,
  putDraft,
  putFile,
} from './claim-store.ts';
import type { Door } from './insurance-paths.ts';
import { randomUuid } from './random-uuid.ts';

let drafts: readonly ClaimDraft[] | null = null;
const listeners = new Set<() => void>();

/** The claims on this phone, the last written first; null while they are read or where nothing can be kept. */
export function useClaimDrafts(): readonly ClaimDraft[] | null {
  useEffect(function readOnce() {
    if (drafts === null) void refreshDrafts();
  }, []);
  return useSyncExternalStore(subscribe, () => drafts);
}

export async function refreshDrafts(): Promise<void> {
  try {
    drafts = await listDrafts();
  } catch {
    // Private windows may refuse storage; whoever writes is told.
    drafts = [];
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A new one, which is about now. It is on the phone before anything is typed. */
export function newDraft(door: Door, nowMs: number): ClaimDraft {
  return {
    id: randomUuid(),
    state: 'writing',
    isReported: false,
    createdAtMs: nowMs,
    savedAtMs: nowMs,
    happenedAt: localInput(nowMs),
    whatHappened: '',
    point: null,
    place: '',
    witnesses: [],
    work: '',
    hospital: '',
    phone: '',
    lines: [],
    receivingSiteId: null,
    name: '',
    idNumber: '',
    consent: { identity: false, medical: false },
    channel: door.channel,
    siteId: door.siteId ?? null,
    words: '',
    refusal: null,
  };
}

/** Papers for a claim that the service has already. */
export async function openSupplement(claimId: string, door: Door): Promise<ClaimDraft> {
  const known = await findDraft(claimId);
  return known ?? { ...newDraft(door, Date.now()), id: claimId, isReported: true };
}

/** `2026-03-10T14:30` in Xiamen. */
export function localInput(atMs: number): string {
  const minutes = minuteOfDay(atMs);
  return `${shanghaiDay(atMs)}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

/** The instant that an input in Xiamen's time means; null when it is none. */
export function instantOfInput(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text)) return null;
  const atMs = Date.parse(`${text.slice(0, 16)}:00+08:00`);
  return Number.isNaN(atMs) ? null : atMs;
}

/** One after the other, so that an older state never overwrites a newer one. */
let saving: Promise<void> = Promise.resolve();

export function saveDraft(draft: ClaimDraft): Promise<void> {
  const next = saving.then(() => putDraft(draft));
  saving = next.catch(() => {});
  return next.then(refreshDrafts);
}

export async function discardDraft(id: string): Promise<void> {
  await saving;
  await deleteDraft(id);
  await refreshDrafts();
}

/** The files of one draft, as they are on the phone. */
export function useDraftFiles(draftId: string): {
  files: readonly ClaimFile[];
  add: (file: ClaimFile) => Promise<void>;
  change: (file: ClaimFile) => Promise<void>;
  remove: (id: string) => Promise<void>;
} {
  const [files, setFiles] = useState<readonly ClaimFile[]>([]);
  useEffect(
    function readFiles() {
      let left = false;
      const reread = () =>
        void listFiles(draftId).then(
          (found) => !left && setFiles(found),
          () => {},
        );
      reread();
      listeners.add(reread);
      return () => {
        left = true;
        listeners.delete(reread);
      };
    },
    [draftId],
  );
  const put = async (file: ClaimFile) => {
    await putFile(file);
    setFiles((known) =>
      known.some(({ id }) => id === file.id)
        ? known.map((other) => (other.id === file.id ? file : other))
        : [...known, file],
    );
  };
  return {
    files,
    add: put,
    change: put,
    remove: async (id) => {
      await deleteFile(id);
      setFiles((known) => known.filter((file) => file.id !== id));
    },
  };
}
