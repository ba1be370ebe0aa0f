import { useMemo } from 'react';
import { isRough, type SiteFeature } from '#domain/places/site.ts';
import { createSiteOpenings } from '#domain/places/site-opening.ts';
import { compileHolidays } from '#domain/time/holidays.ts';
import { city } from '../client/city.ts';
import { useKept } from '../client/kept-resource.ts';
import { useLanguage } from '../client/messages.ts';
import { localName } from '../features/places/local-name.ts';
import { FactLine } from '../features/places/fact-line.tsx';
import { PlaceAccess } from '../features/places/place-access.tsx';
import { HonestyBadges, OpeningBadge } from '../features/places/place-badges.tsx';
import { PlaceEvidence } from '../features/places/place-evidence.tsx';
import { PlaceFacilities } from '../features/places/place-facilities.tsx';
import { PlaceHours } from '../features/places/place-hours.tsx';
import { PlacePhotos } from '../features/places/place-photos.tsx';
import { PlaceServices } from '../features/places/place-services.tsx';
import { useDetails } from '../features/places/use-details.ts';
import { useMinute } from '../features/places/use-minute.ts';
import { PlaceMark } from '../map/place-mark.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import styles from './rider-preview.module.css';

/** A rider's card without what one can do on it, for somebody who is changing the place. */
export function RiderPreview({ feature }: { feature: SiteFeature }) {
  const m = useDetails();
  const language = useLanguage();
  const nowMs = useMinute();
  const kept = useKept(city);
  const data = kept.status === 'ready' ? kept.data : null;
  const ground = useMemo(() => {
    const calendar = data && compileHolidays(data.calendar);
    return calendar && { calendar, openingOf: createSiteOpenings(calendar) };
  }, [data]);
  if (!ground) return <Skeleton rows={4} label={m.place.loading} />;
  const site = feature.properties;
  const opening = ground.openingOf(site, [], nowMs);
  const service = site.services[0]?.service;
  return (
    <article className={styles.card}>
      <div className={styles.header}>
        {service && <PlaceMark category={service} size={36} />}
        <div>
          <p className={styles.name}>{localName(site, language)}</p>
          <p className={styles.badges}>
            <OpeningBadge opening={opening} site={site} nowMs={nowMs} />
            <HonestyBadges site={site} />
          </p>
        </div>
      </div>
      {isRough(site.precisionM) && (
        <p className={styles.notice}>
          {site.precisionM === null ? m.place.noPoint : site.phone ? m.badges.roughCall : m.badges.roughNoPhone}
        </p>
      )}
      <PlacePhotos site={site} />
      <PlaceAccess site={site} nowMs={nowMs} />
      <PlaceHours site={site} nowMs={nowMs} calendar={ground.calendar} />
      <PlaceServices services={site.services} />
      <PlaceFacilities facilities={site.facilities}>
        <FactLine site={site} fact="facilities" nowMs={nowMs} />
      </PlaceFacilities>
      {site.note && (
        <section aria-label={m.place.note} className={styles.note}>
          <h3>{m.place.note}</h3>
          <p>{site.note}</p>
        </section>
      )}
      <PlaceEvidence site={site} nowMs={nowMs} />
    </article>
  );
}
