import { VERIFIED_FACTS } from '#domain/places/catalogue.ts';
import { scorecard as en } from '../client/messages/en/scorecard.ts';
import { scorecard as zh } from '../client/messages/zh/scorecard.ts';
import { saveBlob } from '../client/ask.ts';
import type { Scorecard } from '../client/office.ts';
import { officeApiPaths, officePaths } from '../client/office-paths.ts';
import { useTexts } from '../client/texts.ts';
import { useAsked } from '../client/use-asked.ts';
import {
  csvOf,
  readScorecardSort,
  sortScorecard,
  writeScorecardSort,
} from '../features/places/office/scorecard-rows.ts';
import { ScorecardTable } from '../features/places/office/scorecard-table.tsx';
import { WhenAsked } from '../features/places/office/when-asked.tsx';
import { useDetails } from '../features/places/use-details.ts';
import { useMinute } from '../features/places/use-minute.ts';
import { timestampWords } from '../features/places/words.ts';
import { Button } from '../ui/button.tsx';
import { laterIcons } from '../ui/later-icons.ts';
import { navigate, useSearch } from '../ui/location.ts';
import { OfficeLayout } from './office-layout.tsx';
import styles from './office-sites-page.module.css';

/** `/office/scorecard`: how true each street keeps its places, with honest small numbers. */
export function OfficeScorecardPage() {
  const m = useTexts({ zh, en });
  return (
    <OfficeLayout title={m.title} action="scorecard.view">
      {() => <Streets />}
    </OfficeLayout>
  );
}

function Streets() {
  const m = useTexts({ zh, en });
  const card = useDetails();
  const nowMs = useMinute();
  const { sort, down } = readScorecardSort(useSearch());
  const asked = useAsked<Scorecard>(officeApiPaths.scorecard());

  function saveCsv({ rows }: Scorecard): void {
    const { csvColumns } = m;
    const facts = VERIFIED_FACTS.flatMap((fact) =>
      (['count', 'share', 'low', 'high'] as const).map((key) => `${m.verified(card.facts[fact])} ${csvColumns[key]}`),
    );
    const head = [
      csvColumns.code,
      m.street,
      m.places,
      ...facts,
      m.reports,
      m.answered,
      csvColumns.medianHours,
      m.stockOut,
    ];
    const body = sortScorecard(rows, sort, down).map((row) => [
      row.code,
      row.name,
      row.places,
      ...VERIFIED_FACTS.flatMap((fact) => {
        const verified = row.verified.find((known) => known.fact === fact);
        return verified ? [verified.count, verified.share, verified.low, verified.high] : [null, null, null, null];
      }),
      row.reports,
      row.answered,
      row.medianAnswerHours,
      row.stockOutDays,
    ]);
    saveBlob(new Blob([csvOf([head, ...body])], { type: 'text/csv;charset=utf-8' }), 'luyi-scorecard.csv');
  }

  return (
    <WhenAsked asked={asked}>
      {(scorecard) =>
        scorecard.rows.length === 0 ? (
          <p className={styles.empty}>{m.empty}</p>
        ) : (
          <>
            <p className={styles.lead}>{m.lead}</p>
            <div className={styles.tools}>
              <Button icon={laterIcons.paper} onClick={() => saveCsv(scorecard)}>
                {m.csv}
              </Button>
              <Button icon={laterIcons.printer} onClick={() => window.print()}>
                {m.print}
              </Button>
            </div>
            <ScorecardTable
              rows={scorecard.rows}
              sort={sort}
              down={down}
              caption={m.asOf(timestampWords(Date.parse(scorecard.asOf), nowMs, card))}
              onSort={(nextSort, nextDown) =>
                navigate(officePaths.scorecard(writeScorecardSort(nextSort, nextDown)), { replace: true })
              }
            />
          </>
        )
      }
    </WhenAsked>
  );
}
