import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { osrmRouter } from '../../api/places/router.ts';
import type { Connection } from '../../db/connect.ts';
import { emptyTestDatabase, openTestDatabase } from '../support/database.ts';
import { addSites, AT, createTestApp, eastOf, makeSite, type TestApp } from '../support/factories.ts';

let connection: Connection;
let app: TestApp;
let server: Server;

beforeAll(async () => {
  connection = await openTestDatabase();
});
afterEach(async () => {
  await app.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await emptyTestDatabase(connection);
});
afterAll(() => connection.close());

/** A service with 25 places 100 m apart to the east, and a road router that answers as told. */
async function withRouter(answer: RequestListener): Promise<string[]> {
  const ids = await addSites(
    connection.db,
    ...Array.from({ length: 25 }, (_, i) => makeSite({ point: eastOf(AT.centre, 100 * (i + 1)) })),
  );
  server = createServer(answer);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  app = await createTestApp(connection, { router: osrmRouter(`http://127.0.0.1:${port}/`) });
  return ids;
}

const respond =
  (body: unknown, status = 200): RequestListener =>
  (_, response) =>
    void response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));

type Place = { site: { id: string }; travelDistanceM: number; travelTimeMin: number };
async function ask(query: string) {
  const response = await app.request(`/api/sites/nearest?lng=${AT.centre.lng}&lat=${AT.centre.lat}${query}`);
  expect(response.status).toBe(200);
  const { reachable, routing } = (await response.json()) as {
    reachable: Place[];
    routing: { by: string; note: string };
  };
  return { reachable, routing, ids: reachable.map(({ site }) => site.id) };
}

describe('a road router', () => {
  it('orders the first twenty by its own minutes, and tells its ways', async () => {
    const asked: string[] = [];
    const ids = await withRouter((request, response) => {
      asked.push(request.url!);
      // The other way round than the estimate; from the origin to itself first.
      const durations = [0, ...Array.from({ length: 20 }, (_, i) => 60 * (20 - i))];
      respond({ code: 'Ok', durations: [durations], distances: [durations.map((s) => s * 5.04)] })(request, response);
    });
    const { reachable, routing, ids: found } = await ask('&limit=22&mode=foot');
    expect(found).toEqual([...ids.slice(0, 20).toReversed(), ids[20], ids[21]]);
    expect(reachable[0]).toMatchObject({ travelTimeMin: 1, travelDistanceM: 302 });
    expect(routing.by).toBe('router');
    const [address] = asked;
    expect(address).toMatch(/^\/table\/v1\/foot\/118\.118,24\.4885;118\.1/);
    expect(address).toContain('sources=0&annotations=duration,distance');
    expect(address!.split(';')).toHaveLength(21);
    // A place that the estimate puts twentieth can be the one answer.
    expect((await ask('&limit=1')).ids).toEqual([ids[19]]);
  });

  it('leaves a place to which it finds no road behind the others, with its estimate', async () => {
    const ids = await withRouter(
      respond({
        code: 'Ok',
        durations: [[0, null, ...Array.from({ length: 19 }, (_, i) => i)]],
        distances: [[0, null, ...Array.from({ length: 19 }, (_, i) => i)]],
      }),
    );
    const { reachable, ids: found } = await ask('&limit=20');
    expect(found.at(-1)).toBe(ids[0]);
    expect(reachable.at(-1)!.travelDistanceM).toBe(130);
  });

  it.each<[string, RequestListener]>([
    ['answers 500', respond({}, 500)],
    ['answers no JSON', respond('<html>')],
    ['answers another code', respond({ code: 'NoTable' })],
    ['answers a table of another size', respond({ code: 'Ok', durations: [[0, 1]], distances: [[0, 1]] })],
    ['answers negative times', respond({ code: 'Ok', durations: [[0, -1]], distances: [[0, -1]] })],
    ['hangs up', (request) => void request.socket.destroy()],
    ['never answers', () => {}],
    ['begins an answer and never ends it', (_, response) => void response.writeHead(200).write('{"code":')],
  ])('that %s is done without, and the answer says so', async (_, answer) => {
    const ids = await withRouter(answer);
    const { routing, ids: found } = await ask('&limit=20');
    expect(found).toEqual(ids.slice(0, 20));
    expect(routing).toEqual({ by: 'estimate', note: expect.stringContaining('did not answer') });
  });
});
