import type { ClaimRow, WaitingClaims } from '#domain/insurance/claim-contract.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import { insuranceOfficePaths } from '../../../client/insurance-office-paths.ts';
import { officeClaims as en } from '../../../client/messages/en/office-claims.ts';
import { officeClaims as zh } from '../../../client/messages/zh/office-claims.ts';
import { useMessages } from '../../../client/messages.ts';
import { useTexts } from '../../../client/texts.ts';
import { Badge } from '../../../ui/badge.tsx';
import { ButtonLink } from '../../../ui/button.tsx';
import { laterIcons } from '../../../ui/later-icons.ts';
import { goInApp } from '../../../ui/location.ts';
import { type BoardPanel, BoardRow } from '../../../ui/panel-board.tsx';
import { useMinute } from '../../places/use-minute.ts';
import { dayWords } from '../day-words.ts';
import styles from './desk.module.css';

/** The claims that wait for a step of mine, as a panel of the workbench; the most urgent first. */
export function claimsPanel({ claims, total }: WaitingClaims, { panel: m }: typeof zh): BoardPanel {
  return {
    id: 'claims',
    title: m.title,
    icon: laterIcons.umbrella,
    count: total,
    empty: m.empty,
    rows: claims.map((claim) => <WaitingRow key={claim.id} claim={claim} />),
    all: (
      <ButtonLink variant="quiet" href={insuranceOfficePaths.claims()} onClick={goInApp}>
        {m.all(total)}
      </ButtonLink>
    ),
  };
}

function WaitingRow({ claim }: { claim: ClaimRow }) {
  const { queue: m, states } = useTexts({ zh, en });
  const { time } = useMessages().places;
  const nowMs = useMinute();
  const { dueAt } = claim;
  const isLate = dueAt !== null && Date.parse(dueAt) < nowMs;
  return (
    <BoardRow>
      <span className={styles.spread}>
        <span className={styles.row}>
          <a href={insuranceOfficePaths.claim(claim.id)} data-open="" className={styles.rowLink} onClick={goInApp}>
            {claim.number}
          </a>
          {states[claim.state]}
          {!claim.covered && <Badge tone="warning">{m.notCovered}</Badge>}
        </span>
        <span className={styles.row}>
          {isLate && <Badge tone="warning">{m.overdueBadge}</Badge>}
          {dueAt && (
            <span className={styles.quiet}>
              {m.due(dayWords(shanghaiDay(Date.parse(dueAt)), shanghaiDay(nowMs), time))}
            </span>
          )}
        </span>
      </span>
    </BoardRow>
  );
}
