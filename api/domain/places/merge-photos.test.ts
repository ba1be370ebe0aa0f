import { expect, it } from 'vitest';
import { mergePhotos } from './merge-photos.ts';

const list = (text: string) =>
  text
    .split(' ')
    .filter(Boolean)
    .map((word) => ({ file: word[0]!, caption: word.slice(1) || null }));
const text = (photos: { file: string; caption: string | null }[]) =>
  photos.map(({ file, caption }) => file + (caption ?? '')).join(' ');

it.each([
  ['a b', 'a b', 'a b', 'a b'],
  ['a', 'a b', 'a c', 'a b c'],
  ['a b', 'b', 'a b c', 'b c'],
  ['a b', 'a b', 'b', 'b'],
  ['a b', 'a', 'b', ''],
  ['a b c', 'c a b', 'a b c', 'c a b'],
  ['a b c', 'a b c', 'c a b', 'c a b'],
  ['a b c', 'a b c d', 'c a b', 'c a b d'],
  ['a', 'a1', 'a', 'a1'],
  ['a', 'a', 'a2', 'a2'],
  ['a', 'a1', 'a2', 'a1'],
  ['a1', 'a', 'a1', 'a'],
  ['', 'a1', 'a', 'a1'],
  ['a', '', 'a2', ''],
])('of %j, %j and %j makes %j', (base, first, second, merged) => {
  expect(text(mergePhotos(list(base), list(first), list(second)))).toBe(merged);
});
