import { type Language, useLanguage } from './messages.ts';

/** The texts of a part that arrives later than the first screen; both languages come with that part's own chunk. */
export function useTexts<Texts>(texts: Record<Language, Texts>): Texts {
  return texts[useLanguage()];
}
