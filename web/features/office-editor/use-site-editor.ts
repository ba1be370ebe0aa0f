import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { DraftView, OfficeSite, ReportGroup } from '#domain/places/office-contract.ts';
import type { SiteDocument } from '#domain/places/site-document.ts';
import { loadOfficeSite } from '../../client/office.ts';
import { randomUuid } from '../../client/random-uuid.ts';
import { beginningOf, outgoingOf, type Stored } from './edited-site.ts';
import type { Collision } from './merge-dialog.tsx';
import { emptyDocument, formProblems } from './site-form.ts';
import { useAutosave } from './use-autosave.ts';
import type { Checks } from './verify-section.tsx';

/** The state of the form over a place as it is stored, or (null) over a new one. */
export function useSiteEditor(
  initial: OfficeSite | null,
  found: readonly DraftView[],
  newStreet: string | null,
  mayMoveTo: (streetCode: string) => boolean,
  keepsDrafts: boolean,
) {
  const [site, setSite] = useState(initial);
  const [stored, setStored] = useState<Stored | null>(initial);
  const [form, setForm] = useState<SiteDocument>(() => initial?.document ?? emptyDocument(newStreet));
  const [reason, setReason] = useState('');
  const [checks, setChecks] = useState<Checks>({});
  const [agreed, setAgreed] = useState<ReadonlySet<string>>(new Set());
  const [reports, setReports] = useState<readonly ReportGroup[]>(initial?.reports ?? []);
  const [drafts, setDrafts] = useState(found);
  const [draftId, setDraftId] = useState(randomUuid);
  /** Going on with an open proposal of one's own changes that one. */
  const [proposalId, setProposalId] = useState(randomUuid);
  const [collision, setCollision] = useState<(Collision & { adopted: Stored | null }) | null>(null);

  const [begun] = useState(() => emptyDocument(newStreet));
  const outgoing = useMemo(() => outgoingOf(stored, begun, form, mayMoveTo), [stored, begun, form, mayMoveTo]);
  const problems = useMemo(() => formProblems(form), [form]);
  const { changes, handoverTo } = outgoing;
  const dirty =
    changes.length > 0 || handoverTo !== null || Object.keys(checks).length > 0 || agreed.size > 0 || reason !== '';
  const draft = useAutosave({
    draftId,
    siteId: stored?.id ?? null,
    baseRevision: stored?.revision ?? 0,
    document: keepsDrafts && changes.length > 0 && problems.length === 0 ? outgoing.document : null,
    reason,
  });

  const change = useCallback((of: Partial<SiteDocument>) => setForm((old) => ({ ...old, ...of })), []);
  const latestSite = useRef(site);
  useEffect(function rememberSite() {
    latestSite.current = site;
  });

  /** Begins afresh from what is stored now, with what the server knows of it. */
  const settle = useCallback(async (saved: Stored): Promise<void> => {
    const loaded = await loadOfficeSite(saved.id);
    const known = latestSite.current;
    const now = loaded.status === 'found' ? loaded.site : known && { ...known, ...saved };
    setSite(now);
    setStored(now ?? saved);
    setForm((now ?? saved).document);
    setReports(now?.reports ?? []);
    setReason('');
    setChecks({});
    setAgreed(new Set());
    setDraftId(randomUuid());
    setProposalId(randomUuid());
  }, []);

  /** Goes on with an unfinished edit; what was saved since it was begun is brought together with it. */
  function resume(chosen: DraftView): void {
    setDrafts(drafts.filter(({ id }) => id !== chosen.id));
    setReason(chosen.reason ?? '');
    // Another's draft stays theirs: going on with it makes one of one's own.
    if (chosen.mine && chosen.state === 'open') (chosen.kind === 'draft' ? setDraftId : setProposalId)(chosen.id);
    if (!stored || chosen.baseRevision >= stored.revision) return setForm(chosen.document);
    setCollision({
      base: beginningOf(chosen),
      mine: chosen.document,
      theirs: stored.document,
      by: null,
      at: null,
      adopted: null,
    });
  }

  const forgetReports = (group: ReportGroup) =>
    setReports(reports.filter(({ reportIds }) => reportIds !== group.reportIds));

  return {
    site,
    stored,
    setStored,
    form,
    setForm,
    change,
    reason,
    setReason,
    checks,
    setChecks,
    agreed,
    setAgreed,
    reports,
    forgetReports,
    drafts,
    setDrafts,
    draftId,
    proposalId,
    draft,
    collision,
    setCollision,
    outgoing,
    problems,
    dirty,
    begun,
    mayMoveTo,
    settle,
    resume,
  };
}

export type SiteEditorState = ReturnType<typeof useSiteEditor>;
