import { useState } from 'react';
import type { DraftView } from '#domain/places/office-contract.ts';
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
import { changeWords } from './change-words.ts';
import { DecideButtons } from './decide-buttons.tsx';
import { InlineAsk } from './inline-ask.tsx';
import styles from './office.module.css';
import { editorQuery } from './report-fact.ts';
import { useAreas } from './use-areas.ts';

const SHOWN_CHANGES = 5;

/** An unfinished edit of a colleague's, or (`mayDecide`) a keeper's proposal to be decided. */
export function DraftRow({
  draft,
  nowMs,
  mayDecide,
  onChanged,
}: {
  draft: DraftView;
  nowMs: number;
  mayDecide: boolean;
  onChanged: () => void;
}) {
  const m = useTexts({ zh, en });
  const card = useDetails();
  const { nameOf } = useAreas();
  const [withdrawing, setWithdrawing] = useState(false);
  const { site, document, kind, changes, reason, by, mine, savedAt, id } = draft;
  const href = (site ? officePaths.site(site.id) : officePaths.newSite()) + editorQuery({ draftId: id });
  const hidden = changes.length - SHOWN_CHANGES;

  return (
    <BoardRow>
      <div className={styles.line}>
        <a href={href} className={styles.site} data-open="" onClick={goInApp}>
          {site?.name ?? document.name}
        </a>
        {!site && <Badge tone="accent">{m.drafts.newSite}</Badge>}
        {mine && <Badge>{m.drafts.mine}</Badge>}
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
      {kind === 'proposal' && site && (
        <dl className={styles.changes}>
          {changes.slice(0, SHOWN_CHANGES).map((change) => {
            const words = changeWords(change, m, card);
            return (
              <div key={change.path}>
                <dt>{words.field}</dt>
                <dd>
                  <del>{words.before}</del> → <ins>{words.after}</ins>
                </dd>
              </div>
            );
          })}
          {hidden > 0 && <p className={styles.quiet}>+ {m.drafts.changes(hidden)}</p>}
        </dl>
      )}
      {mayDecide && kind === 'proposal' && (
        <DecideButtons
          question={m.decide.acceptAsk(site?.name ?? document.name)}
          decide={(body) => decideDraft(id, body)}
          onChanged={onChanged}
        />
      )}
      {mine && !withdrawing && (
        <div className={styles.actions}>
          <Button variant="quiet" onClick={() => setWithdrawing(true)}>
            {m.drafts.withdraw}
          </Button>
        </div>
      )}
      {withdrawing && (
        <InlineAsk
          question={m.drafts.withdrawAsk}
          action={m.drafts.withdraw}
          run={async () => {
            await withdrawDraft(id);
            showToast({ text: m.drafts.withdrawn });
            onChanged();
          }}
          onClose={() => setWithdrawing(false)}
        />
      )}
    </BoardRow>
  );
}
