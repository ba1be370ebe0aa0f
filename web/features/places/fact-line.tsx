import type { VerifiedFact } from '#domain/places/catalogue.ts';
import type { Freshness } from '#domain/places/office-contract.ts';
import type { SiteProperties } from '#domain/places/site.ts';
import { Icon } from '../../ui/icon.tsx';
import type { Sign } from '../../ui/icon-paths.ts';
import { laterIcons } from '../../ui/later-icons.ts';
import styles from './fact-line.module.css';
import { factWords } from './fact-words.ts';
import { useDetails } from './use-details.ts';

const SIGNS: Record<Freshness, Sign> = {
  fresh: 'check',
  ageing: 'clock',
  stale: 'warning',
  contested: 'megaphone',
  never: laterIcons.question,
};

/** Under a fact of the card: how sure it is by now, who stands behind it and how they know. */
export function FactLine({ site, fact, nowMs }: { site: SiteProperties; fact: VerifiedFact; nowMs: number }) {
  const m = useDetails();
  const words = factWords(site, fact, nowMs, m);
  if (!words) return null;
  return (
    <p className={styles.line} data-fact={fact} data-freshness={words.freshness}>
      <Icon name={SIGNS[words.freshness]} size={1} />
      <span>
        <span className="visually-hidden">{m.facts[fact]} </span>
        <strong>{words.said.join(' · ')}</strong>
        {words.behind.length > 0 && <span className={styles.behind}> · {words.behind.join(' · ')}</span>}
      </span>
    </p>
  );
}
