import type { ReactNode } from 'react';
import type { SiteRef } from '#domain/places/office-contract.ts';
import { office as en } from '../../../client/messages/en/office.ts';
import { office as zh } from '../../../client/messages/zh/office.ts';
import { officePaths } from '../../../client/office-paths.ts';
import { useTexts } from '../../../client/texts.ts';
import { goInApp } from '../../../ui/location.ts';
import styles from './office.module.css';
import { useAreas } from './use-areas.ts';

/** The place of a row as the link that Enter opens, its street, and what else is to be said in the line. */
export function SiteLine({ site, query = '', children }: { site: SiteRef; query?: string; children?: ReactNode }) {
  const m = useTexts({ zh, en });
  const { nameOf } = useAreas();
  return (
    <div className={styles.line}>
      <a href={officePaths.site(site.id) + query} className={styles.site} data-open="" onClick={goInApp}>
        {site.name}
      </a>
      <span className={styles.quiet}>{nameOf(site.streetCode) ?? m.noStreet}</span>
      {children}
    </div>
  );
}
