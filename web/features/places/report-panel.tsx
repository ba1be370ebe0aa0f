import { Suspense, useId, useState } from 'react';
import { isAtSite } from '#domain/places/at-site.ts';
import { FACILITIES, type Facility, MAX_NOTE_LENGTH, REPORT_KINDS, type ReportKind } from '#domain/places/catalogue.ts';
import type { SiteFeature } from '#domain/places/site.ts';
import { report as en } from '../../client/messages/en/report.ts';
import { report as zh } from '../../client/messages/zh/report.ts';
import { useTexts } from '../../client/texts.ts';
import { addReport, discardReport, type QueuedReport, useReports } from '../../client/reports.ts';
import { Button } from '../../ui/button.tsx';
import type { Sign } from '../../ui/icon-paths.ts';
import { later } from '../../ui/later.ts';
import { laterIcons } from '../../ui/later-icons.ts';
import { usePosition } from './position.ts';
import styles from './report-panel.module.css';
import { useDetails } from './use-details.ts';

const ReportPhoto = later(async () => (await import('./report-photo.tsx')).ReportPhoto);

const WRONG_KINDS = REPORT_KINDS.filter((kind) => kind !== 'confirmed');
const KIND_ICONS: Record<ReportKind, Sign> = {
  locked: 'key',
  no_water: 'drop',
  moved: laterIcons.forward,
  closed_for_good: 'close',
  hours_wrong: 'clock',
  facility_wrong: 'list',
  confirmed: 'check',
};

/** What a rider can say of a place with one tap. It is kept on the phone first and sent when there is a network. */
export function ReportPanel({ feature }: { feature: SiteFeature }) {
  const siteId = feature.id;
  const m = useDetails();
  const texts = useTexts({ zh, en });
  const reports = useReports().filter((report) => report.siteId === siteId);
  const { status, position } = usePosition();
  const [note, setNote] = useState('');
  const [photo, setPhoto] = useState<string | null>(null);
  const [choosingFacility, setChoosingFacility] = useState(false);
  const [opened, setOpened] = useState(false);
  const noteId = useId();

  const said = (kind: ReportKind) => reports.some((report) => report.kind === kind && report.state !== 'refused');

  function send(kind: ReportKind, facility?: Facility): void {
    // Only whether the phone is here leaves it, never where it is.
    const near = isAtSite(status === 'following' ? position : null, {
      point: pointOf(feature),
      precisionM: feature.properties.precisionM,
    });
    addReport({
      siteId,
      kind,
      ...(facility && { facility }),
      ...(note.trim() && { note: note.trim() }),
      ...(near !== undefined && { near }),
      ...(photo && { photo }),
    });
    setNote('');
    setPhoto(null);
    setChoosingFacility(false);
  }

  return (
    <section aria-label={texts.heading} className={styles.panel}>
      <h3>{texts.heading}</h3>
      <p className={styles.quiet}>{texts.hint}</p>
      <div className={styles.kinds}>
        {WRONG_KINDS.map((kind) => (
          <Button
            key={kind}
            icon={KIND_ICONS[kind]}
            disabled={kind !== 'facility_wrong' && said(kind)}
            aria-expanded={kind === 'facility_wrong' ? choosingFacility : undefined}
            onClick={() => (kind === 'facility_wrong' ? setChoosingFacility(!choosingFacility) : send(kind))}
          >
            {m.reportKinds[kind]}
          </Button>
        ))}
      </div>
      {choosingFacility && (
        <fieldset className={styles.choosing}>
          <legend>{texts.whichFacility}</legend>
          <div className={styles.facilities}>
            {FACILITIES.map((facility) => (
              <Button key={facility} onClick={() => send('facility_wrong', facility)}>
                {m.facilities[facility]}
              </Button>
            ))}
          </div>
        </fieldset>
      )}
      <Button variant="primary" icon="check" wide disabled={said('confirmed')} onClick={() => send('confirmed')}>
        {m.reportKinds.confirmed}
      </Button>
      <details onToggle={(event) => event.currentTarget.open && setOpened(true)}>
        <summary>{texts.noteToggle}</summary>
        {opened && (
          <Suspense>
            <ReportPhoto photoKey={photo} onChange={setPhoto} texts={texts} />
          </Suspense>
        )}
        <label htmlFor={noteId} className="visually-hidden">
          {texts.noteLabel}
        </label>
        <textarea
          id={noteId}
          className={styles.note}
          rows={2}
          maxLength={MAX_NOTE_LENGTH}
          value={note}
          placeholder={texts.notePlaceholder}
          onChange={(event) => setNote(event.target.value)}
        />
      </details>
      <ul className={styles.sent} aria-live="polite">
        {reports.map((report) => (
          <li key={report.id}>
            <span>
              {m.reportKinds[report.kind]}
              {report.facility && `: ${m.facilities[report.facility]}`}
              {report.photo && ` (${texts.withPhoto})`} · {stateWords(report)}
            </span>
            {(report.state === 'fresh' || report.state === 'waiting' || report.state === 'refused') && (
              <Button variant="quiet" onClick={() => discardReport(report.id)}>
                {report.state === 'refused' ? texts.discard : texts.undo}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );

  function stateWords({ state, code, putOff }: QueuedReport): string {
    if (state === 'fresh') return texts.undoHint;
    if (state === 'waiting') return putOff ? texts.putOff : texts.waiting;
    if (state === 'sending') return texts.sending;
    return state === 'sent' ? texts.sent : texts.refused(texts.refusals[code ?? ''] ?? texts.refusedUnknown);
  }
}

function pointOf({ geometry }: SiteFeature): { lng: number; lat: number } | null {
  return geometry && { lng: geometry.coordinates[0], lat: geometry.coordinates[1] };
}
