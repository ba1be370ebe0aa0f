import type { LandNetwork } from '#domain/geo/land-network.ts';
import type { Point } from '#domain/geo/point.ts';
import type { TravelMode } from '#domain/geo/travel.ts';
import { acrossWater as en } from '../../client/messages/en/across-water.ts';
import { acrossWater as zh } from '../../client/messages/zh/across-water.ts';
import { useLanguage } from '../../client/messages.ts';
import { useTexts } from '../../client/texts.ts';
import { Icon } from '../../ui/icon.tsx';
import { laterIcons } from '../../ui/later-icons.ts';
import { localName } from './local-name.ts';
import type { PlaceFilter } from './place-filter.ts';
import { type FoundPlace, shownService } from './place-finder.ts';
import styles from './place-list.module.css';
import { PlaceRow } from './place-row.tsx';
import { type Water, waterBetween, type WayAcross } from './way-across.ts';

/** Places that are near as the crow flies and cannot be reached: apart, with the reason and the way across. */
export function AcrossWater({
  found,
  from,
  network,
  filter,
  nowMs,
  open,
}: {
  found: readonly FoundPlace[];
  /** Where the rider is: in the city. */
  from: Point;
  network: LandNetwork;
  filter: PlaceFilter;
  nowMs: number;
  open: boolean;
}) {
  const m = useTexts({ zh, en });
  const words = useWaterWords();
  const waters = found.map((place) => ({ place, water: waterTo(place, network, from, filter.mode) }));
  const banUnverified = waters.some(({ water }) => water.banUnverified);
  return (
    <details className={styles.across} open={open}>
      <summary>
        <Icon name={laterIcons.waves} />
        <strong>{m.heading}</strong>
      </summary>
      <p className={styles.why}>{words.why(filter.mode, banUnverified)}</p>
      {groupByWay(waters).map(({ way, places }) => (
        <div key={way?.name ?? ''}>
          <p className={styles.why}>{words.way(way)}</p>
          <ol className={styles.list}>
            {places.map((place) => (
              <PlaceRow
                key={place.feature.id}
                found={place}
                category={shownService(place.feature, filter.services)}
                mode={filter.mode}
                nowMs={nowMs}
              />
            ))}
          </ol>
        </div>
      ))}
    </details>
  );
}

/** Why a place cannot be reached and how one gets across all the same, said alike in the list and on its own sheet. */
export function useWaterWords(): {
  why: (mode: TravelMode, banUnverified: boolean) => string;
  way: (way: WayAcross | null) => string;
} {
  const m = useTexts({ zh, en });
  const language = useLanguage();
  return {
    why: (mode, banUnverified) => m.why[mode] + (banUnverified ? m.partlyUnverified : ''),
    way: (way) => (way ? m.way(localName(way, language), way.onFoot) + (way.unverified ? m.unverified : '') : m.noWay),
  };
}

function waterTo({ feature }: FoundPlace, network: LandNetwork, from: Point, mode: TravelMode): Water {
  const [lng, lat] = feature.geometry!.coordinates;
  return waterBetween(network, from, { lng, lat }, mode);
}

/** In the order of their nearest places. */
function groupByWay(
  waters: readonly { place: FoundPlace; water: Water }[],
): { way: WayAcross | null; places: FoundPlace[] }[] {
  const groups = new Map<string, { way: WayAcross | null; places: FoundPlace[] }>();
  for (const { place, water } of waters) {
    const key = water.way?.name ?? '';
    const group = groups.get(key);
    if (group) group.places.push(place);
    else groups.set(key, { way: water.way, places: [place] });
  }
  return [...groups.values()];
}
