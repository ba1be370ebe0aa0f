import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Sql } from 'postgres';
import type { Connection } from '../../../db/connect.ts';
import type { importRows } from '../../../db/tables/office.ts';

/** A judged row on its way into `import_rows`. */
export type StagedRow = Omit<typeof importRows.$inferInsert, 'importId' | 'factsBefore'>;

/** Takes judged rows in, in order. Nothing is there for others to see before `end`; `abandon` leaves nothing behind. */
export type RowStage = {
  write: (rows: readonly StagedRow[]) => Promise<void>;
  end: () => Promise<void>;
  abandon: (reason: Error) => Promise<void>;
};

const COLUMNS = [
  'import_id',
  'row',
  'fate',
  'cells',
  'document',
  'issues',
  'site_id',
  'base_revision',
  'news',
  'external_id',
  'candidate',
  'own_fate',
  'decision',
] as const;

/** Opens the way into the staging table, with `sql`, a client of its own: COPY on a server, else inserts of many rows. */
export function openRowStage(sql: Sql, engine: Connection['engine'], importId: string): Promise<RowStage> {
  return engine === 'postgresql' ? stageByCopy(sql, importId) : Promise.resolve(stageByInserts(sql, importId));
}

async function stageByCopy(sql: Sql, importId: string): Promise<RowStage> {
  const stream: Writable = await sql`copy import_rows (${sql(COLUMNS)}) from stdin`.writable();
  let failure: Error | undefined;
  stream.on('error', (error) => (failure = error));
  return {
    async write(rows) {
      if (failure) throw failure;
      let text = '';
      for (const row of rows) text += copyLine(importId, row);
      if (!stream.write(text)) await drained(stream);
      if (failure) throw failure;
    },
    async end() {
      stream.end();
      await finished(stream);
      await sql`analyze import_rows`;
    },
    async abandon(reason) {
      stream.destroy(reason);
      await finished(stream).catch(() => {});
    },
  };
}

/** Resolves when there is room again, or when there never will be. */
function drained(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stream.off('drain', done).off('close', done);
      resolve();
    };
    stream.on('drain', done).on('close', done);
  });
}

/** One line of COPY's text format. */
function copyLine(importId: string, row: StagedRow): string {
  const news = row.news.length === 0 ? '{}' : `{${row.news.join(',')}}`; // codes of ours, which need no quotes
  return `${importId}\t${row.row}\t${row.fate}\t${json(row.cells)}\t${json(row.document)}\t${json(row.issues)}\t${cell(row.siteId)}\t${row.baseRevision ?? NULL}\t${news}\t${cell(row.externalId)}\t${json(row.candidate)}\t${row.ownFate}\t${row.decision ?? NULL}\n`;
}

const NULL = '\\N';
const SPECIAL = /[\\\t\n\r]/g;
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const escape = (text: string) => text.replace(SPECIAL, (character) => ESCAPES[character]!);
const cell = (text: string | null | undefined) => (text === null || text === undefined ? NULL : escape(text));
const json = (value: unknown) => (value === null || value === undefined ? NULL : escape(JSON.stringify(value)));

const ROWS_PER_INSERT = 500;

/**
 * The embedded engine has no COPY, and an open transaction would make everybody wait, so each insert is its own. The rows
 * belong to an import that is being checked, of which nobody reads any before it has been.
 */
function stageByInserts(sql: Sql, importId: string): RowStage {
  return {
    async write(rows) {
      for (let from = 0; from < rows.length; from += ROWS_PER_INSERT) {
        const text = JSON.stringify(rows.slice(from, from + ROWS_PER_INSERT).map(toRecord));
        await sql`
          insert into import_rows (${sql(COLUMNS)})
          select ${importId}::uuid, r.row, r.fate, r.cells, r.document, r.issues, r.site_id, r.base_revision, r.news,
            r.external_id, r.candidate, r.own_fate, r.decision
          from jsonb_to_recordset(${text}::text::jsonb) as r(row int, fate text, cells jsonb, document jsonb,
            issues jsonb, site_id text, base_revision int, news text[], external_id text, candidate jsonb, own_fate text,
            decision text)`;
      }
    },
    async end() {
      await sql`analyze import_rows`;
    },
    async abandon() {
      await sql`delete from import_rows where import_id = ${importId}`;
    },
  };
}

function toRecord({ siteId, baseRevision, externalId, ownFate, ...row }: StagedRow) {
  return { ...row, site_id: siteId, base_revision: baseRevision, external_id: externalId, own_fate: ownFate };
}
