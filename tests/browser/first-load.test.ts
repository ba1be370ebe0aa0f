import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

/** What may come before the list of places is usable, in compressed bytes. */
const MOST_BYTES = 100_000;

const read = (path: string) => readFile(new URL(`../../dist${path}`, import.meta.url));

test('what the first screen needs stays small: no schema and no page of the office slips into it', async () => {
  const html = (await read('/index.html')).toString();
  const paths = [...html.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css))"/g)].map(([, path]) => path!);
  expect(paths.length).toBeGreaterThan(2);
  const sizes = await Promise.all(paths.map(async (path) => [path, gzipSync(await read(path), { level: 9 }).length]));
  const sum = sizes.reduce((bytes, [, size]) => bytes + Number(size), 0);
  expect(sum, sizes.join('; ')).toBeLessThanOrEqual(MOST_BYTES);
});
