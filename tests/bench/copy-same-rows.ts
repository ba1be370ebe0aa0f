import { finished } from 'node:stream/promises';
import type { Connection } from '../../db/connect.ts';

const TABLES = ['sites', 'service_points'] as const;

/** Seconds that COPY takes. */
export type CopyTimes = {
  /** Into tables shaped as the real ones: columns, indexes, checks and foreign keys, without the triggers. */
  likeRealS: number;
  /** Into tables of the same columns and nothing else. */
  bareS: number;
};

/** COPY of the rows that an import has stored, out of memory, into new tables that are dropped again. */
export async function copySameRows(connection: Connection): Promise<CopyTimes> {
  const client = connection.openClient();
  try {
    const times: CopyTimes = { likeRealS: 0, bareS: 0 };
    for (const table of TABLES) {
      const text = await copyOut(connection, table);
      const [bare, likeReal] = [`bare_${table}`, `like_real_${table}`];
      await client`create table ${client(bare)} (like ${client(table)})`;
      await client`create table ${client(likeReal)} (like ${client(table)} including all)`;
      const keys = await client<{ definition: string }[]>`
        select pg_get_constraintdef(oid) as definition from pg_constraint
        where conrelid = ${table}::regclass and contype = 'f'`;
      for (const { definition } of keys) {
        await client.unsafe(`alter table ${likeReal} add ${definition}`);
      }
      times.bareS += await copyIn(connection, bare, text);
      times.likeRealS += await copyIn(connection, likeReal, text);
      await client`drop table ${client(bare)}, ${client(likeReal)}`;
    }
    return times;
  } finally {
    await client.end({ timeout: 1 });
  }
}

async function copyOut(connection: Connection, table: string): Promise<Buffer> {
  const client = connection.openClient();
  const pieces: Buffer[] = [];
  for await (const piece of await client`copy ${client(table)} to stdout`.readable()) pieces.push(piece as Buffer);
  await client.end({ timeout: 1 });
  return Buffer.concat(pieces);
}

async function copyIn(connection: Connection, table: string, text: Buffer): Promise<number> {
  const client = connection.openClient();
  const startedAt = performance.now();
  const into = await client`copy ${client(table)} from stdin`.writable();
  into.setMaxListeners(0);
  for (let at = 0; at < text.length; at += 1 << 18) {
    if (!into.write(text.subarray(at, at + (1 << 18)))) await new Promise((resolve) => into.once('drain', resolve));
  }
  into.end();
  await finished(into);
  const seconds = (performance.now() - startedAt) / 1000;
  await client.end({ timeout: 1 });
  return seconds;
}
