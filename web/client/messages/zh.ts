import { places } from './zh/places.ts';
import { shell } from './zh/shell.ts';

/**
 * What the first screen and its frame say; the other parts bring their own texts (client/texts.ts). The first language:
 * its shape is what every other language must fill.
 */
export const zh = { shell, places };
export type Messages = typeof zh;
