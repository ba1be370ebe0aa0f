import { seededDraws } from './seeded-draws.ts';

export const SAMPLE_REASONS = ['value', 'random'] as const;
export type SampleReason = (typeof SAMPLE_REASONS)[number];

/** Names the way of drawing for ever: a sample says by which it was drawn. */
export const SAMPLE_ALGORITHM = 'sfc32-pps-1';

export type SampleFrame = readonly { id: string; amountFen: number }[];
export type DrawnClaim = { id: string; by: SampleReason };

/**
 * Draws claims to be looked at a second time. The same seed, size, share and frame give the same sample, whatever order
 * the frame comes in.
 *
 * The frame is sorted by id. First `floor(size × valuePercent / 100)` claims are drawn one after the other, without
 * putting back, each with a probability proportional to its amount among those that are left; a claim over nothing is
 * not drawn so. The rest are drawn from what is left with equal probability. Whole numbers come from sfc32, seeded from
 * the text by FNV-1a (`seeded-draws.ts`), drawn again while they would favour some claims.
 */
export function drawSample({
  seed,
  size,
  valuePercent,
  frame,
}: {
  seed: string;
  size: number;
  valuePercent: number;
  frame: SampleFrame;
}): DrawnClaim[] {
  const below = seededDraws(seed);
  const left = [...frame].sort((a, b) => (a.id < b.id ? -1 : 1));
  const drawn: DrawnClaim[] = [];
  const take = (at: number, by: SampleReason) => drawn.push({ id: left.splice(at, 1)[0]!.id, by });

  let total = left.reduce((sum, { amountFen }) => sum + amountFen, 0);
  for (let n = Math.floor((size * valuePercent) / 100); n > 0 && total > 0; n--) {
    let mark = below(total);
    const at = left.findIndex(({ amountFen }) => (mark -= amountFen) < 0);
    total -= left[at]!.amountFen;
    take(at, 'value');
  }
  while (drawn.length < size && left.length > 0) take(below(left.length), 'random');
  return drawn;
}
