import type { acrossWater as zh } from '../zh/across-water.ts';

export const acrossWater: typeof zh = {
  heading: 'Across the water: out of reach',
  why: {
    foot: 'The sea is between, and the bridges and tunnels are closed to walkers.',
    ebike: 'The sea is between, and the bridges and tunnels are closed to e-bikes.',
    car: 'The sea is between, and no bridge or tunnel leads there.',
  },
  noWay: 'No way across is known',
  way: (way, onFoot) => `The way across: ${way}${onFoot ? ' (on foot only)' : ''}`,
  unverified: ' (unverified)',
  partlyUnverified: ' (Unverified for some of them.)',
};
