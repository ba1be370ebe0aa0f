/** Lists of places as tests hand them in. */
import type { z } from 'zod';
import type { Actor } from '#domain/accounts/roles.ts';
import type { ImportRowPage, ImportSettings, ImportView } from '#domain/places/import-contract.ts';
import { signedInAs } from './actors.ts';
import type { TestApp } from './factories.ts';

export const HEADER = ['编号', '站点名称', '所属区', '所属街道', '地址', '经度', '纬度', '开放时间', '设施'] as const;
export type ListRow = Partial<Record<(typeof HEADER)[number], string>>;

/** A CSV file in UTF-8; what a row leaves out is empty. `columns` are those of `HEADER` that the list has. */
export function csvOf(rows: readonly ListRow[], columns: readonly (typeof HEADER)[number][] = HEADER): string {
  const lines = rows.map((row) => columns.map((column) => quote(row[column] ?? '')).join(','));
  return `\uFEFF${[columns.join(','), ...lines].join('\r\n')}\r\n`;
}

const quote = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The n-th of as many good rows as one wants, each some 500 m from the others. */
export function listRow(n: number, row: ListRow = {}): ListRow {
  const [east, north] = [n % 20, Math.floor(n / 20)];
  return {
    编号: `X-${n}`,
    站点名称: `第${n}号${NAMES[n % NAMES.length]}驿站`,
    所属区: '湖里区',
    所属街道: '金山街道',
    地址: `金湖路${n}号`,
    经度: (118.118 + east * 0.0005).toFixed(6),
    纬度: (24.4885 + (north % 20) * 0.0005).toFixed(6),
    开放时间: '周一至周五 8:30-12:00，14:30-18:00',
    设施: '空调、饮水机',
    ...row,
  };
}
const NAMES = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];

const at = (path: string) => `/api/office/imports${path}`;

async function answer<T>(response: Response, status: number): Promise<T> {
  const text = await response.text();
  if (response.status !== status) throw new Error(`${response.status} instead of ${status}: ${text}`);
  return JSON.parse(text) as T;
}

/** Speaks to the imports of a service as one person. */
export function importClient(app: TestApp, actor: Actor) {
  const headers = signedInAs(actor);
  const send = (method: string, path: string, body?: unknown) =>
    app.request(at(path), {
      method,
      headers: { ...headers, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const view = async (id: string) => answer<ImportView>(await app.request(at(`/${id}`), { headers }), 200);
  /** When the work on it is over. */
  const settled = async (id: string) => {
    await app.importJobs.idle();
    return view(id);
  };
  return {
    send,
    view,
    settled,
    get: (path: string) => app.request(at(path), { headers }),
    async upload(content: string | Uint8Array, { source = '总工会名单', fileName = '名单.csv' } = {}) {
      const form = new FormData();
      form.set('source', source);
      form.set('file', new File([content as BlobPart], fileName));
      const response = await app.request(at(''), { method: 'POST', headers, body: form });
      return settled((await answer<ImportView>(response, 201)).id);
    },
    async choose({ id, settings }: ImportView, changes: Partial<ImportSettings> = {}) {
      await answer(await send('PUT', `/${id}/settings`, { ...settings, crs: 'WGS84', ...changes }), 200);
      return settled(id);
    },
    async store({ id }: ImportView) {
      await answer(await send('POST', `/${id}/store`), 202);
      return settled(id);
    },
    async undo({ id }: ImportView, reason?: string) {
      return answer<ImportView>(await send('POST', `/${id}/undo`, { reason }), 200);
    },
    async rows({ id }: ImportView, query = '') {
      return answer<z.infer<typeof ImportRowPage>>(await app.request(at(`/${id}/rows${query}`), { headers }), 200);
    },
  };
}
export type ImportClient = ReturnType<typeof importClient>;
