import type { ServicePoint } from '#domain/places/site.ts';
import { PlaceMark } from '../../map/place-mark.tsx';
import styles from './place-sheet.module.css';
import { seasonWords } from './week-hours.ts';
import { useDetails } from './use-details.ts';

/** What there is, what it costs, for how many, and when in the year. */
export function PlaceServices({ services }: { services: readonly ServicePoint[] }) {
  const m = useDetails();
  return (
    <section aria-label={m.place.services} className={styles.section}>
      <h3>{m.place.services}</h3>
      <ul className={styles.services}>
        {services.map((point) => (
          <li key={point.service}>
            <PlaceMark category={point.service} size={28} />
            <span>
              <strong>{m.services[point.service]}</strong>
              <span className={styles.quiet}>{detailsOf(point)}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );

  function detailsOf({ price, priceNote, capacity, season, note }: ServicePoint): string {
    return [
      price && m.prices[price],
      priceNote,
      capacity && m.place.capacity(capacity),
      season && m.place.seasonal(seasonWords(season, m)),
      note,
    ]
      .filter(Boolean)
      .join(' · ');
  }
}
