import type { RowFate } from '#domain/places/import-contract.ts';
import { FATE_MARKS } from './fate-marks.ts';

/** The mark that rows of this fate have on the map. Decoration: the word stands beside it. */
export function FateMark({ fate, size = 16 }: { fate: RowFate; size?: number }) {
  const { path, color } = FATE_MARKS[fate];
  return (
    <svg viewBox="-1 -1 34 34" width={size} height={size} aria-hidden="true" focusable="false" style={{ flex: 'none' }}>
      <path d={path} fill={color} stroke="var(--text)" strokeWidth={1.5} />
    </svg>
  );
}
