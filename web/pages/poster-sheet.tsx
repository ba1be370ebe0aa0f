import { useState } from 'react';
import type { SiteFeature } from '#domain/places/site.ts';
import type { HolidayLookup } from '#domain/time/holidays.ts';
import { apiPaths } from '../client/paths.ts';
import { useTexts } from '../client/texts.ts';
import { poster as en } from '../client/messages/en/poster.ts';
import { poster as zh } from '../client/messages/zh/poster.ts';
import { useMessages } from '../client/messages.ts';
import { useMinute } from '../features/places/use-minute.ts';
import { hoursGroups, seasonWords, weekInShort } from '../features/places/week-hours.ts';
import { useDetails } from '../features/places/use-details.ts';
import { PlaceMark } from '../map/place-mark.tsx';
import styles from './poster-page.module.css';

/** One poster, one sheet of A4. `onQr`: its code has come, or (false) will not. */
export function PosterSheet({
  feature: { properties: site },
  calendar,
  onQr,
}: {
  feature: SiteFeature;
  calendar: HolidayLookup;
  onQr?: (loaded: boolean) => void;
}) {
  const { shell } = useMessages();
  const m = useDetails();
  const poster = useTexts({ zh, en });
  const nowMs = useMinute();
  const [qrFailed, setQrFailed] = useState(false);
  return (
    <article className={styles.poster}>
      <p className={styles.title}>{poster.title}</p>
      <h2 className={styles.name}>{site.name}</h2>
      {site.demo && <p className={styles.demo}>{poster.demo}</p>}
      {qrFailed ? (
        <p role="alert">{poster.qrFailed}</p>
      ) : (
        <img
          className={styles.qr}
          src={`${apiPaths.site(site.id)}/qr.svg`}
          alt={poster.qrAlt(site.name)}
          width={360}
          height={360}
          onLoad={() => onQr?.(true)}
          onError={() => {
            setQrFailed(true);
            onQr?.(false);
          }}
        />
      )}
      <p className={styles.scan}>{poster.scan}</p>
      <section className={styles.part}>
        <h3>{poster.offered}</h3>
        <ul className={styles.services}>
          {site.services.map(({ service, price, season }) => (
            <li key={service}>
              <PlaceMark category={service} size={32} />
              <span>
                {m.services[service]}
                {price && ` (${m.prices[price]})`}
                {season && ` · ${seasonWords(season, m)}`}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <section className={styles.part}>
        <h3>{poster.hours}</h3>
        {hoursGroups(site).map(({ services, text, hours }, _, all) => (
          <div key={services.join()}>
            {all.length > 1 && <p>{services.map((service) => m.services[service]).join(m.place.listComma)}</p>}
            {hours ? (
              weekInShort(hours, nowMs, calendar, m).map((line) => <p key={line}>{line}</p>)
            ) : (
              <p>{text ?? poster.hoursUnknown}</p>
            )}
          </div>
        ))}
        <p className={styles.small}>{poster.holidays}</p>
      </section>
      <p className={styles.foot}>
        {shell.appName} · {poster.free}
      </p>
    </article>
  );
}
