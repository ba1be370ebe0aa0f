import { expect, test } from 'vitest';
import { chooseLanguage } from './messages.ts';

test.each([
  ['the stored choice before the browser', 'en', ['zh-CN'], 'en'],
  ['Chinese in any of its forms', null, ['zh-Hant-TW', 'en'], 'zh'],
  ['English for anybody else', null, ['fr-FR', 'zh-CN'], 'en'],
  ['Chinese when the browser says nothing', null, [], 'zh'],
] as const)('the language is %s', (_name, preferred, wanted, expected) => {
  expect(chooseLanguage(preferred, wanted)).toBe(expected);
});

/** Every text of a dictionary by its path; functions are called with stand-ins. */
function texts(value: unknown, path: string, found: Map<string, string>): Map<string, string> {
  if (typeof value === 'string') found.set(path, value);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value)) texts(child, `${path}.${key}`, found);
  }
  return found;
}

test('no text is empty and English holds no Chinese characters', () => {
  const chinese = import.meta.glob('./messages/zh/*.ts', { eager: true });
  const english = import.meta.glob('./messages/en/*.ts', { eager: true });
  expect(Object.keys(chinese).length).toBeGreaterThan(5);
  expect(Object.keys(english)).toEqual(Object.keys(chinese).map((file) => file.replace('/zh/', '/en/')));
  for (const [path, text] of texts(chinese, 'zh', new Map())) expect(text.trim(), path).not.toBe('');
  for (const [path, text] of texts(english, 'en', new Map())) {
    expect(text.trim(), path).not.toBe('');
    // A language is called by its own name.
    if (!path.endsWith('.settings.chinese')) expect(text, path).not.toMatch(/^\p{Script=Han}+$/u);
  }
});
