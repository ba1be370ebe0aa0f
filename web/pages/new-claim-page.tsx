import { useEffect, useState } from 'react';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import { useSession } from '../client/accounts.ts';
import { discardDraft, newDraft, useClaimDrafts } from '../client/claim-drafts.ts';
import { sendClaims, startSendingClaims, useReportedIds } from '../client/claim-sender.ts';
import { doorOf, insurancePaths } from '../client/insurance-paths.ts';
import { claim as en } from '../client/messages/en/claim.ts';
import { claim as zh } from '../client/messages/zh/claim.ts';
import { useMessages } from '../client/messages.ts';
import { readKnownCover } from '../client/known-cover.ts';
import { useMyCover } from '../client/my-cover.ts';
import { paths } from '../client/paths.ts';
import { useTexts } from '../client/texts.ts';
import { ClaimDraftForm } from '../features/insurance/claim-draft-form.tsx';
import { ClaimQueued } from '../features/insurance/claim-queued.tsx';
import { dayWords } from '../features/insurance/day-words.ts';
import styles from '../features/insurance/insurance.module.css';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { goInApp, navigate, useSearch } from '../ui/location.ts';
import { showToast } from '../ui/notices.tsx';
import { Page } from '../ui/page.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { InlineSignIn } from './inline-sign-in.tsx';
import { useOffices } from './use-offices.ts';

/** `/claim/new?site=`: a claim is a draft on the phone from the first tap; one that was begun is gone on with. */
export function NewClaimPage() {
  const { shell, places } = useMessages();
  const m = useTexts({ zh, en });
  const search = useSearch();
  const drafts = useClaimDrafts();
  const session = useSession();
  const cover = useMyCover(session.status === 'in');
  const offices = useOffices();
  const [fresh] = useState(() => newDraft(doorOf(search), Date.now()));
  const [discarding, setDiscarding] = useState(false);
  const reportedIds = useReportedIds();
  const signedIn = session.status === 'in';
  // Read anew with every answer about the cover, which is kept there.
  const known = readKnownCover();

  const unsent = drafts?.filter(({ isReported }) => !isReported) ?? [];
  const wantedId = new URLSearchParams(search).get('draft');
  const arrivedId = wantedId && reportedIds.has(wantedId) ? wantedId : null;
  const current =
    drafts === null || arrivedId ? null : (unsent.find(({ id }) => id === wantedId) ?? unsent[0] ?? fresh);
  const currentId = current?.id;

  useEffect(
    function nameDraft() {
      // A reload, or the browser's own restoring, finds this very draft again.
      if (!currentId || currentId === wantedId) return;
      navigate(insurancePaths.newClaim(doorOf(window.location.search), currentId), { replace: true });
    },
    [currentId, wantedId],
  );
  useEffect(startSendingClaims, []);
  useEffect(
    function sendAfterSigningIn() {
      if (signedIn) void sendClaims();
    },
    [signedIn],
  );
  useEffect(
    function followIt() {
      if (!arrivedId) return;
      showToast({ text: m.send.done });
      navigate(insurancePaths.claim(arrivedId), { replace: true });
    },
    [arrivedId, m],
  );

  async function onDiscard(): Promise<void> {
    if (current) await discardDraft(current.id);
    setDiscarding(false);
    showToast({ text: m.draft.discarded });
    navigate(paths.accident());
  }

  const signIn = session.status === 'out' ? <InlineSignIn /> : null;
  const others = unsent.filter(({ id }) => id !== current?.id);
  return (
    <Page
      title={m.title}
      documentTitle={`${m.title} · ${shell.appName}`}
      back={{ href: paths.accident(), label: shell.back }}
    >
      {!current && <Skeleton rows={5} label={m.draft.loading} />}
      {current && (
        <>
          {current.state === 'queued' ? (
            <ClaimQueued draft={current} signIn={signIn} />
          ) : (
            <ClaimDraftForm
              key={current.id}
              initial={current}
              known={cover.status === 'ready' || known ? known : null}
              offices={offices}
              signIn={signIn}
              onDiscard={() => setDiscarding(true)}
            />
          )}
          {others.length > 0 && (
            <ul className={styles.rows}>
              {others.map(({ id, state, createdAtMs }) => (
                <li key={id}>
                  <ButtonLink href={insurancePaths.newClaim({ channel: 'me' }, id)} onClick={goInApp}>
                    {state === 'queued'
                      ? m.draft.waiting
                      : m.draft.open(dayWords(shanghaiDay(createdAtMs), shanghaiDay(fresh.createdAtMs), places.time))}
                  </ButtonLink>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
      <Dialog
        open={discarding}
        onClose={() => setDiscarding(false)}
        title={m.draft.discardTitle}
        closeLabel={shell.close}
      >
        <p>{m.draft.discardBody}</p>
        <div className={styles.actions}>
          <Button variant="danger" onClick={() => void onDiscard()}>
            {m.draft.discardNow}
          </Button>
          <Button onClick={() => setDiscarding(false)}>{m.draft.cancel}</Button>
        </div>
      </Dialog>
    </Page>
  );
}
