import type { ReachZoneId } from './reach-data.ts';
import type { TravelMode } from './travel.ts';

/** Bicycles and e-bikes have been banned on Gulangyu since 2007 (as the crossings' data says of its ferries). */
const BANNED_MODES: Partial<Record<ReachZoneId, readonly TravelMode[]>> = { gulangyu: ['ebike'] };

/** How somebody with this mode moves within a zone: on foot where the mode is banned. */
export function modeWithin(zone: ReachZoneId, mode: TravelMode): TravelMode {
  return BANNED_MODES[zone]?.includes(mode) ? 'foot' : mode;
}
