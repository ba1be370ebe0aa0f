/** The three heights of the bottom sheet: its head only, about half of the screen, nearly all of it. */
export const SHEET_STOPS = ['low', 'middle', 'high'] as const;
export type SheetStop = (typeof SHEET_STOPS)[number];

/** A flick faster than this goes one stop further, whatever the distance. In pixels per millisecond. */
const FLICK_SPEED = 0.5;

/** How much of the finger's trail before it lets go makes its speed, in milliseconds. */
const TRAIL_MS = 100;

export type TrailPoint = { y: number; timeMs: number };

/** The finger's speed at the end in px/ms, downwards positive; 0 when it had come to rest. Oldest point first. */
export function releaseSpeed(trail: readonly TrailPoint[], nowMs: number): number {
  const recent = trail.filter(({ timeMs }) => nowMs - timeMs <= TRAIL_MS);
  const first = recent[0];
  const last = recent.at(-1);
  if (!first || !last || last === first) return 0;
  return (last.y - first.y) / Math.max(nowMs - first.timeMs, 1);
}

/**
 * Where a sheet comes to rest when the finger lets go.
 * `visiblePx` is the height that shows at each stop, `draggedPx` how far the finger moved down (negative: up),
 * `speed` its last speed in px/ms, downwards positive.
 */
export function restingStop(
  from: SheetStop,
  draggedPx: number,
  speed: number,
  visiblePx: Record<SheetStop, number>,
): SheetStop {
  const shown = visiblePx[from] - draggedPx;
  const byHeight = [...SHEET_STOPS].sort((a, b) => Math.abs(visiblePx[a] - shown) - Math.abs(visiblePx[b] - shown));
  const nearest = byHeight[0]!;
  if (Math.abs(speed) < FLICK_SPEED || nearest !== from) return nearest;
  return nextStop(from, speed > 0 ? -1 : 1);
}

/** The stop above (+1) or below (-1), or the same one at the end. */
export function nextStop(stop: SheetStop, step: 1 | -1): SheetStop {
  return SHEET_STOPS[SHEET_STOPS.indexOf(stop) + step] ?? stop;
}
