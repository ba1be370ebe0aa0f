import { useState } from 'react';
import { apiPaths, paths } from '../client/paths.ts';
import { useTexts } from '../client/texts.ts';
import { poster as en } from '../client/messages/en/poster.ts';
import { poster as zh } from '../client/messages/zh/poster.ts';
import { useMessages } from '../client/messages.ts';
import { NoDataYet } from '../features/places/data-status.tsx';
import { MissingPlace } from '../features/places/missing-place.tsx';
import { useMinute } from '../features/places/use-minute.ts';
import { type Places, usePlaces } from '../features/places/use-places.ts';
import { hoursGroups, seasonWords, weekInShort } from '../features/places/week-hours.ts';
import { useDetails } from '../features/places/use-details.ts';
import { PlaceMark } from '../map/place-mark.tsx';
import { Button } from '../ui/button.tsx';
import { laterIcons } from '../ui/later-icons.ts';
import { Page } from '../ui/page.tsx';
import styles from './poster-page.module.css';

/** A sheet of A4 to put up at a place: its name, a large QR code of its page, what there is and when. */
export function PosterPage({ siteId }: { siteId: string }) {
  const m = useDetails();
  const poster = useTexts({ zh, en });
  const places = usePlaces();
  return (
    <Page
      title={m.place.poster}
      documentTitle={`${m.place.poster} · ${poster.title}`}
      back={{ href: paths.site(siteId), label: poster.back }}
      actions={
        <Button variant="primary" icon={laterIcons.printer} onClick={() => window.print()}>
          {poster.print}
        </Button>
      }
    >
      <p className={styles.hint}>{poster.printHint}</p>
      {places.status === 'ready' ? <Poster siteId={siteId} places={places} /> : <NoDataYet places={places} />}
    </Page>
  );
}

function Poster({ siteId, places }: { siteId: string; places: Extract<Places, { status: 'ready' }> }) {
  const { shell } = useMessages();
  const m = useDetails();
  const poster = useTexts({ zh, en });
  const nowMs = useMinute();
  const [qrFailed, setQrFailed] = useState(false);
  const feature = places.finder.find(siteId);
  if (!feature) return <MissingPlace id={siteId} nameOf={(id) => places.finder.find(id)?.properties.name} />;
  const site = feature.properties;
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
          src={apiPaths.siteQr(site.id)}
          alt={poster.qrAlt(site.name)}
          width={360}
          height={360}
          onError={() => setQrFailed(true)}
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
              weekInShort(hours, nowMs, places.calendar, m).map((line) => <p key={line}>{line}</p>)
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
