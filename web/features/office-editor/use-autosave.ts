import { useEffect, useRef, useState } from 'react';
import type { SiteDocument } from '#domain/places/site-document.ts';
import { saveDraft } from '../../client/office.ts';

/** Nobody has typed for so long: a pause worth a draft. */
const PAUSE_MS = 2500;

export type DraftState =
  | { status: 'none' }
  | { status: 'saving' }
  | { status: 'saved'; atMs: number; document: SiteDocument }
  | { status: 'failed' };

/**
 * Keeps an unfinished edit on the server after each pause, where colleagues see it and it is found again. `document` is
 * null while there is nothing to keep or what is there could not be stored.
 */
export function useAutosave({
  draftId,
  siteId,
  baseRevision,
  document,
  reason,
}: {
  draftId: string;
  siteId: string | null;
  baseRevision: number;
  document: SiteDocument | null;
  reason: string;
}): DraftState {
  const [state, setState] = useState<DraftState>({ status: 'none' });
  const kept = useRef<string | null>(null);
  const content = document && JSON.stringify([draftId, baseRevision, document, reason]);

  useEffect(
    function keepAfterPause() {
      if (!content || content === kept.current) return;
      let left = false;
      const timer = setTimeout(async () => {
        const [, , sent] = JSON.parse(content) as [string, number, SiteDocument, string];
        setState({ status: 'saving' });
        const why = reason.trim();
        const body = { kind: 'draft' as const, siteId, baseRevision, document: sent, ...(why && { reason: why }) };
        const outcome = await saveDraft(draftId, body);
        if (outcome.status === 'done') kept.current = content;
        if (left) return;
        setState(
          outcome.status === 'done' ? { status: 'saved', atMs: Date.now(), document: sent } : { status: 'failed' },
        );
      }, PAUSE_MS);
      return () => {
        left = true;
        clearTimeout(timer);
      };
    },
    [content, draftId, siteId, baseRevision, reason],
  );
  return state;
}
