import { expect, test } from 'vitest';
import { parsePreferences } from './preferences.ts';

const DEFAULTS = { theme: 'system', textSize: 'normal', language: null };

test.each([
  ['nothing stored', null, DEFAULTS],
  ['broken JSON', '{"theme":', DEFAULTS],
  ['JSON that is no object', 'null', DEFAULTS],
  ['values nobody knows', '{"theme":"sepia","textSize":7,"language":"fr"}', DEFAULTS],
  [
    'a full choice',
    '{"theme":"dark","textSize":"large","language":"en"}',
    { theme: 'dark', textSize: 'large', language: 'en' },
  ],
])('preferences survive %s', (_name, stored, expected) => {
  expect(parsePreferences(stored)).toEqual(expected);
});
