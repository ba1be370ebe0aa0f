import type { LedgerAccount } from '#domain/insurance/ledger.ts';
import type { LedgerBalances } from '#domain/insurance/ledger-contract.ts';
import { officeLedger as en } from '../../../client/messages/en/office-ledger.ts';
import { officeLedger as zh } from '../../../client/messages/zh/office-ledger.ts';
import { yuanOf } from '../../../client/money.ts';
import { useTexts } from '../../../client/texts.ts';
import { goInApp } from '../../../ui/location.ts';
import table from '../../../ui/table.module.css';
import styles from './desk.module.css';

/** Every account's balance; each leads to its postings. */
export function Balances({ data, linkOf }: { data: LedgerBalances; linkOf: (account: LedgerAccount) => string }) {
  const { balances: m, accounts } = useTexts({ zh, en });
  return (
    <section className={styles.card} aria-labelledby="ledger-balances">
      <h2 id="ledger-balances">{m.heading}</h2>
      <div className={table.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{m.account}</th>
              <th scope="col" className={table.number}>
                {m.balance}
              </th>
              <th scope="col" className={table.number}>
                {m.count}
              </th>
            </tr>
          </thead>
          <tbody>
            {data.accounts.map(({ account, balanceFen, postings }) => (
              <tr key={account} data-row="">
                <th scope="row">
                  <a
                    href={linkOf(account)}
                    data-open=""
                    className={table.link}
                    aria-label={m.see(accounts[account])}
                    onClick={goInApp}
                  >
                    {accounts[account]}
                  </a>
                </th>
                <td className={table.number}>{yuanOf(balanceFen)}</td>
                <td className={table.number}>{postings}</td>
              </tr>
            ))}
            <tr>
              <th scope="row">{m.sum}</th>
              <td className={table.number}>
                <strong>{yuanOf(data.sumFen)}</strong>
              </td>
              <td>{data.accounts.reduce((sum, { postings }) => sum + postings, 0)}</td>
            </tr>
          </tbody>
        </table>
      </div>
      <p className={data.isWhole && data.sumFen !== 0 ? styles.warning : styles.quiet}>
        {data.isWhole ? (data.sumFen === 0 ? m.balanced : m.notBalanced(yuanOf(data.sumFen))) : m.partial}
      </p>
    </section>
  );
}
