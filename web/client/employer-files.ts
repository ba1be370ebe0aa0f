import type { ConfirmEmployerFile, EmployerFileView } from '#domain/insurance/employer-file-contract.ts';
import { ask } from './ask.ts';
import { request } from './request.ts';

const at = (id: string, rest = '') => `/api/office/employer-files/${encodeURIComponent(id)}${rest}`;

export const employerApiPaths = {
  files: () => '/api/office/employer-files',
  template: () => '/api/office/employer-files/template.csv',
  file: (id: string) => at(id),
  rows: (id: string, query: { state: string; cursor: string; limit: number }) => {
    const search = new URLSearchParams({ limit: String(query.limit) });
    if (query.state) search.set('state', query.state);
    if (query.cursor) search.set('cursor', query.cursor);
    return at(id, `/rows?${search}`);
  },
  errors: (id: string, language: string) => at(id, `/errors.csv?language=${language}`),
} as const;

const UPLOAD_TIMEOUT_MS = 5 * 60_000;

/** Hands a list in. Throws as `ask` does. */
export async function uploadWorkers(file: File): Promise<EmployerFileView> {
  const body = new FormData();
  body.set('file', file);
  const response = await request(employerApiPaths.files(), { method: 'POST', body }, UPLOAD_TIMEOUT_MS);
  return (await response.json()) as EmployerFileView;
}

export function confirmWorkers(id: string, body: ConfirmEmployerFile): Promise<EmployerFileView> {
  return ask(at(id, '/confirm'), { method: 'POST', body });
}

export function discardWorkers(id: string): Promise<EmployerFileView> {
  return ask(at(id, '/discard'), { method: 'POST' });
}

/** How the list can be paid: the links stand in `payment`. */
export function startWorkersPayment(id: string): Promise<EmployerFileView> {
  return ask(at(id, '/payment'), { method: 'POST' });
}

export function simulateWorkersPayment(id: string): Promise<EmployerFileView> {
  return ask(at(id, '/payment/simulate'), { method: 'POST' });
}
