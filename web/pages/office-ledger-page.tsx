import { useEffect } from 'react';
import { LEDGER_ACCOUNTS, type LedgerAccount } from '#domain/insurance/ledger.ts';
import type { LedgerBalances, MonthStatement } from '#domain/insurance/ledger-contract.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Me } from '../client/accounts.ts';
import { policyTerms } from '../client/enrolments.ts';
import { insuranceOfficeApiPaths, insuranceOfficePaths } from '../client/insurance-office-paths.ts';
import { useKept } from '../client/kept-resource.ts';
import { officeLedger as en } from '../client/messages/en/office-ledger.ts';
import { officeLedger as zh } from '../client/messages/zh/office-ledger.ts';
import { useLanguage, useMessages } from '../client/messages.ts';
import { useTexts } from '../client/texts.ts';
import { useAsked } from '../client/use-asked.ts';
import { momentWords } from '../features/insurance/day-words.ts';
import styles from '../features/insurance/office/desk.module.css';
import { DownloadButton } from '../features/insurance/office/download-button.tsx';
import { Balances } from '../features/insurance/office/ledger-balances.tsx';
import { MonthDays } from '../features/insurance/office/month-days.tsx';
import { MonthEmployers } from '../features/insurance/office/month-employers.tsx';
import { MonthSums } from '../features/insurance/office/month-sums.tsx';
import { readMonth, shiftMonth } from '../features/insurance/office/months.ts';
import { PostingsList } from '../features/insurance/office/postings-list.tsx';
import { SettleForm } from '../features/insurance/office/settle-form.tsx';
import { WhenAsked } from '../features/places/office/when-asked.tsx';
import { useMinute } from '../features/places/use-minute.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Field, inputClass } from '../ui/field.tsx';
import { laterIcons } from '../ui/later-icons.ts';
import { goInApp, navigate, useSearch } from '../ui/location.ts';
import { OfficeLayout } from './office-layout.tsx';

/** `/office/ledger?month=&account=&day=`: a month's statement, the balances, and the postings behind a figure. */
export function OfficeLedgerPage() {
  const m = useTexts({ zh, en });
  return (
    <OfficeLayout title={m.title} action="ledger.view">
      {(me) => <Ledger me={me} />}
    </OfficeLayout>
  );
}

function Ledger({ me }: { me: Me }) {
  const m = useTexts({ zh, en });
  const nowMs = useMinute();
  const today = shanghaiDay(nowMs);
  const said = new URLSearchParams(useSearch());
  const month = readMonth(said.get('month')) ?? today.slice(0, 7);
  const account = LEDGER_ACCOUNTS.find((name) => name === said.get('account')) ?? null;
  const day = /^20\d{2}-\d{2}-\d{2}$/.exec(said.get('day') ?? '')?.[0] ?? null;
  const terms = useKept(policyTerms);
  const balances = useAsked<LedgerBalances>(insuranceOfficeApiPaths.balances());
  useEffect(
    function showPostings() {
      if (account ?? day) document.getElementById('postings')?.scrollIntoView();
    },
    [account, day],
  );
  const linkOf = (more: Record<string, string>) =>
    insuranceOfficePaths.ledger(`?${new URLSearchParams({ month, ...more })}`);
  return (
    <>
      <Month month={month} linkOf={(other) => linkOf({ month: other })} linkOfDay={(of) => linkOf({ day: of })} />
      <WhenAsked asked={balances}>
        {(data) => <Balances data={data} linkOf={(of: LedgerAccount) => linkOf({ account: of })} />}
      </WhenAsked>
      <section id="postings" className={styles.card} aria-labelledby="ledger-postings">
        <div className={styles.spread}>
          <h2 id="ledger-postings">
            {account ? m.postings.of(m.accounts[account]) : day ? m.postings.of(day) : m.postings.heading}
          </h2>
          {(account ?? day) && (
            <ButtonLink variant="quiet" href={linkOf({})} onClick={goInApp}>
              {m.postings.all}
            </ButtonLink>
          )}
        </div>
        <PostingsList
          query={String(new URLSearchParams({ ...(account && { account }), ...(day && { from: day, to: day }) }))}
          mayOpenClaims={me.actions.includes('claim.view')}
        />
      </section>
      {me.actions.includes('ledger.settle') && (
        <SettleForm
          today={today}
          insurerId={terms.status === 'ready' ? terms.data.insurerId : ''}
          onDone={balances.retry}
        />
      )}
    </>
  );
}

function Month({
  month,
  linkOf,
  linkOfDay,
}: {
  month: string;
  linkOf: (month: string) => string;
  linkOfDay: (day: string) => string;
}) {
  const m = useTexts({ zh, en });
  const language = useLanguage();
  const { time } = useMessages().places;
  const nowMs = useMinute();
  const asked = useAsked<MonthStatement>(insuranceOfficeApiPaths.month(month));
  const [before, after] = [shiftMonth(month, -1), shiftMonth(month, 1)];
  return (
    <>
      <div className={styles.row}>
        <ButtonLink icon={laterIcons.back} href={linkOf(before)} onClick={goInApp}>
          {m.earlier}
        </ButtonLink>
        <Field label={m.month}>
          {(control) => (
            <input
              {...control}
              type="month"
              className={inputClass}
              value={month}
              min="2020-01"
              max="2099-12"
              onChange={({ target }) => readMonth(target.value) && navigate(linkOf(target.value), { replace: true })}
            />
          )}
        </Field>
        <ButtonLink icon={laterIcons.forward} href={linkOf(after)} onClick={goInApp}>
          {m.later}
        </ButtonLink>
        {(['csv', 'xlsx'] as const).map((format) => (
          <DownloadButton
            key={format}
            path={`${insuranceOfficeApiPaths.month(`${month}.${format}`)}?lang=${language}`}
            name={`luyi-${month}.${format}`}
            label={m[format]}
            what={m.download}
          />
        ))}
      </div>
      <WhenAsked asked={asked}>
        {(statement) => (
          <div className={styles.part}>
            <p className={styles.quiet}>
              {m.asOf(momentWords(Date.parse(statement.asOf), shanghaiDay(nowMs), time))}
              {statement.insurerIds && ` · ${statement.insurerIds.join(' · ')}`}
            </p>
            <MonthSums totals={statement.totals} />
            <MonthEmployers rows={statement.rows} />
            <MonthDays days={statement.days} linkOf={linkOfDay} />
          </div>
        )}
      </WhenAsked>
    </>
  );
}
