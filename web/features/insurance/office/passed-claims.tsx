import { useState } from 'react';
import type { PassedClaim } from '#domain/insurance/ledger-contract.ts';
import { insuranceOfficeApiPaths } from '../../../client/insurance-office-paths.ts';
import { officeClaims as claimsEn } from '../../../client/messages/en/office-claims.ts';
import { officeInsurer as en } from '../../../client/messages/en/office-insurer.ts';
import { officeClaims as claimsZh } from '../../../client/messages/zh/office-claims.ts';
import { officeInsurer as zh } from '../../../client/messages/zh/office-insurer.ts';
import { yuanOf } from '../../../client/money.ts';
import { useTexts } from '../../../client/texts.ts';
import { useAsked } from '../../../client/use-asked.ts';
import { Chip, ChipRow } from '../../../ui/chip.tsx';
import { classes } from '../../../ui/classes.ts';
import table from '../../../ui/table.module.css';
import { WhenAsked } from '../../places/office/when-asked.tsx';
import styles from './desk.module.css';
import { DownloadButton } from './download-button.tsx';
import { MoreButton } from './more-button.tsx';
import { askPage, useMore } from './use-more.ts';

const FILES = ['claims.csv', 'claims.json'] as const;

export type PassedPage = { claims: PassedClaim[]; nextAfter: string | null };

/** Claims that were passed to an insurer, or those of them that are to be paid; the latter as signed files too. */
export function PassedClaims({ insurerId }: { insurerId: string }) {
  const { claims: m } = useTexts({ zh, en });
  const [which, setWhich] = useState<'to_pay' | 'passed'>('to_pay');
  const asked = useAsked<PassedPage>(insuranceOfficeApiPaths.passedClaims(insurerId, which));
  return (
    <section className={styles.card} aria-labelledby="insurer-claims">
      <h2 id="insurer-claims">{m.heading}</h2>
      <ChipRow label={m.which} wrap>
        <Chip pressed={which === 'to_pay'} onPressedChange={() => setWhich('to_pay')}>
          {m.approved}
        </Chip>
        <Chip pressed={which === 'passed'} onPressedChange={() => setWhich('passed')}>
          {m.passed}
        </Chip>
      </ChipRow>
      <div className={styles.row}>
        {FILES.flatMap((file) => [
          <DownloadButton
            key={file}
            path={insuranceOfficeApiPaths.claimsFile(insurerId, file)}
            name={file}
            label={file.endsWith('csv') ? m.csv : m.json}
          />,
          <DownloadButton
            key={`${file}.sig`}
            path={insuranceOfficeApiPaths.claimsFile(insurerId, `${file}.sig`)}
            name={`${file}.sig`}
            label={m.sig}
            what={file}
          />,
        ])}
      </div>
      <WhenAsked asked={asked}>
        {(page) => <Rows key={which} page={page} insurerId={insurerId} which={which} />}
      </WhenAsked>
    </section>
  );
}

function Rows({ page, insurerId, which }: { page: PassedPage; insurerId: string; which: string }) {
  const { claims: m } = useTexts({ zh, en });
  const { states } = useTexts({ zh: claimsZh, en: claimsEn });
  const { rows, ...more } = useMore({ rows: page.claims, next: page.nextAfter }, (after) =>
    askPage<PassedPage, PassedClaim>(insuranceOfficeApiPaths.passedClaims(insurerId, which, after), (answer) => ({
      rows: answer.claims,
      next: answer.nextAfter,
    })),
  );
  if (rows.length === 0) return <p className={styles.quiet}>{m.empty}</p>;
  return (
    <>
      <div className={table.scroll}>
        <table className={classes(table.table, table.cards)}>
          <caption>{m.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{m.number}</th>
              <th scope="col">{m.state}</th>
              <th scope="col">{m.insured}</th>
              <th scope="col">{m.happened}</th>
              <th scope="col" className={table.number}>
                {m.approvedFen}
              </th>
              <th scope="col" className={table.number}>
                {m.paidFen}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.claim}>
                <th scope="row" className={table.tight}>
                  {row.claim}
                </th>
                <td>{states[row.state]}</td>
                <td data-label={m.insured} className={styles.code}>
                  {row.insured}
                </td>
                <td data-label={m.happened} className={table.tight}>
                  {row.happenedOn}
                </td>
                <td data-label={m.approvedFen} className={table.number}>
                  {row.approvedFen === null ? '–' : yuanOf(row.approvedFen)}
                </td>
                <td data-label={m.paidFen} className={table.number}>
                  {row.paidFen === null ? '–' : yuanOf(row.paidFen)}
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
