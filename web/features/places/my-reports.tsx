import { shanghaiDay } from '#domain/time/shanghai.ts';
import { me as en } from '../../client/messages/en/me.ts';
import { me as zh } from '../../client/messages/zh/me.ts';
import { useLanguage } from '../../client/messages.ts';
import { useKept } from '../../client/kept-resource.ts';
import { paths } from '../../client/paths.ts';
import { type SentReport, useReports } from '../../client/reports.ts';
import { type Fate, useSentReports } from '../../client/sent-reports.ts';
import { sites } from '../../client/sites.ts';
import { useTexts } from '../../client/texts.ts';
import { Badge, type BadgeTone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import type { Sign } from '../../ui/icon-paths.ts';
import { goInApp } from '../../ui/location.ts';
import { localName } from './local-name.ts';
import styles from './my-reports.module.css';
import { useDetails } from './use-details.ts';
import { useMinute } from './use-minute.ts';
import { agoWords, dayWords } from './words.ts';

/** What was reported from this phone and what became of it; it needs no account. */
export function MyReports() {
  const { reports: m } = useTexts({ zh, en });
  const words = useDetails();
  const language = useLanguage();
  const nowMs = useMinute();
  const kept = useKept(sites);
  const waiting = useReports().filter(({ state }) => state !== 'sent');
  const { reports, forget } = useSentReports();

  const names = new Map(
    kept.status === 'ready'
      ? kept.data.features.map(({ id, properties }) => [id, localName(properties, language)] as const)
      : [],
  );
  const nameOf = (siteId: string) => names.get(siteId) ?? words.place.unknownName;

  if (!waiting.length && !reports.length) return <p className={styles.quiet}>{m.none}</p>;
  return (
    <>
      <p className={styles.quiet}>{m.kept}</p>
      <ul className={styles.list}>
        {waiting.map((report) => (
          <li key={report.id} className={styles.report}>
            <ReportLine report={report} name={nameOf(report.siteId)} nowMs={nowMs} />
            <Badge tone={report.state === 'refused' ? 'warning' : 'neutral'}>
              {report.state === 'refused' ? m.refused : m.waiting}
            </Badge>
          </li>
        ))}
        {reports.map(({ report, fate }) => (
          <li key={report.id} className={styles.report}>
            <ReportLine report={report} name={nameOf(report.siteId)} nowMs={nowMs} />
            <span className={styles.fate}>
              <Badge tone={fateTone(fate)} icon={fateIcon(fate)}>
                {fateWords(fate)}
              </Badge>
              {fate.status === 'known' && fate.answeredOn && (
                <span className={styles.quiet}>{m.on(dayWords(fate.answeredOn, nowMs, words))}</span>
              )}
            </span>
            {fate.status === 'known' && fate.words && <p>{m.words(fate.words)}</p>}
          </li>
        ))}
      </ul>
      {reports.length > 0 && (
        <Button variant="quiet" onClick={forget}>
          {m.forget}
        </Button>
      )}
    </>
  );

  function fateWords(fate: Fate): string {
    if (fate.status === 'asking') return m.asking;
    if (fate.status !== 'known') return m[fate.status];
    return fate.outcome ? m.outcomes[fate.outcome] : m.open;
  }
}

function ReportLine({ report, name, nowMs }: { report: SentReport; name: string; nowMs: number }) {
  const m = useDetails();
  const { siteId, kind, facility, observedAt } = report;
  return (
    <span className={styles.line}>
      <a href={paths.site(siteId)} onClick={goInApp}>
        {name}
      </a>
      <span>
        {m.reportKinds[kind]}
        {facility && `: ${m.facilities[facility]}`}
      </span>
      <span className={styles.quiet}>{agoWords(shanghaiDay(Date.parse(observedAt)), nowMs, m)}</span>
    </span>
  );
}

function fateTone(fate: Fate): BadgeTone {
  if (fate.status !== 'known' || fate.state === 'open') return 'neutral';
  return fate.outcome === 'cannot_tell' ? 'outline' : 'good';
}

function fateIcon(fate: Fate): Sign {
  if (fate.status === 'unknown') return 'offline';
  return fate.status === 'known' && fate.state === 'answered' ? 'check' : 'clock';
}
