/** A source of map tiles on this machine, whose tiles can be made to fail. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type TileServer = {
  /** Template with {z}, {x}, {y}. */
  template: string;
  /** `z/x/y` of every tile that was asked for. */
  asked: string[];
  failing: boolean;
  close: () => Promise<void>;
};

/** 1 × 1, transparent: stretched over the tile it leaves the land below in view. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

export async function startTileServer(): Promise<TileServer> {
  const state = { asked: [] as string[], failing: false };
  const server = createServer((request, response) => {
    state.asked.push(request.url!.slice(1));
    if (state.failing) response.writeHead(503).end();
    else response.writeHead(200, { 'content-type': 'image/png', 'cache-control': 'no-store' }).end(PIXEL);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, {
    template: `http://127.0.0.1:${port}/{z}/{x}/{y}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  });
}
