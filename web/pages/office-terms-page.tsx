import type { BenefitKind, Material, PolicyTerms } from '#domain/insurance/policy-terms.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import { saveBlob } from '../client/ask.ts';
import { insuranceOfficeApiPaths } from '../client/insurance-office-paths.ts';
import { insuranceApiPaths } from '../client/insurance-paths.ts';
import { claimWords as wordsEn } from '../client/messages/en/claim-words.ts';
import { officeTerms as en } from '../client/messages/en/office-terms.ts';
import { claimWords as wordsZh } from '../client/messages/zh/claim-words.ts';
import { officeTerms as zh } from '../client/messages/zh/office-terms.ts';
import { useLanguage, useMessages } from '../client/messages.ts';
import { useTexts } from '../client/texts.ts';
import { useAsked } from '../client/use-asked.ts';
import { momentWords } from '../features/insurance/day-words.ts';
import styles from '../features/insurance/office/desk.module.css';
import { ReplaceTermsForm } from '../features/insurance/office/replace-terms-form.tsx';
import { listFigures, valueWords } from '../features/insurance/office/terms-figures.ts';
import { WhenAsked } from '../features/places/office/when-asked.tsx';
import { useMinute } from '../features/places/use-minute.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import { laterIcons } from '../ui/later-icons.ts';
import table from '../ui/table.module.css';
import { OfficeLayout } from './office-layout.tsx';

type Versions = { versions: { version: string; validFrom: string; createdAt: string }[] };

/** `/office/policy-terms`: every figure with its source and how sure it is; administrators put new versions in force. */
export function OfficeTermsPage() {
  const m = useTexts({ zh, en });
  return (
    <OfficeLayout title={m.title} action={['claim.view', 'ledger.view', 'terms.replace']}>
      {(me) => <Terms mayReplace={me.actions.includes('terms.replace')} />}
    </OfficeLayout>
  );
}

function Terms({ mayReplace }: { mayReplace: boolean }) {
  const asked = useAsked<PolicyTerms>(insuranceApiPaths.policyTerms());
  return (
    <WhenAsked asked={asked}>
      {(terms) => (
        <div className={styles.part}>
          <Figures terms={terms} />
          {mayReplace && <AllVersions current={terms} />}
        </div>
      )}
    </WhenAsked>
  );
}

function Figures({ terms }: { terms: PolicyTerms }) {
  const m = useTexts({ zh, en });
  const words = useTexts({ zh: wordsZh, en: wordsEn });
  const language = useLanguage();
  const figures = listFigures(terms);
  const unverified = figures.filter(({ figure }) => figure.certainty === 'unverified').length;
  const valueOf = (name: string, value: unknown) =>
    name === 'materials' ? materialWords(value as PolicyTerms['materials']['value']) : valueWords(name, value, m);

  function materialWords(materials: Readonly<Record<BenefitKind, readonly Material[]>>): string {
    return Object.entries(materials)
      .map(
        ([kind, list]) =>
          `${words.kinds[kind as BenefitKind]}: ${list.map((code) => words.materials[code]).join(m.listComma)}`,
      )
      .join(' · ');
  }

  return (
    <section className={styles.card} aria-labelledby="terms-figures">
      <h2 id="terms-figures">{terms.name[language]}</h2>
      <p>
        {m.version(terms.version, terms.validFrom)} · {m.count(unverified, figures.length)}
      </p>
      <div>
        <Button
          icon={laterIcons.paper}
          onClick={() =>
            saveBlob(
              new Blob([JSON.stringify(terms, null, 2)], { type: 'application/json' }),
              `policy-terms-${terms.version}.json`,
            )
          }
        >
          {m.download}
        </Button>
      </div>
      <div className={table.scroll}>
        <table className={classes(table.table, table.cards)}>
          <thead>
            <tr>
              <th scope="col">{m.figure}</th>
              <th scope="col">{m.value}</th>
              <th scope="col">{m.certainty}</th>
              <th scope="col">{m.source}</th>
            </tr>
          </thead>
          <tbody>
            {figures.map(({ name, figure }) => (
              <tr key={name}>
                <th scope="row">{m.names[name] ?? name}</th>
                <td>{valueOf(name, figure.value)}</td>
                <td className={table.tight}>
                  {figure.certainty === 'verified' ? (
                    <Badge tone="good">{m.verified}</Badge>
                  ) : (
                    <Badge tone="warning">{m.unverified}</Badge>
                  )}
                </td>
                <td className={styles.quiet}>{figure.source}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function AllVersions({ current }: { current: PolicyTerms }) {
  const { versions: m } = useTexts({ zh, en });
  const { time } = useMessages().places;
  const today = shanghaiDay(useMinute());
  const asked = useAsked<Versions>(insuranceOfficeApiPaths.terms());
  return (
    <>
      <ReplaceTermsForm current={current} onDone={asked.retry} />
      <section className={styles.card} aria-labelledby="terms-versions">
        <h2 id="terms-versions">{m.heading}</h2>
        <WhenAsked asked={asked}>
          {({ versions }) => (
            <div className={table.scroll}>
              <table className={table.table}>
                <thead>
                  <tr>
                    <th scope="col">{m.version}</th>
                    <th scope="col">{m.from}</th>
                    <th scope="col">{m.stored}</th>
                  </tr>
                </thead>
                <tbody>
                  {versions.map(({ version, validFrom, createdAt }) => (
                    <tr key={version}>
                      <th scope="row">{version}</th>
                      <td>{validFrom}</td>
                      <td>{momentWords(Date.parse(createdAt), today, time)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </WhenAsked>
      </section>
    </>
  );
}
