import { useState } from 'react';
import type { FeedKey, InsurerDay, InsurerDayPage } from '#domain/insurance/ledger-contract.ts';
import { addDays } from '#domain/time/shanghai.ts';
import { insuranceOfficeApiPaths } from '../../../client/insurance-office-paths.ts';
import { officeInsurer as en } from '../../../client/messages/en/office-insurer.ts';
import { officeInsurer as zh } from '../../../client/messages/zh/office-insurer.ts';
import { yuanOf } from '../../../client/money.ts';
import { useTexts } from '../../../client/texts.ts';
import { useAsked } from '../../../client/use-asked.ts';
import { classes } from '../../../ui/classes.ts';
import { TextField } from '../../../ui/field.tsx';
import table from '../../../ui/table.module.css';
import { WhenAsked } from '../../places/office/when-asked.tsx';
import { Folded } from '../folded.tsx';
import styles from './desk.module.css';
import { DownloadButton } from './download-button.tsx';
import { MoreButton } from './more-button.tsx';
import { askPage, useMore } from './use-more.ts';

/** An insurer's closed days with their signed files, from a day on. */
export function InsurerDays({ insurerId, today }: { insurerId: string; today: string }) {
  const { days: m } = useTexts({ zh, en });
  // From the first of the month: what is older is one date away.
  const [from, setFrom] = useState(`${today.slice(0, 7)}-01`);
  const after = from ? addDays(from, -1) : undefined;
  const asked = useAsked<InsurerDayPage>(insuranceOfficeApiPaths.insurerDays(insurerId, after));
  return (
    <section className={styles.card} aria-labelledby="insurer-days">
      <h2 id="insurer-days">{m.heading}</h2>
      <p className={styles.quiet}>{m.hint}</p>
      <div className={styles.fields}>
        <TextField label={m.from} type="date" value={from} onChange={setFrom} />
      </div>
      <WhenAsked asked={asked}>{(page) => <Days page={page} insurerId={insurerId} />}</WhenAsked>
      <PublicKey />
    </section>
  );
}

function Days({ page, insurerId }: { page: InsurerDayPage; insurerId: string }) {
  const { days: m } = useTexts({ zh, en });
  const { rows, ...more } = useMore({ rows: page.days, next: page.nextAfter }, (after) =>
    askPage<InsurerDayPage, InsurerDay>(insuranceOfficeApiPaths.insurerDays(insurerId, after), (answer) => ({
      rows: answer.days,
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
              <th scope="col">{m.day}</th>
              {[m.people, m.own, m.subsidy, m.total].map((label) => (
                <th key={label} scope="col" className={table.number}>
                  {label}
                </th>
              ))}
              <th scope="col">{m.files}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.day}>
                <th scope="row" className={table.tight}>
                  {row.day}
                </th>
                <td data-label={m.people} className={table.number}>
                  {row.coveredDays}
                </td>
                <td data-label={m.own} className={table.number}>
                  {yuanOf(row.ownFen)}
                </td>
                <td data-label={m.subsidy} className={table.number}>
                  {yuanOf(row.subsidyFen)}
                </td>
                <td data-label={m.total} className={table.number}>
                  {yuanOf(row.totalFen)}
                </td>
                <td>
                  <span className={styles.row}>
                    {row.files.map((file) => (
                      <FileButtons key={file} file={file} day={row.day} />
                    ))}
                  </span>
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

/** A file and its detached signature. */
function FileButtons({ file, day }: { file: string; day: string }) {
  const { days: m, claims } = useTexts({ zh, en });
  const [path, query] = file.split('?') as [string, string?];
  const name = path.split('/').at(-1)!;
  const rest = query ? `?${query}` : '';
  return (
    <>
      <DownloadButton
        path={`/api${path}${rest}`}
        name={`${day}-${name}`}
        label={name.split('.').at(-1)!.toUpperCase()}
        what={day}
      />
      <DownloadButton
        path={`/api${path}.sig${rest}`}
        name={`${day}-${name}.sig`}
        label={claims.sig}
        what={`${day} ${m.signature(name)}`}
      />
    </>
  );
}

function PublicKey() {
  const { key: m } = useTexts({ zh, en });
  const asked = useAsked<FeedKey>(insuranceOfficeApiPaths.feedKey());
  if (asked.status !== 'ready') return null;
  return (
    <Folded title={m.heading}>
      <p className={styles.quiet}>{m.hint}</p>
      <dl className={styles.facts}>
        <dt>{m.id}</dt>
        <dd className={styles.code}>{asked.data.keyId}</dd>
        <dt>{m.pem}</dt>
        <dd className={styles.code}>{asked.data.publicKeyPem}</dd>
      </dl>
    </Folded>
  );
}
