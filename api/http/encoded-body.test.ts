import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { answerEncoded, encodeBody } from './encoded-body.ts';

const text = '鹭驿 Luyi '.repeat(500);
const body = encodeBody(text, 'text/plain; charset=utf-8');
const app = new Hono().get('/', (c) => answerEncoded(c, body));
const get = (headers: Record<string, string> = {}) => app.request('/', { headers });

describe('a body that is asked for often', () => {
  it.each([
    [undefined, null],
    ['', null],
    ['identity', null],
    ['gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['br', 'br'],
    ['gzip, deflate, br, zstd', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['br; q=0.1, gzip; q=1', 'br'],
    ['*', 'gzip'],
    ['gzip;q=0, *', null],
    ['gzip;q=0', null],
    ['deflate, zstd', null],
    ['br;q=x', 'br'],
    [';;;,,,', null],
  ])('to who accepts %s is sent as %s', async (accepted, encoding) => {
    const response = await get(accepted === undefined ? {} : { 'accept-encoding': accepted });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-encoding')).toBe(encoding);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    const bytes = Buffer.from(await response.arrayBuffer());
    const plain = encoding === 'br' ? brotliDecompressSync(bytes) : encoding === 'gzip' ? gunzipSync(bytes) : bytes;
    expect(plain.toString()).toBe(text);
  });

  it.each([
    ['its own tag', (tag: string) => tag, 304],
    ['a weak one, which a proxy may have made of it', (tag: string) => `W/${tag}`, 304],
    ['a list with it', (tag: string) => `"a", ${tag} ,"b"`, 304],
    ['any', () => '*', 304],
    ['another', () => '"another"', 200],
    ['the tag without its quotes', (tag: string) => tag.slice(1, -1), 200],
  ])('with If-None-Match %s', async (_, condition, status) => {
    for (const accepted of ['identity', 'gzip', 'br']) {
      const tag = (await get({ 'accept-encoding': accepted })).headers.get('etag')!;
      const response = await get({ 'accept-encoding': accepted, 'if-none-match': condition(tag) });
      expect(response.status).toBe(status);
      expect(response.headers.get('etag')).toBe(tag);
      expect(response.headers.get('vary')).toBe('Accept-Encoding');
    }
  });

  it('has the tag of its content, and another for other content', () => {
    expect(encodeBody(Buffer.from(text), 'text/html').etag).toBe(body.etag);
    expect(encodeBody(`${text}.`, 'text/plain').etag).not.toBe(body.etag);
  });

  it('is not compressed when it is small', async () => {
    const small = new Hono().get('/', (c) => answerEncoded(c, encodeBody('x'.repeat(1023), 'text/plain')));
    const response = await small.request('/', { headers: { 'accept-encoding': 'br' } });
    expect(response.headers.get('content-encoding')).toBeNull();
  });
});
