import { useDeferredValue, useId, useMemo, useState } from 'react';
import type { SiteFeature } from '#domain/places/site.ts';
import { jurisdictions } from '../../client/city.ts';
import { useKept } from '../../client/kept-resource.ts';
import { useLanguage } from '../../client/messages.ts';
import { paths } from '../../client/paths.ts';
import { PlaceMark } from '../../map/place-mark.tsx';
import { goInApp } from '../../ui/location.ts';
import { DataStatus, NoDataYet } from './data-status.tsx';
import { freshnessWords } from './freshness-words.ts';
import { localName } from './local-name.ts';
import { HonestyBadges, OpeningBadge } from './place-badges.tsx';
import { readPlaceFilter } from './place-filter.ts';
import { shownService } from './place-finder.ts';
import styles from './street-directory.module.css';
import { type DistrictGroup, groupByStreet, matchesSearch, searchWords } from './streets.ts';
import { useDetails } from './use-details.ts';
import { useMinute } from './use-minute.ts';
import { type Places, usePlaces } from './use-places.ts';
import { openingTone } from './words.ts';

/** All places by district and street; a search opens every group that has a hit. */
export function StreetDirectory() {
  const places = usePlaces();
  return places.status === 'ready' ? <Directory places={places} /> : <NoDataYet places={places} />;
}

function Directory({ places }: { places: Extract<Places, { status: 'ready' }> }) {
  const m = useDetails();
  const nowMs = useMinute();
  const kept = useKept(jurisdictions);
  const known = kept.status === 'ready' ? kept.data : null;
  const [text, setText] = useState('');
  const words = useDeferredValue(text);
  const searchId = useId();
  // A link such as /streets?s=insurance_office shows only that service.
  const [services] = useState(() => readPlaceFilter(window.location.search).services);

  const groups = useMemo(() => {
    const names = new Map((known?.features ?? []).map(({ properties }) => [properties.code, properties.name]));
    const wanted = searchWords(words);
    const found = places.features.filter((feature) => {
      const { district, street, services: offered } = feature.properties;
      if (services.length && !offered.some(({ service }) => services.includes(service))) return false;
      return matchesSearch(feature, wanted, `${names.get(district ?? '') ?? ''} ${names.get(street ?? '') ?? ''}`);
    });
    return { districts: groupByStreet(found, known), count: found.length };
  }, [places.features, known, words, services]);

  return (
    <>
      <DataStatus places={places} nowMs={nowMs} />
      <div className={styles.search}>
        <label htmlFor={searchId}>{m.streets.search}</label>
        <input id={searchId} type="search" value={text} onChange={({ target }) => setText(target.value)} />
        <output>{groups.count ? m.streets.results(groups.count) : m.streets.nothing}</output>
      </div>
      {services.length > 0 && (
        <p>
          {services.map((service) => m.services[service]).join(m.place.listComma)} ·{' '}
          <a href={paths.streets()}>{m.streets.clear}</a>
        </p>
      )}
      {groups.districts.map((group) => (
        <District
          key={group.district?.code ?? ''}
          group={group}
          open={searchWords(words).length > 0 || services.length > 0}
          places={places}
          nowMs={nowMs}
        />
      ))}
    </>
  );
}

function District({
  group,
  open,
  places,
  nowMs,
}: {
  group: DistrictGroup;
  open: boolean;
  places: Extract<Places, { status: 'ready' }>;
  nowMs: number;
}) {
  const m = useDetails();
  const language = useLanguage();
  const { district, streets } = group;
  return (
    <section className={styles.district}>
      <h2>{district ? localName(district, language) : m.streets.unknownPlace}</h2>
      {streets.map(({ street, features }) => (
        <details key={street?.code ?? ''} open={open || !district}>
          <summary>
            <h3>{street ? localName(street, language) : m.streets.unknownStreet}</h3>
            <span>{m.streets.results(features.length)}</span>
          </summary>
          <ul>
            {features.map((feature) => (
              <Row key={feature.id} feature={feature} places={places} nowMs={nowMs} />
            ))}
          </ul>
        </details>
      ))}
    </section>
  );
}

function Row({
  feature,
  places,
  nowMs,
}: {
  feature: SiteFeature;
  places: Extract<Places, { status: 'ready' }>;
  nowMs: number;
}) {
  const m = useDetails();
  const language = useLanguage();
  const site = feature.properties;
  const opening = places.finder.openingOf(feature, [], nowMs);
  const { freshness, text } = freshnessWords(site, nowMs, m);
  return (
    <li>
      <a href={paths.site(site.id)} className={styles.row} onClick={goInApp}>
        <PlaceMark category={shownService(feature, [])} tone={openingTone(opening, site)} size={32} />
        <span className={styles.text}>
          <strong>{localName(site, language)}</strong>
          <span className={styles.badges}>
            <OpeningBadge opening={opening} site={site} nowMs={nowMs} />
            {!feature.geometry && <span>{m.streets.noPoint}</span>}
            <HonestyBadges site={site} />
          </span>
          <span className={freshness === 'contested' ? styles.warning : styles.quiet}>{text}</span>
          {site.address && <span className={styles.quiet}>{site.address}</span>}
        </span>
      </a>
    </li>
  );
}
