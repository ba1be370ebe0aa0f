import { type ReactNode, Suspense } from 'react';
import type { TravelMode } from '#domain/geo/travel.ts';
import { isRough, type SiteFeature } from '#domain/places/site.ts';
import type { HolidayLookup } from '#domain/time/holidays.ts';
import type { Opening } from '#domain/time/opening-hours.ts';
import { paths } from '../../client/paths.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { laterIcons } from '../../ui/later-icons.ts';
import { goInApp } from '../../ui/location.ts';
import { showToast } from '../../ui/notices.tsx';
import { FactLine } from './fact-line.tsx';
import { freshnessWords } from './freshness-words.ts';
import { later } from '../../ui/later.ts';
import { NavigateButton } from './navigate-button.tsx';
import { PlaceAccess } from './place-access.tsx';
import { PlaceEvidence } from './place-evidence.tsx';
import { PlaceFacilities } from './place-facilities.tsx';
import { PlaceHours } from './place-hours.tsx';
import { PlaceServices } from './place-services.tsx';
import styles from './place-sheet.module.css';
import { ReportPanel } from './report-panel.tsx';
import { sharePlace } from './share-place.ts';
import { useWaterWords } from './across-water.tsx';
import type { Water } from './way-across.ts';
import { useDetails } from './use-details.ts';

/** Few places have photos yet, and whoever is in a hurry has no use for the code that shows them. */
const PlacePhotos = later(async () => (await import('./place-photos.tsx')).PlacePhotos);

/** It knows the claims offices, whose own numbers are not known. The accident page names it too. */
const LABOUR_HOTLINE = '12333';

/** Everything known of a place, what one can do there, and what one can say about it. */
export function PlaceSheet({
  feature,
  opening,
  mode,
  nowMs,
  calendar,
  water,
  doors,
}: {
  feature: SiteFeature;
  opening: Opening;
  mode: TravelMode;
  nowMs: number;
  calendar: HolidayLookup;
  /** The water between the rider and this place; null when it can be reached or nobody knows from where. */
  water: Water | null;
  /** What other features let one do with this place. */
  doors?: ReactNode;
}) {
  const m = useDetails();
  const site = feature.properties;
  const waterWords = useWaterWords();
  const rough = isRough(site.precisionM);
  const askHotline = rough && !site.phone && site.services.some(({ service }) => service === 'insurance_office');
  const freshness = freshnessWords(site, nowMs, m);
  const contested = freshness.freshness === 'contested';

  async function share(): Promise<void> {
    const outcome = await sharePlace(site);
    if (outcome === 'copied') showToast({ text: m.place.copied });
    if (outcome === 'failed') showToast({ text: m.place.copyFailed });
  }

  return (
    <article className={styles.sheet}>
      <div className={styles.actions}>
        {feature.geometry && (
          <NavigateButton
            place={{ lng: feature.geometry.coordinates[0], lat: feature.geometry.coordinates[1], name: site.name }}
            rough={rough}
            quiet={water !== null}
            mode={mode}
          />
        )}
        {site.phone && (
          <ButtonLink
            icon={laterIcons.phone}
            href={`tel:${site.phone.replaceAll(/[^\d+]/g, '')}`}
            aria-label={m.place.callNumber(site.phone)}
          >
            {m.place.call}
          </ButtonLink>
        )}
        <Button icon={laterIcons.share} onClick={() => void share()}>
          {m.place.share}
        </Button>
      </div>

      {(water || site.demo || rough || contested || opening.holidayUnknown) && (
        <ul className={styles.notices}>
          {water && (
            <Notice>
              {waterWords.why(mode, water.banUnverified)} {waterWords.way(water.way)}
            </Notice>
          )}
          {contested && <Notice>{freshness.text}</Notice>}
          {rough && (
            <Notice>
              {site.precisionM === null ? m.place.noPoint : site.phone ? m.badges.roughCall : m.badges.roughNoPhone}
            </Notice>
          )}
          {askHotline && (
            <li>
              <ButtonLink icon={laterIcons.phone} href={`tel:${LABOUR_HOTLINE}`}>
                {m.place.askHotline(LABOUR_HOTLINE)}
              </ButtonLink>
            </li>
          )}
          {opening.holidayUnknown && <Notice>{m.place.holidayUnknown}</Notice>}
          {site.demo && <Notice>{m.place.demoLong}</Notice>}
        </ul>
      )}

      {site.photos && (
        <Suspense>
          <PlacePhotos site={site} />
        </Suspense>
      )}
      <PlaceAccess site={site} nowMs={nowMs} />
      <PlaceHours site={site} nowMs={nowMs} calendar={calendar} />
      <PlaceServices services={site.services} />
      <PlaceFacilities facilities={site.facilities}>
        <FactLine site={site} fact="facilities" nowMs={nowMs} />
      </PlaceFacilities>
      {site.note && (
        <section aria-label={m.place.note} className={styles.section}>
          <h3>{m.place.note}</h3>
          <p>{site.note}</p>
        </section>
      )}
      {doors}
      <ReportPanel feature={feature} />
      <PlaceEvidence site={site} nowMs={nowMs} />
      <p className={styles.section}>
        <ButtonLink variant="quiet" icon={laterIcons.printer} href={paths.sitePoster(site.id)} onClick={goInApp}>
          {m.place.poster}
        </ButtonLink>
      </p>
    </article>
  );
}

function Notice({ children }: { children: ReactNode }) {
  return (
    <li>
      <Icon name="warning" size={1.125} />
      <span>{children}</span>
    </li>
  );
}
