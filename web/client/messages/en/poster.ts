import type { poster as zh } from '../zh/poster.ts';

export const poster: typeof zh = {
  title: 'Rights and services for new forms of employment',
  print: 'Print (A4)',
  printHint: 'Choose A4, portrait, no scaling.',
  back: 'Back to this place',
  scan: 'Scan for opening hours, how to get in, and what else is near',
  qrAlt: (name) => `QR code of ${name}`,
  offered: 'Here you get',
  holidays: 'On holidays and for changes, what you see after scanning counts.',
  hours: 'Opening hours',
  hoursUnknown: 'Scan, or ask the staff',
  demo: 'Demo · do not put up',
  free: 'Free to use, no sign-in',
  qrFailed: 'The QR code did not load. Print it when there is a network.',
};
