import type { PublicFairness } from '#domain/insurance/fairness-contract.ts';
import { insuranceOfficeApiPaths, insuranceOfficePaths } from '../client/insurance-office-paths.ts';
import { claimWords as wordsEn } from '../client/messages/en/claim-words.ts';
import { officeClaims as claimsEn } from '../client/messages/en/office-claims.ts';
import { officeFairness as en } from '../client/messages/en/office-fairness.ts';
import { claimWords as wordsZh } from '../client/messages/zh/claim-words.ts';
import { officeClaims as claimsZh } from '../client/messages/zh/office-claims.ts';
import { officeFairness as zh } from '../client/messages/zh/office-fairness.ts';
import { useMessages } from '../client/messages.ts';
import { paths } from '../client/paths.ts';
import { useTexts } from '../client/texts.ts';
import { useAsked } from '../client/use-asked.ts';
import { CountTable } from '../features/insurance/office/count-table.tsx';
import styles from '../features/insurance/office/desk.module.css';
import { waitWords } from '../features/insurance/office/time-words.ts';
import { WhenAsked } from '../features/places/office/when-asked.tsx';
import { SelectField } from '../ui/field.tsx';
import { navigate, useSearch } from '../ui/location.ts';
import { Page } from '../ui/page.tsx';

/** `/fairness?quarter=`: for everybody, without signing in and without any person. */
export function FairnessPage() {
  const { open: m } = useTexts({ zh, en });
  const { shell } = useMessages();
  const said = new URLSearchParams(useSearch()).get('quarter');
  const quarter = said && /^20\d\d-Q[1-4]$/.test(said) ? said : undefined;
  const asked = useAsked<PublicFairness>(insuranceOfficeApiPaths.publicFairness(quarter));
  return (
    <Page
      title={m.title}
      documentTitle={`${m.title} · ${shell.appName}`}
      back={{ href: paths.map(), label: m.back }}
      wide
    >
      <p>{m.lead}</p>
      <WhenAsked asked={asked}>{(data) => <Quarter data={data} />}</WhenAsked>
    </Page>
  );
}

function Quarter({ data }: { data: PublicFairness }) {
  const m = useTexts({ zh, en });
  const { states } = useTexts({ zh: claimsZh, en: claimsEn });
  const { declines } = useTexts({ zh: wordsZh, en: wordsEn });
  const least = data.leastPublished;
  const shown = (count: number | null) => (count === null ? m.open.hidden(least) : String(count));
  const nameOf = (quarter: string) => {
    const [year, number] = quarter.split('-Q') as [string, string];
    return m.open.quarterName(year, number);
  };
  return (
    <div className={styles.part}>
      <div className={styles.fields}>
        <SelectField
          label={m.open.quarter}
          value={data.quarter}
          onChange={(quarter) => navigate(insuranceOfficePaths.publicFairness(quarter), { replace: true })}
        >
          {data.quarters.map((quarter) => (
            <option key={quarter} value={quarter}>
              {nameOf(quarter)}
            </option>
          ))}
        </SelectField>
      </div>
      <p className={styles.quiet}>
        {data.from} – {data.to} · {m.open.small(least)}
      </p>
      <p className={styles.total}>
        {m.open.reported} {shown(data.reported)}
      </p>
      <CountTable
        id="open-outcomes"
        heading={m.outcomes.heading}
        columns={[m.outcomes.what, m.outcomes.count]}
        rows={[
          ...data.outcomes.map(({ outcome, count }) => ({
            key: outcome,
            name: m.outcomeNames[outcome],
            cells: [shown(count)],
          })),
          { key: 'total', name: m.outcomes.total, cells: [shown(data.outcomesTotal)] },
        ]}
      />
      <CountTable
        id="open-steps"
        heading={m.steps.heading}
        columns={[m.steps.state, m.steps.median, m.steps.p90]}
        empty={m.steps.empty}
        rows={data.steps.map(({ state, medianHours, p90Hours }) => ({
          key: state,
          name: states[state],
          cells:
            medianHours === null
              ? [m.open.hidden(least), m.open.hidden(least)]
              : [waitWords(medianHours, m.steps), waitWords(p90Hours, m.steps)],
        }))}
      />
      <CountTable
        id="open-declines"
        heading={m.declines.heading}
        columns={[m.declines.reason, m.declines.count]}
        empty={m.declines.empty}
        rows={data.declines.map(({ code, count }) => ({ key: code, name: declines[code], cells: [shown(count)] }))}
      />
      <CountTable
        id="open-appeals"
        heading={m.appeals.heading}
        columns={[m.appeals.what, m.appeals.count]}
        empty={m.appeals.empty}
        rows={data.appeals.map(({ outcome, count }) => ({
          key: outcome,
          name: m.appealNames[outcome],
          cells: [shown(count)],
        }))}
      />
      <CountTable
        id="open-reviews"
        heading={m.open.samples}
        columns={[m.outcomes.what, m.outcomes.count]}
        rows={data.reviews.map(({ result, count }) => ({
          key: result,
          name: m.resultNames[result],
          cells: [shown(count)],
        }))}
      />
      <CountTable
        id="open-offices"
        heading={m.open.offices.heading}
        columns={[m.open.offices.name, m.open.offices.decided]}
        empty={m.open.offices.empty}
        rows={data.offices.map(({ code, name, decided }) => ({ key: code, name, cells: [shown(decided)] }))}
      />
    </div>
  );
}
