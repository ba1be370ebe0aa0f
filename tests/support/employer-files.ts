/** Lists of workers as employers hand them in. */
import type { Actor } from '#domain/accounts/roles.ts';
import type { EmployerFileView, EmployerRowPage } from '#domain/insurance/employer-file-contract.ts';
import { addDays, shanghaiDay } from '#domain/time/shanghai.ts';
import type { Connection } from '../../db/connect.ts';
import { organisations } from '../../db/tables/places.ts';
import { makeActor, signedInAs } from './actors.ts';
import { read } from './enrolments.ts';
import { checkDigitOf } from '#domain/accounts/citizen-id.ts';
import type { TestApp } from './factories.ts';

export const EMPLOYER_HEADER = ['姓名', '身份证号', '手机号', '开始', '结束', '天数', '日期'] as const;
export type ListedWorker = Partial<Record<(typeof EMPLOYER_HEADER)[number], string>>;

const quote = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export function workersCsv(list: readonly ListedWorker[], header: readonly string[] = EMPLOYER_HEADER): string {
  const lines = list.map((row) => header.map((column) => quote(row[column as keyof ListedWorker] ?? '')).join(','));
  return `\uFEFF${[header.join(','), ...lines].join('\r\n')}\r\n`;
}

const SURNAMES = ['陈', '林', '黄', '张', '李', '王', '吴', '刘', '蔡', '杨'];

/** The n-th of as many workers as one wants, up to 100,000: the same n is the same person. */
export function worker(n: number, changes: ListedWorker = {}): ListedWorker {
  const birthDay = addDays('1975-01-01', Math.floor(n / 1000) * 37 + (n % 7) * 900);
  const digits = `350212${birthDay.replaceAll('-', '')}${String(n % 1000).padStart(3, '0')}`;
  return {
    姓名: `${SURNAMES[n % 10]}工${n}`,
    身份证号: digits + checkDigitOf(digits),
    手机号: `139${String(n).padStart(8, '0')}`,
    ...changes,
  };
}

export async function addEmployer(connection: Connection, id: string): Promise<Actor> {
  await connection.db
    .insert(organisations)
    .values({ id, kind: 'platform', name: `企业 ${id}` })
    .onConflictDoNothing();
  return makeActor(`clerk-of-${id}`, { role: 'employer', organisationId: id });
}

const PATH = '/api/office/employer-files';

/** Speaks to the lists of a service as one employer. */
export function employerClient(app: TestApp, actor: Actor) {
  const headers = signedInAs(actor);
  const get = (path: string) => app.request(`${PATH}${path}`, { headers });
  const send = (path: string, body?: unknown) =>
    app.request(`${PATH}${path}`, {
      method: 'POST',
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const view = async (id: string) => read<EmployerFileView>(await get(`/${id}`), 200);
  const settled = async (id: string) => {
    await app.employerFileJobs.idle();
    return view(id);
  };
  const post = (content: string | Uint8Array, fileName = '名单.csv') => {
    const form = new FormData();
    form.set('file', new File([content as BlobPart], fileName));
    return app.request(PATH, { method: 'POST', headers, body: form });
  };
  return {
    get,
    send,
    post,
    view,
    settled,
    async upload(workers: readonly ListedWorker[]) {
      const { id } = await read<EmployerFileView>(await post(workersCsv(workers)), 201);
      return settled(id);
    },
    async confirm({ id, ownFen }: EmployerFileView, leaveBadRowsOut = false) {
      await read(await send(`/${id}/confirm`, { leaveBadRowsOut, ownFen, workersKnow: true }), 202);
      return settled(id);
    },
    async pay({ id }: EmployerFileView) {
      await read(await send(`/${id}/payment/simulate`), 200);
      return settled(id);
    },
    async rows({ id }: EmployerFileView, query = '') {
      return read<EmployerRowPage>(await get(`/${id}/rows${query}`), 200);
    },
  };
}

/** `2` is the day after tomorrow, by the clock of a test. */
export const dayFrom = (app: TestApp) => (days: number) => addDays(shanghaiDay(app.clock.nowMs), days);
