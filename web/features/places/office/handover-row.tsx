import { useState } from 'react';
import type { HandoverView } from '#domain/places/office-contract.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import { office as en } from '../../../client/messages/en/office.ts';
import { office as zh } from '../../../client/messages/zh/office.ts';
import { decideHandover } from '../../../client/office.ts';
import { useTexts } from '../../../client/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { showToast } from '../../../ui/notices.tsx';
import { BoardRow } from '../../../ui/panel-board.tsx';
import { useDetails } from '../use-details.ts';
import { agoWords } from '../words.ts';
import { Decided } from './decided.tsx';
import { DecideButtons } from './decide-buttons.tsx';
import { InlineAsk } from './inline-ask.tsx';
import styles from './office.module.css';
import { SiteLine } from './site-line.tsx';
import { useAreas } from './use-areas.ts';

/** A place that is to change its street. */
export function HandoverRow({
  handover,
  nowMs,
  onChanged,
}: {
  handover: HandoverView;
  nowMs: number;
  onChanged: () => void;
}) {
  const m = useTexts({ zh, en });
  const card = useDetails();
  const { nameOf } = useAreas();
  const { id, site, fromStreet, toStreet, reason, by, askedAt, accepted, decisionReason, mayDecide, mayCallOff } =
    handover;
  const [callingOff, setCallingOff] = useState(false);
  return (
    <BoardRow>
      <SiteLine site={site}>
        <span className={styles.quiet}>{m.drafts.by(by, agoWords(shanghaiDay(Date.parse(askedAt)), nowMs, card))}</span>
        {accepted !== null && <Decided accepted={accepted} />}
      </SiteLine>
      <p>{m.decide.from(nameOf(fromStreet) ?? m.noStreet, nameOf(toStreet) ?? toStreet)}</p>
      {reason && <p>{m.decide.reason(reason)}</p>}
      {decisionReason && <p className={styles.answer}>{m.decide.answer(decisionReason)}</p>}
      {mayDecide && (
        <DecideButtons
          question={m.decide.acceptAsk(site.name)}
          decide={(body) => decideHandover(id, body)}
          onChanged={onChanged}
        />
      )}
      {!mayDecide && accepted === null && (
        <div className={styles.actions}>
          <span className={styles.quiet}>{m.decide.wait}</span>
          {mayCallOff && !callingOff && (
            <Button variant="quiet" onClick={() => setCallingOff(true)}>
              {m.decide.callOff}
            </Button>
          )}
        </div>
      )}
      {callingOff && (
        <InlineAsk
          question={m.decide.callOffAsk}
          action={m.decide.callOff}
          run={async () => {
            await decideHandover(id, { accept: false });
            showToast({ text: m.decide.calledOff });
            onChanged();
          }}
          onClose={() => setCallingOff(false)}
        />
      )}
    </BoardRow>
  );
}
