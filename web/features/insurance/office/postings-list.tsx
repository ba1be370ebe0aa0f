import type { PostingPage } from '#domain/insurance/ledger-contract.ts';
import { insuranceOfficeApiPaths, insuranceOfficePaths } from '../../../client/insurance-office-paths.ts';
import { officeLedger as en } from '../../../client/messages/en/office-ledger.ts';
import { officeLedger as zh } from '../../../client/messages/zh/office-ledger.ts';
import { yuanOf } from '../../../client/money.ts';
import { useTexts } from '../../../client/texts.ts';
import { useAsked } from '../../../client/use-asked.ts';
import { classes } from '../../../ui/classes.ts';
import { goInApp } from '../../../ui/location.ts';
import table from '../../../ui/table.module.css';
import { WhenAsked } from '../../places/office/when-asked.tsx';
import styles from './desk.module.css';
import { MoreButton } from './more-button.tsx';
import { askPage, useMore } from './use-more.ts';

type Posting = PostingPage['rows'][number];

/** What was posted, the newest first, narrowed by `query` (as the API takes it, without its `?`). */
export function PostingsList({ query, mayOpenClaims }: { query: string; mayOpenClaims: boolean }) {
  const asked = useAsked<PostingPage>(insuranceOfficeApiPaths.postings(query && `?${query}`));
  return (
    <WhenAsked asked={asked}>
      {(page) => <Postings page={page} query={query} mayOpenClaims={mayOpenClaims} />}
    </WhenAsked>
  );
}

function Postings({ page, query, mayOpenClaims }: { page: PostingPage; query: string; mayOpenClaims: boolean }) {
  const { postings: m, kinds, accounts, payers } = useTexts({ zh, en });
  const { rows, ...more } = useMore({ rows: page.rows, next: page.nextCursor }, (cursor) =>
    askPage<PostingPage, Posting>(
      insuranceOfficeApiPaths.postings(`?${new URLSearchParams([...new URLSearchParams(query), ['cursor', cursor]])}`),
      (answer) => ({ rows: answer.rows, next: answer.nextCursor }),
    ),
  );
  if (rows.length === 0) return <p className={styles.quiet}>{m.empty}</p>;
  return (
    <>
      <div className={table.scroll}>
        <table className={classes(table.table, table.cards)}>
          <thead>
            <tr>
              <th scope="col">{m.day}</th>
              <th scope="col">{m.kind}</th>
              <th scope="col">{m.entries}</th>
              <th scope="col">{m.about}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, day, kind, entries, about }) => (
              <tr key={id}>
                <td className={table.tight}>{day}</td>
                <td>{kinds[kind]}</td>
                <td>
                  <ul>
                    {entries.map(({ account, amountFen }, index) => (
                      <li key={`${account} ${index}`} className={styles.spread}>
                        <span>{accounts[account]}</span>
                        <span>{yuanOf(amountFen)}</span>
                      </li>
                    ))}
                  </ul>
                </td>
                <td>
                  {about.claimId && about.claimNumber ? (
                    mayOpenClaims ? (
                      <a href={insuranceOfficePaths.claim(about.claimId)} className={table.link} onClick={goInApp}>
                        {m.claim(about.claimNumber)}
                      </a>
                    ) : (
                      m.claim(about.claimNumber)
                    )
                  ) : (
                    [
                      about.payer && payers[about.payer],
                      about.coveredDays !== null && m.covered(about.coveredDays),
                      about.settlementReference && m.reference(about.settlementReference),
                      about.enrolmentId && m.enrolment,
                      about.insurerId,
                    ]
                      .filter(Boolean)
                      .join(' · ')
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <MoreButton {...more} label={m.more} />
    </>
  );
}
