import { map as en } from '../client/messages/en/map.ts';
import { map as zh } from '../client/messages/zh/map.ts';
import { useTexts } from '../client/texts.ts';

/** What the map says; it comes with the map. */
export function useMapTexts(): typeof zh {
  return useTexts({ zh, en });
}
