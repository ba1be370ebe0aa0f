import type { streetPosters as zh } from '../zh/street-posters.ts';

export const streetPosters: typeof zh = {
  title: 'Posters of a street',
  street: 'Street',
  choose: 'Choose a street',
  lead: (count) => `${count} ${count === 1 ? 'poster' : 'posters'}, one sheet of A4 for each place.`,
  print: (count) => `Print ${count} (A4)`,
  preparing: (ready, all) => `Preparing the QR codes: ${ready} of ${all}`,
  missing: (count) => `${count} QR ${count === 1 ? 'code' : 'codes'} did not load. Open the page again with a network.`,
  empty: 'This street has no place that is open to riders.',
  hint: 'Print on A4, upright, without scaling. Posters of invented places say so; do not put them up.',
};
