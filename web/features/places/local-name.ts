import type { Language } from '../../client/messages.ts';

/** A name in the language of the screen, the Chinese one where there is no other. */
export function localName(
  { name, nameEn }: { name: string; nameEn?: string | null | undefined },
  language: Language,
): string {
  return language === 'en' && nameEn ? nameEn : name;
}
