import type { ClaimView } from '#domain/insurance/claim-contract.ts';
import { officeClaims as en } from '../../../client/messages/en/office-claims.ts';
import { officeClaims as zh } from '../../../client/messages/zh/office-claims.ts';
import { yuanOf } from '../../../client/money.ts';
import { useTexts } from '../../../client/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { useActorName } from './claim-desk-timeline.tsx';
import styles from './desk.module.css';

const AMOUNTS = ['claimed', 'assessed', 'approved', 'paid'] as const;

/** Somebody acted while this page was open: what they did and what is different now. */
export function ChangedNotice({
  before,
  after,
  onClose,
}: {
  before: ClaimView;
  after: ClaimView;
  onClose: () => void;
}) {
  const { step: m, states, queue } = useTexts({ zh, en });
  const nameOf = useActorName();
  const done = after.timeline.filter(({ version }) => version > before.version);
  const amounts = AMOUNTS.filter((name) => before[`${name}Fen`] !== after[`${name}Fen`]);
  return (
    <div className={styles.notice} data-tone="warning" role="alert">
      <strong>{m.changedTitle}</strong>
      <p>{m.changedBody}</p>
      <ul className={styles.list}>
        {done.map(({ version, action, by, words }) => (
          <li key={version}>
            {m.changedWho(nameOf(by), m.names[action])}
            {words && `: ${words}`}
          </li>
        ))}
        {before.state !== after.state && <li>{m.changedState(states[before.state], states[after.state])}</li>}
        {amounts.map((name) => (
          <li key={name}>
            {m.changedAmount(queue.amounts[name], figure(before[`${name}Fen`]), figure(after[`${name}Fen`]))}
          </li>
        ))}
      </ul>
      <div>
        <Button onClick={onClose}>{m.understood}</Button>
      </div>
    </div>
  );
}

function figure(fen: number | null): string {
  return fen === null ? '–' : yuanOf(fen);
}
