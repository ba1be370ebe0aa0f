import type { photos as zh } from '../zh/photos.ts';

export const photos: typeof zh = {
  heading: 'Photos',
  of: (name, n) => `${name}, photo ${n}`,
  view: (what) => `Enlarge: ${what}`,
  close: 'Close',
  previous: 'Previous',
  next: 'Next',
  ofReports: 'Photos by riders',
};
