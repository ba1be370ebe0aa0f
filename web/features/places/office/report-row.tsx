import { useState } from 'react';
import { REPORT_OUTCOMES, type ReportOutcome } from '#domain/places/office.ts';
import type { ReportGroup } from '#domain/places/office-contract.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import { office as en } from '../../../client/messages/en/office.ts';
import { office as zh } from '../../../client/messages/zh/office.ts';
import { answerReports } from '../../../client/office.ts';
import { officePaths } from '../../../client/office-paths.ts';
import { useTexts } from '../../../client/texts.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button, ButtonLink } from '../../../ui/button.tsx';
import { goInApp } from '../../../ui/location.ts';
import { showToast } from '../../../ui/notices.tsx';
import { BoardRow } from '../../../ui/panel-board.tsx';
import { useDetails } from '../use-details.ts';
import { agoWords } from '../words.ts';
import { InlineAsk } from './inline-ask.tsx';
import styles from './office.module.css';
import { editorQuery, factOfReport } from './report-fact.ts';
import { ReportPhotos } from './report-photos.tsx';
import { SiteLine } from './site-line.tsx';

const SHOWN_NOTES = 2;

/** What riders say of one thing at one place: correct it with the reports along, or answer as it stands. */
export function ReportRow({ group, nowMs, onChanged }: { group: ReportGroup; nowMs: number; onChanged: () => void }) {
  const all = useTexts({ zh, en });
  const m = all.reports;
  const card = useDetails();
  const [asking, setAsking] = useState<'closed' | 'outcome' | ReportOutcome>('closed');
  const { site, kind, facility, count, near, lastAt, reportIds, notes, photos } = group;
  const what = card.reportKinds[kind] + (facility ? `: ${card.facilities[facility]}` : '');
  const query = editorQuery({ fact: factOfReport(kind), reportIds });
  const outcome = asking === 'closed' || asking === 'outcome' ? null : asking;

  return (
    <BoardRow>
      <div className={styles.split}>
        <div className={styles.said}>
          <SiteLine site={site} query={query}>
            <Badge tone={kind === 'confirmed' ? 'good' : 'warning'}>{what}</Badge>
            <span className={styles.quiet}>
              {[
                m.times(count),
                near > 0 && m.near(near),
                m.last(agoWords(shanghaiDay(Date.parse(lastAt)), nowMs, card)),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </SiteLine>
          {notes.slice(0, SHOWN_NOTES).map((note, index) => (
            // Notes have no ids and may be equal.
            // oxlint-disable-next-line react/no-array-index-key
            <p key={index} className={styles.note}>
              {m.note(note)}
            </p>
          ))}
          {notes.length > SHOWN_NOTES && <p className={styles.quiet}>{m.moreNotes(notes.length - SHOWN_NOTES)}</p>}
          {photos.length > 0 && <ReportPhotos links={photos} name={site.name} />}
        </div>
        <div className={styles.actions}>
          <ButtonLink
            variant="primary"
            href={officePaths.site(site.id) + query}
            aria-label={m.openFor(what, site.name)}
            onClick={goInApp}
          >
            {m.open}
          </ButtonLink>
          <Button
            aria-expanded={asking !== 'closed'}
            aria-label={m.answerFor(`${site.name}, ${what}`)}
            onClick={() => setAsking(asking === 'closed' ? 'outcome' : 'closed')}
          >
            {m.answer}
          </Button>
        </div>
      </div>
      {asking === 'outcome' && (
        <fieldset className={styles.outcomes} aria-label={m.answerFor(site.name)}>
          {REPORT_OUTCOMES.map((one) => (
            <Button key={one} onClick={() => setAsking(one)}>
              {m.outcomes[one]}
            </Button>
          ))}
        </fieldset>
      )}
      {outcome && (
        <InlineAsk
          question={m.confirm(count, m.outcomes[outcome])}
          wordsLabel={m.words}
          action={m.send}
          run={async (words) => {
            const { answered } = await answerReports({ reportIds, outcome, ...(words && { words }) });
            showToast({ text: m.answered(answered) });
            onChanged();
          }}
          onClose={() => setAsking('closed')}
        />
      )}
    </BoardRow>
  );
}
