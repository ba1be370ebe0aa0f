import type { ClaimReconciliation } from '#domain/insurance/ledger-contract.ts';
import { officeInsurer as en } from '../../../client/messages/en/office-insurer.ts';
import { officeInsurer as zh } from '../../../client/messages/zh/office-insurer.ts';
import { yuanOf } from '../../../client/money.ts';
import { useTexts } from '../../../client/texts.ts';
import type { Asked } from '../../../client/use-asked.ts';
import { Icon } from '../../../ui/icon.tsx';
import { classes } from '../../../ui/classes.ts';
import table from '../../../ui/table.module.css';
import { WhenAsked } from '../../places/office/when-asked.tsx';
import styles from './desk.module.css';

/** Whether claims, insurer and ledger say the same was paid; each difference as a row. */
export function ClaimsCheck({ asked }: { asked: Asked<ClaimReconciliation> }) {
  const { check: m, payments } = useTexts({ zh, en });
  return (
    <section className={styles.card} aria-labelledby="insurer-check">
      <h2 id="insurer-check">{m.heading}</h2>
      <WhenAsked asked={asked}>
        {({ agrees, claimsFen, insurerFen, ledgerFen, differences }) => (
          <div className={styles.part}>
            <p className={styles.notice} data-tone={agrees ? 'good' : 'warning'}>
              <span className={styles.row}>
                <Icon name={agrees ? 'check' : 'warning'} />
                <strong>{agrees ? m.agrees : m.differs}</strong>
              </span>
            </p>
            <dl className={styles.facts}>
              <dt>{m.claims}</dt>
              <dd>¥{yuanOf(claimsFen)}</dd>
              <dt>{m.insurer}</dt>
              <dd>¥{yuanOf(insurerFen)}</dd>
              <dt>{m.ledger}</dt>
              <dd>¥{yuanOf(ledgerFen)}</dd>
            </dl>
            {differences.length === 0 ? (
              <p className={styles.quiet}>{m.none}</p>
            ) : (
              <div className={table.scroll}>
                <table className={classes(table.table, table.cards)}>
                  <thead>
                    <tr>
                      <th scope="col">{payments.claim}</th>
                      <th scope="col">{m.reference}</th>
                      <th scope="col">{payments.outcome}</th>
                      {[m.claims, m.insurer, m.ledger].map((label) => (
                        <th key={label} scope="col" className={table.number}>
                          {label}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {differences.map((row, index) => (
                      <tr key={`${row.claim} ${row.reference} ${index}`}>
                        <th scope="row">{row.claim}</th>
                        <td data-label={m.reference}>{row.reference ?? '–'}</td>
                        <td>{row.outcome ? payments.outcomes[row.outcome] : '–'}</td>
                        <td data-label={m.claims} className={table.number}>
                          {yuanOf(row.claimFen)}
                        </td>
                        <td data-label={m.insurer} className={table.number}>
                          {yuanOf(row.insurerFen)}
                        </td>
                        <td data-label={m.ledger} className={table.number}>
                          {yuanOf(row.ledgerFen)}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )}
          </div>
        )}
      </WhenAsked>
    </section>
  );
}
