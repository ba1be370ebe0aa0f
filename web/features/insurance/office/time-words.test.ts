import { expect, test } from 'vitest';
import { waitWords } from './time-words.ts';

const m = { hours: (hours: string) => `${hours} h`, days: (days: string) => `${days} d` };

test.each([
  [null, '–'],
  [0, '0 h'],
  [0.04, '0 h'],
  [5.56, '5.6 h'],
  [47.4, '47 h'],
  [48, '2 d'],
  [250, '10 d'],
])('%s hours are %s', (hours, expected) => {
  expect(waitWords(hours, m)).toBe(expected);
});
