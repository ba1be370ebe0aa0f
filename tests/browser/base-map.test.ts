import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { about } from '../../web/client/messages/zh/about.ts';
import { map as mapWords } from '../../web/client/messages/zh/map.ts';
import { zh } from '../../web/client/messages/zh.ts';
import { type AppServer, startAppServer } from '../support/app-server.ts';
import { toGcj02 } from './chinese-coordinates.ts';
import { NOW_ISO } from './now.ts';
import { AT, nearRows, test } from './phones.ts';
import { startTileServer, type TileServer } from './tile-server.ts';
import { makeTinyPmtiles } from './tiny-pmtiles.ts';

const ZOOM = 17;
const TILE_PX = 256;

describe('street tiles in GCJ-02', () => {
  let tiles: TileServer;
  let server: AppServer;
  beforeAll(async () => {
    tiles = await startTileServer();
    server = await startAppServer({
      TEST_CLOCK: NOW_ISO,
      BASEMAP: 'xyz',
      BASEMAP_URL: tiles.template,
      BASEMAP_CRS: 'GCJ02',
      BASEMAP_ATTRIBUTION: '测试图源',
      BASEMAP_REVIEW_NUMBER: 'GS(2026)0001号',
    });
  });
  afterAll(async () => {
    await server?.close();
    await tiles.close();
  });

  test('lie where the places are', async ({ openPhone }) => {
    const { page } = await openPhone({ server: server.url, serviceWorkers: 'block' });
    const { lng, lat } = AT.island;
    await page.goto(`/#v=${lng},${lat},${ZOOM}`);
    const pixel = worldPixel(toGcj02([lng, lat]));
    const tile = pixel.map((value) => Math.floor(value / TILE_PX));
    const picture = page.locator(`img[src$="/${ZOOM}/${tile[0]}/${tile[1]}"]`);
    await picture.waitFor();
    expect(tiles.asked).toContain([ZOOM, ...tile].join('/'));

    const box = (await picture.boundingBox())!;
    const shown = pixel.map((value, axis) => (axis ? box.y : box.x) + (value % TILE_PX));
    // The cross stands on the point that the map was asked to show.
    const cross = (await page.locator('main div[aria-hidden="true"] > svg').boundingBox())!;
    expect(Math.abs(shown[0]! - (cross.x + cross.width / 2))).toBeLessThan(2);
    expect(Math.abs(shown[1]! - (cross.y + cross.height / 2))).toBeLessThan(2);
    // 580 m are more than four hundred pixels here: without the shift it would be another tile.
    const unshifted = worldPixel([lng, lat]).map((value) => Math.floor(value / TILE_PX));
    expect(unshifted).not.toEqual(tile);
  });

  test('name their source and the review number', async ({ openPhone }) => {
    const { page } = await openPhone({ server: server.url, serviceWorkers: 'block' });
    await page.goto('/');
    const corner = page.locator('.leaflet-control-attribution');
    await corner.getByText('测试图源').waitFor();
    await corner.getByText('GS(2026)0001号').waitFor();
    await page.goto('/about');
    await page.getByText(about.mapReview('GS(2026)0001号')).waitFor();
  });

  test('that do not come are noticed, the land stays, and the notice goes when they come again', async ({
    openPhone,
  }) => {
    const { page } = await openPhone({ server: server.url, serviceWorkers: 'block' });
    tiles.failing = true;
    await page.goto('/');
    await page.getByText(zh.places.status.tilesFailing).waitFor();
    await page.locator('.map-land').first().waitFor({ state: 'attached' });
    expect(await nearRows(page).count()).toBeGreaterThan(0);
    tiles.failing = false;
    await page.getByRole('button', { name: mapWords.zoomIn }).tap();
    await page.getByText(zh.places.status.tilesFailing).waitFor({ state: 'detached' });
  });
});

describe('a PMTiles file', () => {
  let folder: string;
  let server: AppServer;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'luyi-pmtiles-'));
    const file = join(folder, 'city.pmtiles');
    await writeFile(file, makeTinyPmtiles());
    server = await startAppServer({ TEST_CLOCK: NOW_ISO, BASEMAP: 'pmtiles', BASEMAP_URL: file });
  });
  afterAll(async () => {
    await server?.close();
    await rm(folder, { recursive: true });
  });

  test('is read in parts and drawn', async ({ openPhone }) => {
    const { page } = await openPhone({ server: server.url, serviceWorkers: 'block' });
    const answers: number[] = [];
    page.on('response', (response) => {
      if (response.url().endsWith('.pmtiles')) answers.push(response.status());
    });
    await page.goto(`/#v=${AT.island.lng},${AT.island.lat},14`);
    await page.locator('canvas.leaflet-tile').first().waitFor();
    // The middle of a drawn tile has a colour: the land of the one tile in the file.
    await expect
      .poll(() =>
        page
          .locator('canvas.leaflet-tile')
          .first()
          .evaluate((canvas: HTMLCanvasElement) => {
            const { data } = canvas.getContext('2d')!.getImageData(canvas.width / 2, canvas.height / 2, 1, 1);
            return [...data];
          }),
      )
      .toEqual([226, 223, 218, 255]);
    expect(new Set(answers)).toEqual(new Set([206]));
  });
});

/** Web Mercator pixel at `ZOOM`. */
function worldPixel([lng, lat]: [number, number]): [number, number] {
  const world = TILE_PX * 2 ** ZOOM;
  const y = Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));
  return [(lng / 360 + 0.5) * world, (0.5 - y / (2 * Math.PI)) * world];
}
