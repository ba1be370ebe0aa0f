import { request } from './request.ts';

type Question = { method?: 'GET' | 'POST' | 'PUT' | 'DELETE'; body?: unknown; headers?: Record<string, string> };

/**
 * Asks the API as the person who is signed in (the cookie goes along by itself) and answers with the parsed JSON,
 * undefined when there is none. Throws `RequestRefused`, or what `fetch` throws without a network.
 */
export async function ask<T>(path: string, { method = 'GET', body, headers }: Question = {}): Promise<T> {
  const response = await request(path, {
    method,
    // Who is signed in may have changed since: nothing of this is taken from a cache.
    cache: 'no-store',
    headers: { ...(method !== 'GET' && { 'content-type': 'application/json' }), ...headers },
    ...(method !== 'GET' && { body: JSON.stringify(body ?? {}) }),
  });
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

/** Fetches a file as the person who is signed in and lets the browser save it, so that a refusal can be said in words. */
export async function saveFile(path: string, fallbackName: string): Promise<void> {
  const response = await request(path, { cache: 'no-store' });
  const named = /filename\*=UTF-8''([^;]+)|filename="?([^";]+)"?/i.exec(
    response.headers.get('content-disposition') ?? '',
  );
  saveBlob(await response.blob(), named?.[1] ? decodeURIComponent(named[1]) : (named?.[2] ?? fallbackName));
}

export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Chrome starts reading a moment after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
