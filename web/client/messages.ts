import { useSyncExternalStore } from 'react';
import { zh, type Messages } from './messages/zh.ts';
import { getPreferences, subscribePreferences } from './preferences.ts';

export type { Messages };
export type Language = 'zh' | 'en';

let current: { language: Language; messages: Messages } = { language: 'zh', messages: zh };
const listeners = new Set<() => void>();

/** The texts of the screen in the language that is on. A missing English text is a type error (`messages/en.ts`). */
export function useMessages(): Messages {
  return useSyncExternalStore(subscribe, () => current.messages);
}

/** The texts outside of React; they do not follow a change of language. */
export function getMessages(): Messages {
  return current.messages;
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, () => current.language);
}

/**
 * Chinese unless the person chose otherwise or every language the browser asks for is a foreign one.
 * `preferred` is the stored choice, `wanted` is `navigator.languages`.
 */
export function chooseLanguage(preferred: Language | null, wanted: readonly string[]): Language {
  if (preferred) return preferred;
  const first = wanted[0];
  return first === undefined || first.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/**
 * Puts the right language on and keeps following the preference. English comes in a chunk of its own; when it cannot
 * be fetched (offline before it was ever loaded) the screen stays Chinese.
 */
export async function startLanguage(): Promise<void> {
  subscribePreferences(() => void applyLanguage());
  await applyLanguage();
}

async function applyLanguage(): Promise<void> {
  const language = chooseLanguage(getPreferences().language, navigator.languages);
  if (language !== current.language) {
    try {
      const messages = language === 'zh' ? zh : (await import('./messages/en.ts')).en;
      current = { language, messages };
    } catch (error) {
      console.warn('The English texts could not be loaded', error);
    }
  }
  document.documentElement.lang = current.language === 'zh' ? 'zh-CN' : 'en';
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
