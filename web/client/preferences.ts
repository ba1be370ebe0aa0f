import { useSyncExternalStore } from 'react';

/** What a person chose for this device. `language: null` and `theme: 'system'` mean "as the device says". */
export type Preferences = {
  theme: 'system' | 'light' | 'dark';
  textSize: 'normal' | 'large';
  language: 'zh' | 'en' | null;
};

/** Also read by public/early.js, which sets the theme before the first paint. */
const STORAGE_KEY = 'luyi.preferences';
const DARK_QUERY = '(prefers-color-scheme: dark)';
const DEFAULTS: Preferences = { theme: 'system', textSize: 'normal', language: null };

let current = readStored();
const listeners = new Set<() => void>();

export function getPreferences(): Preferences {
  return current;
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(current));
  } catch {
    // Private windows may refuse storage; the choice then holds until the page closes.
  }
  applyPreferences();
  for (const listener of listeners) listener();
}

export function subscribePreferences(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribePreferences, getPreferences);
}

/** Writes theme and text size where the style sheets look for them; "system" is resolved here and in public/early.js. */
function applyPreferences(): void {
  const { dataset } = document.documentElement;
  dataset.theme = current.theme === 'system' ? deviceTheme() : current.theme;
  dataset.textSize = current.textSize;
}

/** Applies what is stored and keeps following the device when it goes dark in the evening. */
export function startPreferences(): void {
  applyPreferences();
  matchMedia(DARK_QUERY).addEventListener('change', applyPreferences);
}

function deviceTheme(): 'light' | 'dark' {
  return matchMedia(DARK_QUERY).matches ? 'dark' : 'light';
}

/** Reads what was stored, taking only values that are still known: an older version may have written it. */
export function parsePreferences(stored: string | null): Preferences {
  if (!stored) return DEFAULTS;
  try {
    const { theme, textSize, language } = JSON.parse(stored) as Partial<Record<keyof Preferences, unknown>>;
    return {
      theme: theme === 'light' || theme === 'dark' ? theme : 'system',
      textSize: textSize === 'large' ? 'large' : 'normal',
      language: language === 'zh' || language === 'en' ? language : null,
    };
  } catch {
    return DEFAULTS;
  }
}

function readStored(): Preferences {
  try {
    return parsePreferences(localStorage.getItem(STORAGE_KEY));
  } catch {
    return DEFAULTS;
  }
}
