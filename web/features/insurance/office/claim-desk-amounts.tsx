import type { ClaimView } from '#domain/insurance/claim-contract.ts';
import { claimWords as wordsEn } from '../../../client/messages/en/claim-words.ts';
import { officeClaims as en } from '../../../client/messages/en/office-claims.ts';
import { claimWords as wordsZh } from '../../../client/messages/zh/claim-words.ts';
import { officeClaims as zh } from '../../../client/messages/zh/office-claims.ts';
import { yuanOf } from '../../../client/money.ts';
import { useTexts } from '../../../client/texts.ts';
import { classes } from '../../../ui/classes.ts';
import table from '../../../ui/table.module.css';
import { Folded } from '../folded.tsx';
import { CalculationSteps } from './calculation-steps.tsx';
import styles from './desk.module.css';

const COLUMNS = ['claimed', 'assessed', 'approved', 'paid'] as const;

/** Claimed, assessed, approved and paid: four amounts, and how the second came about. */
export function ClaimDeskAmounts({ claim }: { claim: ClaimView }) {
  const { one: m, queue, assess } = useTexts({ zh, en });
  const { kinds, declines } = useTexts({ zh: wordsZh, en: wordsEn });
  const calculated = claim.lines.filter(({ steps }) => steps.length > 0);
  return (
    <section className={styles.card} aria-labelledby="claim-lines">
      <h2 id="claim-lines">{m.lines}</h2>
      {claim.declineCode && (
        <div className={styles.notice} data-tone="warning">
          <strong>{m.declined}</strong>
          <p>{declines[claim.declineCode]}</p>
        </div>
      )}
      {claim.lines.length === 0 && <p className={styles.quiet}>{m.noLines}</p>}
      {(claim.lines.length > 0 || claim.assessedFen !== null) && (
        <div className={table.scroll}>
          <table className={classes(table.table, table.cards)}>
            <thead>
              <tr>
                <th scope="col">{m.line}</th>
                {COLUMNS.map((column) => (
                  <th key={column} scope="col" className={table.number}>
                    {queue.amounts[column]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {claim.lines.map((line) => (
                <tr key={line.id}>
                  <th scope="row">{kinds[line.kind]}</th>
                  {COLUMNS.map((column) => (
                    <td key={column} data-label={queue.amounts[column]} className={table.number}>
                      {figure(line[`${column}Fen`])}
                    </td>
                  ))}
                </tr>
              ))}
              <tr>
                <th scope="row">{m.sum}</th>
                {COLUMNS.map((column) => (
                  <td key={column} data-label={queue.amounts[column]} className={table.number}>
                    <strong>{figure(claim[`${column}Fen`])}</strong>
                  </td>
                ))}
              </tr>
            </tbody>
          </table>
        </div>
      )}
      {calculated.length > 0 && (
        <Folded title={m.steps}>
          {calculated.map(({ id, kind, steps, assessedFen }) => (
            <div key={id} className={styles.part}>
              <h3>{kinds[kind]}</h3>
              <CalculationSteps steps={steps} amountFen={assessedFen ?? 0} />
            </div>
          ))}
          <p className={styles.quiet}>{assess.unverifiedHint}</p>
        </Folded>
      )}
    </section>
  );
}

function figure(fen: number | null): string {
  return fen === null ? '–' : yuanOf(fen);
}
