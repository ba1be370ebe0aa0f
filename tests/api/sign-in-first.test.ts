/** Whoever is not signed in is told that, and not what is wrong with what they sent. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProblemBody } from '../../api/http/problem.ts';
import type { Connection } from '../../db/connect.ts';
import { signInRider } from '../support/accounts.ts';
import { openTestDatabase } from '../support/database.ts';
import { createTestApp, type TestApp } from '../support/factories.ts';

let connection: Connection;
let app: TestApp;

beforeAll(async () => {
  connection = await openTestDatabase();
  app = await createTestApp(connection);
});
afterAll(async () => {
  await app.close();
  await connection.close();
});

type Described = { responses: Record<string, { description: string }>; requestBody?: unknown };

/** Where a code, a link or nothing at all may stand in for a sign-in: what is sent decides whether one is missing. */
const OPEN_TO_OTHERS = /^\/(?:files$|requests$|requests\/\{id\}(?:$|\/(?:actions|sessions)$)|sessions\/\{id\}(?:$|\/))/;

/** Every route that says it is for people who are signed in, with ids that are none. */
async function signedInRoutes(): Promise<{ method: string; path: string; hasBody: boolean }[]> {
  const document = (await (await app.request('/api/openapi.json')).json()) as {
    paths: Record<string, Record<string, Described>>;
  };
  const paths = Object.entries(document.paths).filter(([path]) => !OPEN_TO_OTHERS.test(path));
  return paths.flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { responses }]) => responses['401']?.description.includes('not_signed_in'))
      .map(([method, { requestBody }]) => ({
        method: method.toUpperCase(),
        path: `/api${path.replaceAll(/\{\w+\}/g, '~%20~')}?cursor=~&before=~&limit=~&format=~&fate=~`,
        hasBody: requestBody !== undefined,
      })),
  );
}

const BODIES = ['{"not":"what is wanted"}', '{', '[]', 'null', ''];

async function codesOf(headers: Record<string, string>): Promise<string[]> {
  const codes: string[] = [];
  for (const { method, path, hasBody } of await signedInRoutes()) {
    for (const body of hasBody ? BODIES : [undefined]) {
      const response = await app.request(path, {
        method,
        headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body }),
      });
      // A rider's own calendar is no JSON.
      const isJson = /json/.test(response.headers.get('content-type') ?? '');
      const { code } = (isJson ? await response.json() : {}) as Partial<ProblemBody>;
      codes.push(`${method} ${path.split('?')[0]} ${body ?? ''}: ${response.status} ${code}`);
    }
  }
  return codes;
}

describe('a route for people who are signed in', () => {
  it('says so first to a stranger, whatever they send', async () => {
    const codes = await codesOf({});
    expect(codes.length).toBeGreaterThan(60);
    expect(codes.filter((line) => !line.endsWith(': 401 not_signed_in'))).toEqual([]);
    expect(app.log).toEqual([]);
  });

  it('says so first to somebody whose roles do not reach there', async () => {
    const rider = await signInRider(app);
    const codes = await codesOf(rider.headers);
    const offices = codes.filter((line) => /\/api\/(office|people|memberships)/.test(line));
    expect(offices.length).toBeGreaterThan(40);
    expect(offices.filter((line) => !line.endsWith(': 403 not_allowed'))).toEqual([]);
  });
});
