import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLocalStorage } from './local-storage.ts';
import { ContentMissing } from './storage.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'luyi-files-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function* pieces(...texts: string[]): AsyncGenerator<Uint8Array, void> {
  for (const text of texts) yield Buffer.from(text);
}
async function* broken(): AsyncGenerator<Uint8Array, void> {
  yield Buffer.from('one');
  throw new Error('the line broke');
}
async function gather(content: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = [];
  for await (const piece of content) all.push(piece);
  return Buffer.concat(all).toString();
}
const filesIn = async () => (await readdir(folder, { recursive: true, withFileTypes: true })).filter((e) => e.isFile());

describe('files in a local folder', () => {
  it('are put, got, replaced and deleted, readable for their owner only', async () => {
    const storage = await openLocalStorage(folder);
    await storage.put('ab-1', pieces('one ', 'two'));
    await storage.put('ab-1', pieces('three'));
    expect(await gather(await storage.get('ab-1'))).toBe('three');
    expect((await stat(join(folder, 'ab', 'ab-1'))).mode & 0o777).toBe(0o600);
    await storage.delete('ab-1');
    await storage.delete('ab-1');
    await expect(storage.get('ab-1')).rejects.toThrow(ContentMissing);
  });

  it('leave nothing when what is to be kept fails on its way', async () => {
    const storage = await openLocalStorage(folder);
    await expect(storage.put('ab-1', broken())).rejects.toThrow('the line broke');
    expect(await filesIn()).toEqual([]);
  });

  it('are cleared of what an earlier process left half written', async () => {
    await openLocalStorage(folder);
    await writeFile(join(folder, '.unfinished', 'half'), 'x');
    await openLocalStorage(folder);
    expect(await filesIn()).toEqual([]);
  });

  it.each(['', '../x', 'a/b', 'A', 'a.b', '.unfinished'])('have no key %j', async (key) => {
    const storage = await openLocalStorage(folder);
    await expect(storage.put(key, pieces('x'))).rejects.toThrow(RangeError);
  });
});
