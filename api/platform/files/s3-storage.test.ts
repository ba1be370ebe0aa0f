import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterEach, describe, expect, it } from 'vitest';
import { s3Storage } from './s3-storage.ts';
import { ContentMissing, StorageFailed } from './storage.ts';

const KEYS = { accessKeyId: 'luyi-test', secretAccessKey: 'a secret that only the store knows too' };
const BUCKET = 'luyi-files';

/** A store that believes a request only if it signs it the same way itself, by AWS's own implementation. */
async function startStore({ failures = 0, status = 503 } = {}) {
  const objects = new Map<string, Buffer>();
  const seen: string[] = [];
  let toFail = failures;
  const signer = new SignatureV4({
    service: 's3',
    region: 'xiamen-1',
    credentials: KEYS,
    sha256: Sha256,
    uriEscapePath: false,
    applyChecksum: false,
  });

  async function isSigned(request: IncomingMessage, body: Buffer): Promise<boolean> {
    const said = request.headers.authorization ?? '';
    const names = /SignedHeaders=([^,]+)/.exec(said)?.[1]?.split(';') ?? [];
    const date = request.headers['x-amz-date'] as string | undefined;
    if (!date || !names.includes('host') || !names.includes('x-amz-content-sha256')) return false;
    if (request.headers['x-amz-content-sha256'] !== createHash('sha256').update(body).digest('hex')) return false;
    const signed = await signer.sign(
      {
        method: request.method!,
        protocol: 'http:',
        hostname: '127.0.0.1',
        path: request.url!,
        headers: Object.fromEntries(names.map((name) => [name, String(request.headers[name])])),
        query: {},
      },
      { signingDate: new Date(date.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z')) },
    );
    return signed.headers.authorization === said;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sent: Buffer[] = [];
    for await (const piece of request) sent.push(piece as Buffer);
    const body = Buffer.concat(sent);
    seen.push(`${request.method} ${request.url}`);
    if (toFail > 0) {
      toFail -= 1;
      if (status === 0) return void request.socket.destroy();
      return void response.writeHead(status).end('<Error><Code>SlowDown</Code></Error>');
    }
    if (!(await isSigned(request, body))) {
      return void response.writeHead(403).end('<Error><Code>SignatureDoesNotMatch</Code></Error>');
    }
    const path = request.url!;
    if (!path.startsWith(`/${BUCKET}/`))
      return void response.writeHead(404).end('<Error><Code>NoSuchBucket</Code></Error>');
    if (request.method === 'PUT') {
      objects.set(path, body);
      return void response.writeHead(200).end();
    }
    if (request.method === 'DELETE') {
      objects.delete(path);
      return void response.writeHead(204).end();
    }
    const object = objects.get(path);
    if (!object) return void response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
    response.writeHead(200, { 'content-length': object.length }).end(object);
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  running.push(server);
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const open = (change: Partial<Parameters<typeof s3Storage>[0]> = {}) =>
    s3Storage(
      {
        endpoint,
        bucket: BUCKET,
        region: 'xiamen-1',
        accessKey: KEYS.accessKeyId,
        secretKey: KEYS.secretAccessKey,
        ...change,
      },
      { firstPauseMs: 1 },
    );
  return { objects, seen, open };
}

const running: Server[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

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

describe('files in an S3-compatible store', () => {
  it('are put, got and deleted with signatures that the store works out itself', async () => {
    const store = await startStore();
    const storage = store.open();
    await storage.put('file-1', pieces('one ', 'two'));
    expect(store.objects.get(`/${BUCKET}/file-1`)!.toString()).toBe('one two');
    expect(await gather(await storage.get('file-1'))).toBe('one two');
    await storage.delete('file-1');
    await storage.delete('file-1');
    await expect(storage.get('file-1')).rejects.toThrow(ContentMissing);
    expect(store.seen[0]).toBe(`PUT /${BUCKET}/file-1`);
  });

  it.each([
    ['secret', { secretKey: 'another secret' }],
    ['access key', { accessKey: 'another-key' }],
    ['region', { region: 'us-east-1' }],
  ])('are refused with a wrong %s, in words that name the settings', async (_, change) => {
    const store = await startStore();
    const storage = store.open(change);
    await expect(storage.put('file-1', pieces('one'))).rejects.toThrow(/SignatureDoesNotMatch.*FILES_S3/);
    expect(store.objects.size).toBe(0);
    expect(store.seen).toHaveLength(1); // a refusal is not tried again
    await expect(storage.get('file-1')).rejects.toThrow(StorageFailed);
  });

  it.each([500, 503, 429, 0])('are tried again after a %i', async (status) => {
    const store = await startStore({ failures: 2, status });
    await store.open().put('file-1', pieces('one'));
    expect(store.seen).toHaveLength(3);
    expect(store.objects.size).toBe(1);
  });

  it('give up in the end', async () => {
    const store = await startStore({ failures: 100 });
    await expect(store.open().put('file-1', pieces('one'))).rejects.toThrow(StorageFailed);
    expect(store.seen).toHaveLength(4);
  });

  it('leave nothing when what is to be kept fails on its way', async () => {
    const store = await startStore();
    await expect(store.open().put('file-1', broken())).rejects.toThrow('the line broke');
    expect(store.seen).toEqual([]);
  });

  it('have no keys that lead elsewhere', async () => {
    const store = await startStore();
    await expect(store.open().get('../other-bucket/x')).rejects.toThrow(RangeError);
  });
});
