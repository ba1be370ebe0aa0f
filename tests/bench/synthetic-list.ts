import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { LandNetwork } from '#domain/geo/land-network.ts';
import { readDistricts, readStreets } from '../../seed/reference/data.ts';
import { syntheticSites } from './synthetic-sites.ts';

const HEADER = '站点编号,站点名称,所属区,所属街道,详细地址,经度,纬度,开放时间,设施,联系电话';
const HOURS = ['24小时', '全天', '周一至周五 8:30-12:00，14:30-18:00', '8:00-20:00', '工作日 8:30-17:30，节假日休息'];
const FACILITIES = ['空调、饮水机、微波炉', '空调、饮水机、充电插座', '饮水机，无厕所', '空调、厕所、雨伞、图书'];

/** The telephone number in the n-th row, from 0; other in an edition that changes this row. */
export function phoneOf(n: number, isChanged: boolean): string {
  return `0592-${(isChanged ? 8_000_000 : 7_000_000) + n}`;
}

/**
 * A spreadsheet of the country's size as CSV: `count` stations with numbers, in WGS-84, each with what such lists hold.
 * The first `changed` rows carry another telephone number than an edition with none changed.
 */
export async function writeList(path: string, count: number, network: LandNetwork, changed = 0): Promise<void> {
  await pipeline(Readable.from(lines(count, network, changed)), createWriteStream(path));
}

function* lines(count: number, network: LandNetwork, changed: number): Generator<string> {
  const districts = new Map(readDistricts().features.map(({ properties }) => [properties.code, properties.name]));
  const streets = new Map(readStreets().map(({ code, name }) => [code, name]));
  let batch = `\uFEFF${HEADER}\r\n`;
  let i = 0;
  for (const { feature, point } of syntheticSites(count, network)) {
    const { name, district, street } = feature.properties;
    const phone = phoneOf(i, i < changed);
    const cells = [
      `XM${i}`,
      name,
      districts.get(district!)!,
      streets.get(street!)!,
      `演示路${i}号`,
      point.lng,
      point.lat,
      HOURS[i % HOURS.length]!,
      FACILITIES[i % FACILITIES.length]!,
      phone,
    ];
    batch += `${cells.map((cell) => (/[,"]/.test(String(cell)) ? `"${cell}"` : cell)).join(',')}\r\n`;
    i += 1;
    if (batch.length < 1 << 18) continue;
    yield batch;
    batch = '';
  }
  yield batch;
}
