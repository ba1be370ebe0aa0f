import type { nothingFits as zh } from '../zh/nothing-fits.ts';

export const nothingFits: typeof zh = {
  noneOpen: 'Nothing is open right now',
  noneOpenHint: 'The next to open:',
  noneOpenUnknown: 'Places fit, but when they open is not known.',
  showAll: 'Show closed ones too',
  none: 'There are no places yet',
  empty: 'No place fits all of this',
  emptyHint: 'Try with fewer conditions.',
  clear: 'Clear conditions',
};
