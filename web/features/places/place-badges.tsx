import { isRough, type SiteProperties } from '#domain/places/site.ts';
import type { Opening } from '#domain/time/opening-hours.ts';
import { useMessages } from '../../client/messages.ts';
import { Badge } from '../../ui/badge.tsx';
import { openingTone, openingWords } from './words.ts';

/** Open, closed or not known: in words first. */
export function OpeningBadge({ opening, site, nowMs }: { opening: Opening; site: SiteProperties; nowMs: number }) {
  const m = useMessages().places;
  const tone = openingTone(opening, site);
  return (
    <Badge tone={tone === 'open' ? 'good' : tone === 'unknown' ? 'outline' : 'neutral'}>
      {openingWords(opening, site, nowMs, m)}
    </Badge>
  );
}

/** Rough points and invented places always say so. */
export function HonestyBadges({ site }: { site: SiteProperties }) {
  const { badges } = useMessages().places;
  return (
    <>
      {isRough(site.precisionM) && site.precisionM !== null && <Badge tone="warning">{badges.rough}</Badge>}
      {site.demo && <Badge tone="warning">{badges.demo}</Badge>}
    </>
  );
}
