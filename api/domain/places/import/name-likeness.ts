import { foldText } from './fold-text.ts';

/** What nearly every name in a list holds, so that it tells none of them from another. Longest first. */
const COMMON = [
  '新就业形态劳动者权益保障社区便民服务点',
  '新就业形态劳动者',
  '户外劳动者服务站点',
  '户外劳动者服务站',
  '户外劳动者综合服务站',
  '户外劳动者',
  '爱心接力站',
  '工会爱心驿站',
  '便民服务站',
  '爱心驿站',
  '司机之家',
  '服务驿站',
  '暖心驿站',
  '骑手驿站',
  '服务站点',
  '服务站',
  '服务点',
  '福建省',
  '厦门市',
  '总工会',
  '驿站',
  '站点',
  '工会',
  '街道',
  '福建',
  '厦门',
];
const COMMON_WORDS = new RegExp(COMMON.join('|'), 'g');

/**
 * What is special in a name: folded, without punctuation, brackets and the words that all names share. A name made of
 * nothing else keeps them.
 */
export function nameKey(name: string): string {
  const bare = foldText(name).replace(/[^\p{L}\p{N}]/gu, '');
  const special = bare.replace(COMMON_WORDS, '');
  return special === '' ? bare : special;
}

/** The pairs of neighbouring characters of a key, sorted, as numbers. A key of one character is its own pair. */
export function bigramsOf(key: string): Uint32Array {
  if (key.length < 2) return Uint32Array.from(key, (character) => character.charCodeAt(0));
  const bigrams = new Uint32Array(key.length - 1);
  for (let i = 0; i < bigrams.length; i += 1) bigrams[i] = key.charCodeAt(i) * 65_536 + key.charCodeAt(i + 1);
  return bigrams.sort();
}

/** Dice's coefficient of two sorted lists of bigrams: 1 for the same name, 0 for nothing in common. The second one stands from `from` to `to` in `b`. */
export function likenessOf(a: Uint32Array, b: Uint32Array, from = 0, to = b.length): number {
  if (a.length === 0 || from >= to) return 0;
  let shared = 0;
  for (let i = 0, j = from; i < a.length && j < to;) {
    if (a[i] === b[j]) {
      shared += 1;
      i += 1;
      j += 1;
    } else if (a[i]! < b[j]!) i += 1;
    else j += 1;
  }
  return (2 * shared) / (a.length + to - from);
}

/** How alike two names are, from 0 to 1, by what is special in them. */
export function nameLikeness(a: string, b: string): number {
  return likenessOf(bigramsOf(nameKey(a)), bigramsOf(nameKey(b)));
}
