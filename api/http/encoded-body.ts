import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Context } from 'hono';

const compress = {
  br: (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 6, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes, { level: 9 }),
};
type Encoding = keyof typeof compress;

/** A body that is asked for often: hashed and compressed once, answered with a strong ETag or 304. */
export type EncodedBody = { contentType: string; etag: string; bytes: Buffer; encoded: Map<Encoding, Promise<Buffer>> };

export function encodeBody(content: string | Buffer, contentType: string): EncodedBody {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const etag = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
  return { contentType, etag, bytes, encoded: new Map() };
}

/** Smaller bodies gain nothing from being compressed. */
const WORTH_COMPRESSING = 1024;

/**
 * A strong ETag names the exact bytes, so each encoding has its own (RFC 9110, 8.8.3). `Cache-Control: no-cache` lets
 * every cache keep it and obliges it to ask first.
 */
export async function answerEncoded(c: Context, body: EncodedBody): Promise<Response> {
  const encoding = body.bytes.length < WORTH_COMPRESSING ? null : preferred(c.req.header('accept-encoding'));
  const etag = `"${body.etag}${encoding ? `-${encoding}` : ''}"`;
  const headers: Record<string, string> = { etag, vary: 'Accept-Encoding', 'cache-control': 'no-cache' };
  if (matches(c.req.header('if-none-match'), etag)) return c.body(null, 304, headers);
  headers['content-type'] = body.contentType;
  if (!encoding) return c.body(new Uint8Array(body.bytes), 200, headers);
  let bytes = body.encoded.get(encoding);
  if (!bytes) {
    bytes = compress[encoding](body.bytes);
    body.encoded.set(encoding, bytes);
  }
  headers['content-encoding'] = encoding;
  return c.body(new Uint8Array(await bytes), 200, headers);
}

function preferred(accepted: string | undefined): Encoding | null {
  const offers = new Map(
    (accepted ?? '').split(',').map((part) => {
      const [name, ...parameters] = part.trim().toLowerCase().split(';');
      const q = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find(Boolean);
      return [name!, q === undefined ? 1 : Number(q)] as const;
    }),
  );
  if ((offers.get('br') ?? 0) > 0) return 'br';
  return (offers.get('gzip') ?? offers.get('*') ?? 0) > 0 ? 'gzip' : null;
}

function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  if (!ifNoneMatch) return false;
  return ifNoneMatch.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}
