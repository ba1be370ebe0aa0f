import type { map as zh } from '../zh/map.ts';

export const map: typeof zh = {
  label: 'Map. The list beside it has the same places.',
  selected: (name) => `Selected on the map: ${name}`,
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  locate: 'Go to my position',
  reviewNumber: (number) => `Map review number ${number}`,
  ownData: 'Outlines: districts, coast © OpenStreetMap contributors',
};
