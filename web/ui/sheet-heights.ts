import { useEffect, useState } from 'react';
import type { SheetStop } from './sheet-stops.ts';

/** From this width on the sheet is a panel at the left and has no stops. */
const PANEL_QUERY = '(min-width: 900px)';

/** How much of the screen the sheet covers, in CSS pixels: what the map leaves free when it centres something. */
export type SheetInsets = { top: number; right: number; bottom: number; left: number };

/** The insets of the sheet at a stop; follows the window from phone to desktop, and the text size. */
export function useSheetInsets(stop: SheetStop): SheetInsets {
  const [insets, setInsets] = useState(() => measureInsets(stop));
  useEffect(
    function followWindow() {
      const update = () => setInsets((old) => (same(old, measureInsets(stop)) ? old : measureInsets(stop)));
      update();
      window.addEventListener('resize', update);
      // Larger text makes the sheet's head and the panel larger, and is no resize.
      const textSize = new MutationObserver(update);
      textSize.observe(document.documentElement, { attributeFilter: ['data-text-size'] });
      return () => {
        window.removeEventListener('resize', update);
        textSize.disconnect();
      };
    },
    [stop],
  );
  return insets;
}

function same(a: SheetInsets, b: SheetInsets): boolean {
  return a.top === b.top && a.right === b.right && a.bottom === b.bottom && a.left === b.left;
}

function measureInsets(stop: SheetStop): SheetInsets {
  const remPx = parseFloat(getComputedStyle(document.documentElement).fontSize);
  if (matchMedia(PANEL_QUERY).matches) return { top: 0, right: 0, bottom: 0, left: 25 * remPx };
  const heights = heightsIn(window.innerHeight, remPx);
  // At its highest the sheet hides the map anyway; the middle keeps a sensible centre for when it comes down.
  return { top: 4 * remPx, right: 0, bottom: Math.min(heights[stop], heights.middle), left: 0 };
}

/** What shows of a sheet at each stop, in CSS pixels; null where it is a panel. */
export function stopHeights(sheet: HTMLElement): Record<SheetStop, number> | null {
  if (matchMedia(PANEL_QUERY).matches) return null;
  const remPx = parseFloat(getComputedStyle(document.documentElement).fontSize);
  return { ...heightsIn(window.innerHeight, remPx), high: sheet.offsetHeight };
}

/** The same heights as in bottom-sheet.module.css. */
function heightsIn(windowPx: number, remPx: number): Record<SheetStop, number> {
  return { low: 6.5 * remPx, middle: 0.48 * windowPx, high: windowPx - 3.5 * remPx };
}
