import { type ReactNode, useState } from 'react';
import type { DraftView, FieldChange } from '#domain/places/office-contract.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import { office as en } from '../../../client/messages/en/office.ts';
import { office as zh } from '../../../client/messages/zh/office.ts';
import { decideDraft, withdrawDraft } from '../../../client/office.ts';
import { officePaths } from '../../../client/office-paths.ts';
import { useTexts } from '../../../client/texts.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { goInApp } from '../../../ui/location.ts';
import { showToast } from '../../../ui/notices.tsx';
import { BoardRow } from '../../../ui/panel-board.tsx';
import { useDetails } from '../use-details.ts';
import { agoWords } from '../words.ts';
import { Decided } from './decided.tsx';
import { DecideButtons } from './decide-buttons.tsx';
import { InlineAsk } from './inline-ask.tsx';
import styles from './office.module.css';
import { editorQuery } from './report-fact.ts';
import { useAreas } from './use-areas.ts';

export type DrawChanges = (changes: readonly FieldChange[]) => ReactNode;

/** An unfinished edit of a colleague's, or (`mayDecide`) a keeper's proposal to be decided. */
export function DraftRow({
  draft,
  nowMs,
  mayDecide,
  drawChanges,
  onChanged,
}: {
  draft: DraftView;
  nowMs: number;
  mayDecide: boolean;
  /** What changes, in words: the editor knows how. */
  drawChanges: DrawChanges;
  onChanged: () => void;
}) {
  const m = useTexts({ zh, en });
  const card = useDetails();
  const { nameOf } = useAreas();
  const [withdrawing, setWithdrawing] = useState(false);
  const { site, document, kind, state, changes, reason, decisionReason, by, mine, savedAt, id } = draft;
  const open = state === 'open';
  const href = (site ? officePaths.site(site.id) : officePaths.newSite()) + editorQuery({ draftId: id });

  return (
    <BoardRow>
      <div className={styles.line}>
        <a href={href} className={styles.site} data-open="" onClick={goInApp}>
          {site?.name ?? document.name}
        </a>
        {!site && <Badge tone="accent">{m.drafts.newSite}</Badge>}
        {mine && <Badge>{m.drafts.mine}</Badge>}
        {!open && <Decided accepted={state === 'accepted'} />}
        <span className={styles.quiet}>
          {[
            nameOf(site?.streetCode ?? document.streetCode),
            m.drafts.by(by, agoWords(shanghaiDay(Date.parse(savedAt)), nowMs, card)),
            m.drafts.changes(changes.length),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      {reason && <p>{m.decide.reason(reason)}</p>}
      {decisionReason && <p className={styles.answer}>{m.decide.answer(decisionReason)}</p>}
      {kind === 'proposal' && site && drawChanges(changes)}
      {mayDecide && open && kind === 'proposal' && (
        <DecideButtons
          question={m.decide.acceptAsk(site?.name ?? document.name)}
          decide={(body) => decideDraft(id, body)}
          onChanged={onChanged}
        />
      )}
      {mine && open && !withdrawing && (
        <div className={styles.actions}>
          <Button variant="quiet" onClick={() => setWithdrawing(true)}>
            {kind === 'proposal' ? m.drafts.takeBack : m.drafts.withdraw}
          </Button>
        </div>
      )}
      {withdrawing && (
        <InlineAsk
          question={kind === 'proposal' ? m.drafts.takeBackAsk : m.drafts.withdrawAsk}
          action={kind === 'proposal' ? m.drafts.takeBack : m.drafts.withdraw}
          run={async () => {
            await withdrawDraft(id);
            showToast({ text: kind === 'proposal' ? m.drafts.takenBack : m.drafts.withdrawn });
            onChanged();
          }}
          onClose={() => setWithdrawing(false)}
        />
      )}
    </BoardRow>
  );
}
