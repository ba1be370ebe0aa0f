import { useState } from 'react';
import type { ChangedMeanwhile, SavedSite } from '#domain/places/office-contract.ts';
import type { SiteDocument } from '#domain/places/site-document.ts';
import { askHandover, outcomeOf, saveDraft, saveOfficeSite, withdrawDraft } from '../../client/office.ts';
import { randomUuid } from '../../client/random-uuid.ts';
import { showToast } from '../../ui/notices.tsx';
import { outgoingOf, type Stored, verificationsOf } from './edited-site.ts';
import type { NamesOfCodes } from './change-words.ts';
import { refusalWords } from './refusal-words.ts';
import type { EditorTexts } from './use-editor-texts.ts';
import type { SiteEditorState } from './use-site-editor.ts';

/** Saving and proposing, with what follows from each answer of the server. */
export function useSaving(
  editor: SiteEditorState,
  names: NamesOfCodes,
  t: EditorTexts,
  onCreated: (id: string) => void,
) {
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [mayPropose, setMayPropose] = useState(false);

  /** Saves the form over `stored`. Answers whether the dialog has done its work. */
  async function save(stored: Stored | null = editor.stored, form: SiteDocument = editor.form): Promise<boolean> {
    const { document, changes, handoverTo } = outgoingOf(stored, editor.begun, form, editor.mayMoveTo);
    const reason = editor.reason.trim();
    const verify = verificationsOf(editor.checks, randomUuid);
    const reportIds = [...editor.agreed];
    setSaving(true);
    setFailure(null);
    const body = {
      document,
      verify,
      ...(reason && { reason }),
      ...(reportIds.length > 0 && { answers: { reportIds, outcome: 'changed' as const } }),
    };
    const outcome = await saveOfficeSite(stored, body, editor.draftId);
    setSaving(false);
    if (outcome.status === 'changed-meanwhile' && stored) {
      collide(stored, document, outcome.current);
      return true;
    }
    if (outcome.status !== 'saved') {
      setMayPropose(outcome.status === 'forbidden');
      setFailure(outcome.status === 'changed-meanwhile' ? t.failures.refused : refusalWords(outcome, t));
      return false;
    }
    const unchanged = stored !== null && changes.length === 0;
    await finish(outcome.site, stored === null, unchanged, unchanged && verify.length === 0, handoverTo, reason);
    return true;
  }

  function collide(stored: Stored, mine: SiteDocument, current: ChangedMeanwhile): void {
    const { document: theirs, revision, by, at } = current;
    const adopted = { id: stored.id, revision, document: theirs };
    editor.setCollision({ base: stored.document, mine, theirs, by, at, adopted });
  }

  /** What was chosen in the merge: saved over their revision, or only taken into the form when a draft is resumed. */
  async function takeMerged(merged: SiteDocument): Promise<boolean> {
    const adopted = editor.collision?.adopted ?? null;
    const { handoverTo } = editor.outgoing;
    const form = handoverTo ? { ...merged, streetCode: handoverTo, districtCode: handoverTo.slice(0, 6) } : merged;
    editor.setCollision(null);
    editor.setForm(form);
    if (!adopted) return true;
    editor.setStored(adopted);
    return save(adopted, form);
  }

  async function finish(
    saved: SavedSite,
    created: boolean,
    unchanged: boolean,
    nothingSaved: boolean,
    handoverTo: string | null,
    reason: string,
  ): Promise<void> {
    if (editor.draft.status !== 'none') void outcomeOf(withdrawDraft(editor.draftId));
    let words = created ? t.save.created : unchanged ? t.save.savedUnchanged : t.save.saved;
    if (handoverTo) {
      const asked = await outcomeOf(
        askHandover(saved.id, { id: randomUuid(), toStreet: handoverTo, ...(reason && { reason }) }),
      );
      words =
        asked.status === 'done'
          ? [!nothingSaved && words, t.handover.asked(names.jurisdiction(handoverTo))].filter(Boolean).join(' · ')
          : `${t.handover.failed} ${refusalWords(asked, t)}`;
    }
    showToast({ text: words });
    await editor.settle(saved);
    if (created) onCreated(saved.id);
  }

  /** Asks the street to make the change. */
  async function propose(): Promise<boolean> {
    const { stored, reason, draft, draftId, proposalId } = editor;
    const { document } = outgoingOf(stored, editor.begun, editor.form, editor.mayMoveTo);
    setSaving(true);
    setFailure(null);
    const outcome = await saveDraft(proposalId, {
      kind: 'proposal',
      siteId: stored?.id ?? null,
      baseRevision: stored?.revision ?? 0,
      document,
      ...(reason.trim() && { reason: reason.trim() }),
    });
    setSaving(false);
    if (outcome.status !== 'done') {
      setFailure(refusalWords(outcome, t));
      return false;
    }
    if (draft.status !== 'none') void outcomeOf(withdrawDraft(draftId));
    showToast({ text: t.save.proposed });
    editor.setDrafts([...editor.drafts.filter(({ id }) => id !== proposalId), outcome.draft]);
    if (stored) await editor.settle(stored);
    return true;
  }

  return { saving, failure, mayPropose, clearFailure: () => setFailure(null), save, takeMerged, propose };
}
