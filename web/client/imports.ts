import type { z } from 'zod';
import type {
  ImportRowPage as ImportRowPageSchema,
  ImportRowView,
  ImportSettings,
  ImportView,
} from '#domain/places/import-contract.ts';
import { ask } from './ask.ts';
import { request } from './request.ts';

export type ImportRowPage = z.infer<typeof ImportRowPageSchema>;
export type RowDecision = NonNullable<ImportRowView['decision']>;

const at = (id: string, rest = '') => `/api/office/imports/${encodeURIComponent(id)}${rest}`;

export const importApiPaths = {
  imports: () => '/api/office/imports',
  import: (id: string) => at(id),
  rows: (id: string, query: { fate: string; cursor: string; limit: number }) => {
    const search = new URLSearchParams({ limit: String(query.limit) });
    if (query.fate) search.set('fate', query.fate);
    if (query.cursor) search.set('cursor', query.cursor);
    return at(id, `/rows?${search}`);
  },
  points: (id: string) => at(id, '/points'),
} as const;

/** 64 MB over a slow line. */
const UPLOAD_TIMEOUT_MS = 10 * 60_000;
/** The API takes a whole import back before it answers. */
const UNDO_TIMEOUT_MS = 5 * 60_000;

/** Hands a list in. Throws as `ask` does. */
export async function uploadImport(file: File, source: string): Promise<ImportView> {
  const body = new FormData();
  body.set('source', source);
  body.set('file', file);
  const response = await request(importApiPaths.imports(), { method: 'POST', body }, UPLOAD_TIMEOUT_MS);
  return (await response.json()) as ImportView;
}

export function changeImportSettings(id: string, body: ImportSettings): Promise<ImportView> {
  return ask(at(id, '/settings'), { method: 'PUT', body });
}

export function decideImportRow(id: string, row: number, decision: RowDecision | null): Promise<ImportRowView> {
  return ask(at(id, `/rows/${row}/decision`), { method: 'PUT', body: { decision } });
}

export function storeImport(id: string): Promise<ImportView> {
  return ask(at(id, '/store'), { method: 'POST' });
}

export function stopImport(id: string): Promise<ImportView> {
  return ask(at(id, '/stop'), { method: 'POST' });
}

export async function undoImport(id: string, reason: string | undefined): Promise<ImportView> {
  const body = JSON.stringify(reason ? { reason } : {});
  const headers = { 'content-type': 'application/json' };
  return (
    await request(at(id, '/undo'), { method: 'POST', headers, body }, UNDO_TIMEOUT_MS)
  ).json() as Promise<ImportView>;
}
