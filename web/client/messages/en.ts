import { places } from './en/places.ts';
import { shell } from './en/shell.ts';
import type { Messages } from './zh.ts';

export const en: Messages = { shell, places };
