import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { AwsClient } from 'aws4fetch';
import { assertKey, ContentMissing, type FileStorage, StorageFailed } from './storage.ts';

export type S3Options = { endpoint: string; bucket: string; region: string; accessKey: string; secretKey: string };

const TRIES = 4;
const FIRST_PAUSE_MS = 100;
const TIMEOUT_MS = 60_000;

/**
 * Files in an S3-compatible store (AWS, MinIO, OSS, COS, Ceph), addressed by path. The hash of the content is signed along,
 * so a file (20 MB at most) passes through memory. What fails on the store's side is tried again.
 */
export function s3Storage(
  { endpoint, bucket, region, accessKey, secretKey }: S3Options,
  { firstPauseMs = FIRST_PAUSE_MS }: { firstPauseMs?: number } = {},
): FileStorage {
  const client = new AwsClient({
    accessKeyId: accessKey,
    secretAccessKey: secretKey,
    service: 's3',
    region,
    retries: 0, // below, where a failed connection is tried again too
  });
  const base = `${endpoint.replace(/\/+$/, '')}/${encodeURIComponent(bucket)}/`;

  async function send(key: string, method: 'GET' | 'PUT' | 'DELETE', body?: Buffer<ArrayBuffer>): Promise<Response> {
    assertKey(key);
    const headers = {
      'x-amz-content-sha256': createHash('sha256')
        .update(body ?? '')
        .digest('hex'),
      ...(body && { 'content-type': 'application/octet-stream' }),
    };
    for (let turn = 1; ; turn++) {
      const answer = await attempt(`${base}${key}`, { method, headers, ...(body && { body }) });
      if (answer instanceof Response && answer.status < 500 && answer.status !== 429) return answer;
      if (turn === TRIES) {
        const why = answer instanceof Response ? `answered ${answer.status}` : `does not answer (${answer.message})`;
        throw new StorageFailed(`The object storage ${why} to ${method}.`);
      }
      if (answer instanceof Response) await answer.body?.cancel();
      await pause(firstPauseMs * 2 ** (turn - 1));
    }
  }

  async function attempt(url: string, init: RequestInit): Promise<Response | Error> {
    try {
      return await client.fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  return {
    async put(key, content) {
      const pieces: Uint8Array[] = [];
      for await (const piece of content) pieces.push(piece);
      const answer = await send(key, 'PUT', Buffer.concat(pieces));
      if (!answer.ok) await refuse(answer, 'PUT');
      await answer.body?.cancel();
    },
    async get(key) {
      const answer = await send(key, 'GET');
      if (answer.status === 404) {
        await answer.body?.cancel();
        throw new ContentMissing(`There is no object ${key}.`);
      }
      if (!answer.ok) await refuse(answer, 'GET');
      return answer.body as unknown as AsyncIterable<Uint8Array>;
    },
    async delete(key) {
      const answer = await send(key, 'DELETE');
      if (!answer.ok && answer.status !== 404) await refuse(answer, 'DELETE');
      await answer.body?.cancel();
    },
  };
}

async function refuse(answer: Response, method: string): Promise<never> {
  const text = await answer.text().catch(() => '');
  const code = /<Code>([A-Za-z0-9]{1,60})<\/Code>/.exec(text)?.[1] ?? 'no reason given';
  throw new StorageFailed(`The object storage refused ${method}: ${answer.status} ${code}. Check FILES_S3_*.`);
}
