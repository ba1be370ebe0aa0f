import type { HandoverView } from '#domain/places/office-contract.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import { office as en } from '../../../client/messages/en/office.ts';
import { office as zh } from '../../../client/messages/zh/office.ts';
import { decideHandover } from '../../../client/office.ts';
import { useTexts } from '../../../client/texts.ts';
import { BoardRow } from '../../../ui/panel-board.tsx';
import { useDetails } from '../use-details.ts';
import { agoWords } from '../words.ts';
import { DecideButtons } from './decide-buttons.tsx';
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
  const { id, site, fromStreet, toStreet, reason, by, askedAt, mayDecide } = handover;
  return (
    <BoardRow>
      <SiteLine site={site}>
        <span className={styles.quiet}>{m.drafts.by(by, agoWords(shanghaiDay(Date.parse(askedAt)), nowMs, card))}</span>
      </SiteLine>
      <p>{m.decide.from(nameOf(fromStreet) ?? m.noStreet, nameOf(toStreet) ?? toStreet)}</p>
      {reason && <p>{m.decide.reason(reason)}</p>}
      {mayDecide ? (
        <DecideButtons
          question={m.decide.acceptAsk(site.name)}
          decide={(body) => decideHandover(id, body)}
          onChanged={onChanged}
        />
      ) : (
        <p className={styles.quiet}>{m.decide.wait}</p>
      )}
    </BoardRow>
  );
}
