import type { SiteProperties } from '#domain/places/site.ts';
import { Icon } from '../../ui/icon.tsx';
import { FactLine } from './fact-line.tsx';
import styles from './place-sheet.module.css';
import { useDetails } from './use-details.ts';

/** How one gets in, where it is, and whom to ask. */
export function PlaceAccess({ site, nowMs }: { site: SiteProperties; nowMs: number }) {
  const m = useDetails();
  return (
    <section aria-label={m.place.howToGetIn} className={styles.section}>
      <h3>{m.place.howToGetIn}</h3>
      <p className={styles.access}>
        <Icon name={site.access === 'code' || site.access === 'staff' ? 'key' : 'door'} />
        <strong>{m.access[site.access]}</strong>
      </p>
      {site.accessNote && <p>{site.accessNote}</p>}
      <p className={styles.quiet}>{site.address ?? m.place.addressUnknown}</p>
      <FactLine site={site} fact="location" nowMs={nowMs} />
      {site.phone && <p className={styles.quiet}>{site.phone}</p>}
      {site.organisation && <p className={styles.quiet}>{m.place.organisation(site.organisation)}</p>}
    </section>
  );
}
