import { type ReactNode, useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { Service } from '#domain/places/catalogue.ts';
import type { DraftView, OfficeSite, ReportGroup } from '#domain/places/office-contract.ts';
import { isPublicStatus } from '#domain/places/catalogue.ts';
import { photosOf } from '#domain/places/document-changes.ts';
import type { SiteDocument } from '#domain/places/site-document.ts';
import type { SiteFeature } from '#domain/places/site.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import { navigate } from '../../ui/location.ts';
import { showToast } from '../../ui/notices.tsx';
import { officePaths } from '../../client/office-paths.ts';
import { outcomeOf, withdrawDraft } from '../../client/office.ts';
import { firstOpen, servicesFor, servicesIn, useArrival } from './use-arrival.ts';
import { AccessSection } from './access-section.tsx';
import { DraftNotices } from './draft-notices.tsx';
import { type FormPart, problemWords } from './form-context.ts';
import { goToSection } from './form-section.tsx';
import { IdentitySection } from './identity-section.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import { MergeDialog } from './merge-dialog.tsx';
import { NoteSection } from './note-section.tsx';
import { PhotosSection } from './photos-section.tsx';
import { PositionSection } from './position-section.tsx';
import { previewFeature } from './preview-feature.ts';
import { type Arrival, sectionOfReport } from './report-facts.ts';
import { ReportsPanel } from './reports-panel.tsx';
import { SaveBar, SectionJumps } from './save-bar.tsx';
import { type EditorMode, isSaveShortcut, SaveDialog } from './save-dialog.tsx';
import { ServicesSection } from './services-section.tsx';
import styles from './site-editor.module.css';
import { StatusSection } from './status-section.tsx';
import { useEditorTexts } from './use-editor-texts.ts';
import { useGround } from './use-ground.ts';
import { useLeaveGuard } from './use-leave-guard.ts';
import { useSaving } from './use-saving.ts';
import { useSiteEditor } from './use-site-editor.ts';
import { VerifySection } from './verify-section.tsx';

export type SiteEditorProps = {
  /** Null: a new place. */
  site: OfficeSite | null;
  drafts: readonly DraftView[];
  organisations: readonly { id: string; name: string }[];
  arrival: Arrival;
  /** The street that a new place begins in. */
  newStreet: string | null;
  /** Whether a place may go to a street at once, because both are looked after by the same person. */
  mayMoveTo: (streetCode: string) => boolean;
  mode: EditorMode;
  nowMs: number;
  /** Draws the rider's card of what is being edited. */
  preview: (feature: SiteFeature) => ReactNode;
};

/** The page of one place for whoever looks after it: the form, what riders will see, and the ways to save it. */
export function SiteEditor({
  site: initial,
  drafts,
  organisations,
  arrival,
  newStreet,
  mode,
  mayMoveTo,
  nowMs,
  preview,
}: SiteEditorProps) {
  const t = useEditorTexts();
  const ground = useGround(organisations);
  // Who only proposes asks for the street too: it is the office that then asks the other one.
  const proposing = mode === 'propose';
  const editor = useSiteEditor(initial, drafts, newStreet, proposing ? anywhere : mayMoveTo, mode !== 'look');
  const { site, stored, form, outgoing, problems, dirty, checks, agreed } = editor;
  const saving = useSaving(editor, ground.names, t, (id) => navigate(officePaths.site(id), { replace: true }));
  const [dialogOpen, setDialogOpen] = useState(false);
  const [showProblems, setShowProblems] = useState(false);
  const [openServices, setOpenServices] = useState<ReadonlySet<Service>>(() => firstOpen(form.services, arrival));
  const guard = useLeaveGuard(dirty);
  const today = shanghaiDay(nowMs);

  useArrival(arrival, drafts, editor.resume);
  useEffect(function openByShortcut() {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!isSaveShortcut(event)) return;
      event.preventDefault();
      if (mode !== 'look' && !document.querySelector('dialog[open]')) askToSave();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  });

  const deferredForm = useDeferredValue(form);
  const card = useMemo(
    () =>
      preview(
        previewFeature(deferredForm, {
          id: stored?.id ?? 'new',
          facts: site?.facts ?? [],
          organisation: deferredForm.organisationId ? ground.names.organisation(deferredForm.organisationId) : null,
          demo: site?.demo ?? false,
          verifying: Object.fromEntries(Object.entries(checks).map(([fact, { day }]) => [fact, day])),
          noName: t.fields.name,
        }),
      ),
    [preview, deferredForm, stored?.id, site, ground.names, checks, t],
  );

  const part: FormPart = {
    document: form,
    stored: stored?.document ?? null,
    onChange: editor.change,
    problemAt: (path) => {
      // A new form does not begin with reproaches.
      const problem = problems.find((one) => one.path === path);
      return problem && (showProblems || !problem.code.endsWith('missing')) ? problemWords(problem, t) : null;
    },
    changedAt: (path) =>
      stored !== null && outgoing.changes.some((one) => one.path === path || one.path.startsWith(`${path}.`)),
    ground,
    nowMs,
    today,
  };

  function askToSave(): void {
    if (problems.length || Object.values(checks).some(({ day }) => day > today)) {
      setShowProblems(true);
      setOpenServices((open) => new Set([...open, ...servicesIn(problems.map(({ path }) => path))]));
      // After the messages have been drawn.
      setTimeout(() => document.querySelector<HTMLElement>('[data-form] [aria-invalid="true"]')?.focus());
      return;
    }
    if (!dirty) {
      showToast({ text: t.save.nothing });
      return;
    }
    saving.clearFailure();
    setDialogOpen(true);
  }

  async function confirm(run: () => Promise<boolean>): Promise<void> {
    if (await run()) setDialogOpen(false);
  }

  async function takeMerged(merged: SiteDocument): Promise<void> {
    // When it could not be saved the dialog of the save says why.
    setDialogOpen(!(await saving.takeMerged(merged)));
  }

  function agree(group: ReportGroup): void {
    editor.setAgreed(new Set([...agreed, ...group.reportIds]));
    const section = sectionOfReport(group);
    const partOf = group.kind === 'facility_wrong' || group.kind === 'no_water' ? 'facilities' : 'hours';
    if (section === 'services') setOpenServices(servicesFor(group, form.services, openServices));
    // Once the service has unfolded.
    setTimeout(() => goToSection(section, section === 'services' ? partOf : null));
  }

  const hidden = !isPublicStatus(form.status);
  return (
    <div className={styles.editor}>
      <div className={styles.form} data-form>
        <SectionJumps mode={mode} className={styles.head!} />
        {proposing && <p className={styles.note}>{t.readOnlyHint}</p>}
        {mode === 'look' && <p className={styles.note}>{t.lookHint}</p>}
        <DraftNotices
          drafts={editor.drafts}
          revision={stored?.revision ?? 0}
          mayDecide={site?.mayEdit ?? false}
          mayResume={mode !== 'look'}
          names={ground.names}
          nowMs={nowMs}
          onResume={editor.resume}
          onGone={({ id }) => editor.setDrafts(editor.drafts.filter((one) => one.id !== id))}
          onAccepted={({ id }) => {
            editor.setDrafts(editor.drafts.filter((one) => one.id !== id));
            if (stored) void editor.settle(stored);
          }}
        />
        <fieldset className={styles.all} disabled={mode === 'look'}>
          <ReportsPanel
            groups={editor.reports}
            arrivedFor={arrival.reportIds}
            agreed={agreed}
            nowMs={nowMs}
            onAgree={agree}
            onTakeBack={({ reportIds }) =>
              editor.setAgreed(new Set([...agreed].filter((id) => !reportIds.includes(id))))
            }
            onAnswered={editor.forgetReports}
          />
          <IdentitySection {...part} organisations={organisations} handoverTo={outgoing.handoverTo} />
          <AccessSection {...part} />
          <PositionSection {...part} siteId={stored?.id ?? null} />
          <ServicesSection
            {...part}
            openServices={openServices}
            onOpenChange={(service, open) =>
              setOpenServices((old) => {
                const next = new Set(old);
                if (open) next.add(service);
                else next.delete(service);
                return next;
              })
            }
          />
          <PhotosSection
            {...part}
            changePhotos={(change) => editor.setForm((old) => ({ ...old, photos: change(photosOf(old)) }))}
          />
          <StatusSection {...part} siteId={stored?.id ?? null} />
          <NoteSection {...part} />
        </fieldset>
        {!proposing && mode !== 'look' && (
          <VerifySection
            facts={site?.facts ?? []}
            photos={site?.verificationPhotos ?? []}
            checks={checks}
            onChange={editor.setChecks}
            today={today}
            nowMs={nowMs}
          />
        )}
      </div>

      <aside className={styles.preview} aria-label={t.preview.heading}>
        <h2>{t.preview.heading}</h2>
        {hidden && <p className={styles.note}>{t.preview.hidden}</p>}
        <div className={styles.card}>{card}</div>
      </aside>

      {mode !== 'look' && (
        <>
          <SaveBar
            mode={mode}
            changeCount={outgoing.changes.length + (outgoing.handoverTo ? 1 : 0)}
            problemCount={showProblems ? problems.length : 0}
            dirty={dirty}
            draft={editor.draft}
            onSave={askToSave}
          />

          <SaveDialog
            open={dialogOpen && !editor.collision}
            mode={mode}
            changes={outgoing.changes}
            names={ground.names}
            checks={checks}
            answerCount={agreed.size}
            handoverTo={outgoing.handoverTo}
            reason={editor.reason}
            onReasonChange={editor.setReason}
            saving={saving.saving}
            failure={saving.failure}
            onPropose={saving.mayPropose ? () => void confirm(saving.propose) : null}
            onConfirm={() => void confirm(proposing ? saving.propose : saving.save)}
            onClose={() => setDialogOpen(false)}
          />
        </>
      )}
      {editor.collision && (
        <MergeDialog
          key={editor.collision.adopted?.revision ?? 'draft'}
          collision={editor.collision}
          names={ground.names}
          nowMs={nowMs}
          onMerged={(merged) => void takeMerged(merged)}
          onClose={() => {
            editor.setCollision(null);
            setDialogOpen(false);
          }}
        />
      )}
      <LeaveDialog
        wanted={guard.wanted !== null}
        drafted={editor.draft.status === 'saved' || editor.draft.status === 'saving'}
        onStay={guard.stay}
        onLeave={guard.leave}
        onDiscard={() => {
          if (editor.draft.status !== 'none') void outcomeOf(withdrawDraft(editor.draftId));
          guard.leave();
        }}
      />
    </div>
  );
}

function anywhere(): boolean {
  return true;
}
