import { useState } from 'react';
import type { Fairness } from '#domain/insurance/fairness-contract.ts';
import { claimWords as wordsEn } from '../../../client/messages/en/claim-words.ts';
import { officeClaims as claimsEn } from '../../../client/messages/en/office-claims.ts';
import { officeFairness as en } from '../../../client/messages/en/office-fairness.ts';
import { claimWords as wordsZh } from '../../../client/messages/zh/claim-words.ts';
import { officeClaims as claimsZh } from '../../../client/messages/zh/office-claims.ts';
import { officeFairness as zh } from '../../../client/messages/zh/office-fairness.ts';
import { yuanOf } from '../../../client/money.ts';
import { useTexts } from '../../../client/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { classes } from '../../../ui/classes.ts';
import table from '../../../ui/table.module.css';
import { CountTable } from './count-table.tsx';
import styles from './desk.module.css';
import { waitWords } from './time-words.ts';

const FIRST = 20;

/** What supervisors see of some days: times, outcomes, declines, appeals and second looks. */
export function FairnessView({ data }: { data: Fairness }) {
  const m = useTexts({ zh, en });
  const { declines } = useTexts({ zh: wordsZh, en: wordsEn });
  return (
    <>
      <p>{m.reportedCount(data.reported)}</p>
      <div className={styles.columns}>
        <StepTimes steps={data.steps} />
        <div className={styles.part}>
          <CountTable
            id="fair-outcomes"
            heading={m.outcomes.heading}
            columns={[m.outcomes.what, m.outcomes.count, m.outcomes.amount]}
            rows={data.outcomes.map(({ outcome, count, amountFen }) => ({
              key: outcome,
              name: m.outcomeNames[outcome],
              cells: [String(count), yuanOf(amountFen)],
            }))}
          />
          <CountTable
            id="fair-declines"
            heading={m.declines.heading}
            columns={[m.declines.reason, m.declines.count]}
            empty={m.declines.empty}
            rows={data.declines
              .filter(({ count }) => count > 0)
              .map(({ code, count }) => ({ key: code, name: declines[code], cells: [String(count)] }))}
          />
          <CountTable
            id="fair-appeals"
            heading={m.appeals.heading}
            columns={[m.appeals.what, m.appeals.count]}
            empty={m.appeals.empty}
            rows={data.appeals.map(({ outcome, count }) => ({
              key: outcome,
              name: m.appealNames[outcome],
              cells: [String(count)],
            }))}
          />
          <section className={styles.card} aria-labelledby="fair-reviews">
            <h2 id="fair-reviews">{m.reviews.heading}</h2>
            <p>
              {m.reviews.reviewed(data.reviews.reviewed)} · {m.reviews.agrees(data.reviews.agrees)} ·{' '}
              {m.reviews.differs(data.reviews.differs, yuanOf(data.reviews.differenceFen))}
            </p>
          </section>
        </div>
      </div>
    </>
  );
}

function StepTimes({ steps }: { steps: Fairness['steps'] }) {
  const { steps: m } = useTexts({ zh, en });
  const { states } = useTexts({ zh: claimsZh, en: claimsEn });
  const [shown, setShown] = useState(FIRST);
  const hidden = steps.length - shown;
  return (
    <section className={styles.card} aria-labelledby="fair-steps">
      <h2 id="fair-steps">{m.heading}</h2>
      <p className={styles.quiet}>{m.hint}</p>
      {steps.length === 0 ? (
        <p className={styles.quiet}>{m.empty}</p>
      ) : (
        <div className={table.scroll}>
          <table className={classes(table.table, table.cards)}>
            <thead>
              <tr>
                <th scope="col">{m.office}</th>
                <th scope="col">{m.state}</th>
                {[m.count, m.median, m.p90, m.overdue].map((label) => (
                  <th key={label} scope="col" className={table.number}>
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {steps.slice(0, shown).map((step) => (
                <tr key={`${step.office} ${step.state}`}>
                  <th scope="row">{step.office ? (step.officeName ?? step.office) : m.noOffice}</th>
                  <td>{states[step.state]}</td>
                  <td data-label={m.count} className={table.number}>
                    {step.count}
                  </td>
                  <td data-label={m.median} className={classes(table.number, table.tight)}>
                    {waitWords(step.medianHours, m)}
                  </td>
                  <td data-label={m.p90} className={classes(table.number, table.tight)}>
                    {waitWords(step.p90Hours, m)}
                  </td>
                  <td data-label={m.overdue} className={classes(table.number, step.overdue > 0 && styles.warning)}>
                    {step.overdue}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {hidden > 0 && (
        <div>
          <Button variant="quiet" onClick={() => setShown(shown + FIRST)}>
            {m.more(Math.min(FIRST, hidden))}
          </Button>
        </div>
      )}
    </section>
  );
}
