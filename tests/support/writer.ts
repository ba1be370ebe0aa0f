/**
 * A process that writes rows to the embedded database in DATA_DIR until it is killed. It prints `found <ids>` for the
 * rows that are there when it starts, and `wrote <id>` for every row that was acknowledged.
 */
import { connectDatabase } from '../../db/connect.ts';

const { sql } = await connectDatabase({ dataDir: process.env.DATA_DIR!, poolSize: 2 });
await sql`create table if not exists written (id serial primary key, filler text)`;
const rows = await sql<{ id: number }[]>`select id from written order by id`;
console.log(`found ${rows.map((row) => row.id).join(' ')}`);
for (;;) {
  // Long enough to spread over pages, so that a kill also falls between the log and the table.
  const [row] = await sql<{ id: number }[]>`
    insert into written (filler) values (${'x'.repeat(2000)}) returning id`;
  console.log(`wrote ${row!.id}`);
}
