import { stopHeights } from './sheet-heights.ts';
import { nextStop, releaseSpeed, restingStop, type SheetStop, type TrailPoint } from './sheet-stops.ts';

/** A finger that moved less than this has tapped. */
const TAP_PX = 6;

/** What the sheet is asked and told. */
type Sheet = {
  stop: () => SheetStop;
  onStopChange: (stop: SheetStop) => void;
};

/**
 * Lets a sheet follow the finger on its head and the arrow keys on its handle (the first thing in the head) until the
 * signal. It works on the elements, not through React: a sheet that follows a finger must not be drawn anew for every pixel.
 */
export function followFinger(element: HTMLElement, head: HTMLElement, signal: AbortSignal, sheet: Sheet): void {
  let drag: { startY: number; trail: TrailPoint[]; heights: Record<SheetStop, number>; moved: boolean } | null = null;

  function onPointerDown(event: PointerEvent): void {
    const heights = event.button === 0 ? stopHeights(element) : null;
    if (!heights) return;
    drag = { startY: event.clientY, trail: [{ y: event.clientY, timeMs: event.timeStamp }], heights, moved: false };
  }

  function onPointerMove(event: PointerEvent): void {
    if (!drag) return;
    const movedPx = event.clientY - drag.startY;
    drag.trail.push({ y: event.clientY, timeMs: event.timeStamp });
    if (!drag.moved) {
      if (Math.abs(movedPx) < TAP_PX) return;
      drag.moved = true;
      // Captured only now: a captured pointer would take the click away from buttons in the head.
      head.setPointerCapture(event.pointerId);
      element.dataset.dragging = '';
    }
    const { low, high, [sheet.stop()]: shown } = drag.heights;
    element.style.setProperty('--drag', `${Math.min(shown - low, Math.max(shown - high, movedPx))}px`);
  }

  function onPointerEnd(event: PointerEvent): void {
    const ended = drag;
    drag = null;
    if (!ended?.moved) return;
    delete element.dataset.dragging;
    element.style.removeProperty('--drag');
    if (event.type === 'pointercancel') return;
    const speed = releaseSpeed(ended.trail, event.timeStamp);
    sheet.onStopChange(restingStop(sheet.stop(), event.clientY - ended.startY, speed, ended.heights));
  }

  function onKeyDown(event: KeyboardEvent): void {
    const stop = sheet.stop();
    const keys = { ArrowUp: nextStop(stop, 1), ArrowDown: nextStop(stop, -1), Home: 'low', End: 'high' } as const;
    const to = event.target === head.firstElementChild ? keys[event.key as keyof typeof keys] : undefined;
    if (!to) return;
    event.preventDefault();
    sheet.onStopChange(to);
  }

  head.addEventListener('pointerdown', onPointerDown, { signal });
  head.addEventListener('pointermove', onPointerMove, { signal });
  head.addEventListener('pointerup', onPointerEnd, { signal });
  head.addEventListener('pointercancel', onPointerEnd, { signal });
  head.addEventListener('keydown', onKeyDown, { signal });
}
