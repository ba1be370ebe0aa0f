import type { SiteProperties } from '#domain/places/site.ts';
import { useMessages } from '../../client/messages.ts';
import { Icon } from '../../ui/icon.tsx';
import { freshnessWords } from './freshness-words.ts';
import styles from './place-row.module.css';

/** How far one can rely on what a row of the list says. */
export function RowFreshness({ site, nowMs }: { site: SiteProperties; nowMs: number }) {
  const { freshness, text } = freshnessWords(site, nowMs, useMessages().places);
  return (
    <span className={freshness === 'contested' ? styles.warning : styles.access}>
      {freshness === 'fresh' && <Icon name="check" size={1} />}
      {text}
    </span>
  );
}
