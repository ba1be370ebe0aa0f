import type { notFound as zh } from '../zh/not-found.ts';

export const notFound: typeof zh = {
  title: 'There is no such page',
  body: 'The link may be mistyped, or the page has moved.',
  toMap: 'Back to the map',
  toStreets: 'All places by street',
};
