import type { ClaimView } from '#domain/insurance/claim-contract.ts';
import { claimWords as wordsEn } from '../../client/messages/en/claim-words.ts';
import { claim as en } from '../../client/messages/en/claim.ts';
import { claimWords as wordsZh } from '../../client/messages/zh/claim-words.ts';
import { claim as zh } from '../../client/messages/zh/claim.ts';
import { yuanOf } from '../../client/money.ts';
import { useTexts } from '../../client/texts.ts';
import { Badge } from '../../ui/badge.tsx';
import styles from './claim-view.module.css';
import { Folded } from './folded.tsx';
import { enrol as enrolEn } from '../../client/messages/en/enrol.ts';
import { enrol as enrolZh } from '../../client/messages/zh/enrol.ts';

/** Claimed, assessed, approved and paid side by side, and every step from the papers to the amount. */
export function ClaimAmounts({ claim }: { claim: ClaimView }) {
  const { view: m } = useTexts({ zh, en });
  const words = useTexts({ zh: wordsZh, en: wordsEn });
  const { unverified } = useTexts({ zh: enrolZh, en: enrolEn });
  const columns = ['claimed', 'assessed', 'approved', 'paid'] as const;
  const nothing = claim.claimedFen === 0 && claim.assessedFen === null;
  return (
    <section className={styles.part} aria-labelledby="claim-amounts">
      <h2 id="claim-amounts">{m.amounts}</h2>
      {nothing ? (
        <p className={styles.quiet}>{m.noAmounts}</p>
      ) : (
        <div className={styles.scroll}>
          <table className={styles.amounts}>
            <thead>
              <tr>
                <th scope="col">{words.amounts.line}</th>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {words.amounts[column]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {claim.lines.map((line) => (
                <tr key={line.id}>
                  <th scope="row">{words.kinds[line.kind]}</th>
                  <td>{figure(line.claimedFen)}</td>
                  <td>{figure(line.assessedFen)}</td>
                  <td>{figure(line.approvedFen)}</td>
                  <td>{figure(line.paidFen)}</td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{m.sum}</th>
                <td>{figure(claim.claimedFen)}</td>
                <td>{figure(claim.assessedFen)}</td>
                <td>{figure(claim.approvedFen)}</td>
                <td>{figure(claim.paidFen)}</td>
              </tr>
            </tfoot>
          </table>
        </div>
      )}
      {claim.lines.some(({ steps }) => steps.length > 0) && (
        <Folded title={m.howCalculated}>
          {claim.lines.map((line) => (
            <div key={line.id} className={styles.part}>
              <h3>{words.kinds[line.kind]}</h3>
              <ol className={styles.calculation}>
                {line.steps.map((step, index) => (
                  <li key={`${step.code} ${index}`}>
                    <span>
                      <span>
                        {words.steps[step.code]?.(step.params) ?? words.otherStep}{' '}
                        {step.certainty === 'unverified' && <Badge tone="warning">{unverified}</Badge>}
                      </span>
                      {step.clause && <span className={styles.quiet}>{words.clause(step.clause)}</span>}
                    </span>
                    <span>{figure(step.amountFen)}</span>
                  </li>
                ))}
                <li>
                  <strong>{m.sum}</strong>
                  <strong>{figure(line.assessedFen)}</strong>
                </li>
              </ol>
            </div>
          ))}
        </Folded>
      )}
    </section>
  );
}

function figure(fen: number | null): string {
  return fen === null ? '–' : yuanOf(fen);
}
