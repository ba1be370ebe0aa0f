/** How a worker moves. A car stands for ride-hailing and delivery vehicles. */
export const TRAVEL_MODES = ['foot', 'ebike', 'car'] as const;
export type TravelMode = (typeof TRAVEL_MODES)[number];

/**
 * How much longer a road is than the straight way over land. An estimate: city street networks lie between 1.2 and 1.4;
 * nothing was measured in Xiamen. A router (`ROUTING_URL`) replaces it where one is configured.
 */
export const DETOUR_RATIO = 1.3;

/**
 * Average door-to-door speeds in km/h, all estimates: walking pace; an e-bike in non-motor lanes with its stops (the
 * vehicle standard GB 17761 caps it at 25); a car in city traffic.
 */
const SPEED_KMH: Record<TravelMode, number> = { foot: 4.8, ebike: 15, car: 25 };

/** Minutes (not rounded) for a way of `travelDistanceM` metres, at the mode's average speed. */
export function travelTimeMin(travelDistanceM: number, mode: TravelMode): number {
  return travelDistanceM / ((SPEED_KMH[mode] * 1000) / 60);
}
