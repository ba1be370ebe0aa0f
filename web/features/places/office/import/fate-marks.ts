import type { RowFate } from '#domain/places/import-contract.ts';
import { shapePaths } from '../../../../map/category-style.ts';

/** Told apart by shape as well as by colour; on a 32 × 32 grid. */
export const FATE_MARKS: Record<RowFate, { path: string; color: string }> = {
  new: { path: shapePaths.circle, color: '#009e73' },
  changed: { path: shapePaths.square, color: '#0072b2' },
  same: { path: shapePaths.hexagon, color: '#8796a1' },
  duplicate: { path: shapePaths.diamond, color: '#e69f00' },
  error: { path: 'M16 2L31 29H1z', color: '#d55e00' },
  skipped: { path: 'M7 2l9 9 9-9 5 5-9 9 9 9-5 5-9-9-9 9-5-5 9-9-9-9z', color: '#8796a1' },
};
