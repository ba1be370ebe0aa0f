import type { OpenFile } from './open-file.ts';

const ENDINGS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/png': 'png',
  'application/pdf': 'pdf',
};

/**
 * A file as an answer. A browser shows pictures and saves everything else, under a name that says nothing about anybody.
 */
export function answerFile(id: string, { type, bytes, body }: OpenFile, cacheControl: string): Response {
  const name = `luyi-${id.slice(0, 8)}.${ENDINGS[type] ?? 'bin'}`;
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-length': String(bytes),
      'content-disposition': `${type.startsWith('image/') ? 'inline' : 'attachment'}; filename="${name}"`,
      'cache-control': cacheControl,
    },
  });
}
