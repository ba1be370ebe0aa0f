import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { createLandNetwork } from '#domain/geo/land-network.ts';
import { readCrossings, readReachZones } from '../../seed/reference/data.ts';
import { newDataDir } from '../support/template.ts';
import { openCluster } from './postgres-cluster.ts';
import { startProgram } from './processes.ts';
import type { Goal, Measure, Section } from './report.ts';
import type { CopyTimes } from './copy-same-rows.ts';
import { phoneOf, writeList } from './synthetic-list.ts';

/** The last is the one that promises are about; the others show how it grows. */
const SERVER_ROWS = [5000, 50_000, 200_000];
const EMBEDDED_ROWS = 5000;
const CHANGED_ROWS = 1000;

type Imported = {
  checkS: number;
  storeS: number;
  followS: number;
  peakAtStoredMb: number;
  counts: Record<string, number>;
};
type Result = {
  readS: number;
  first: Imported;
  again: Imported | null;
  copy: CopyTimes | null;
  beforeMb: number;
  betweenMb: number;
  peakAfterMb: number;
};
type Bench = { folder: string; network: ReturnType<typeof createLandNetwork>; notes: string[] };

/** The import of a spreadsheet of the country's size on a server, and of a province's on the embedded database. */
export async function benchImport(): Promise<Section> {
  const folder = await mkdtemp(join(tmpdir(), 'luyi-bench-import-'));
  const bench: Bench = { folder, network: createLandNetwork(readReachZones(), readCrossings()), notes: [] };
  try {
    return {
      title: 'Import of a spreadsheet',
      measures: [...(await onServer(bench)), ...(await embedded(bench))],
      notes: bench.notes,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function onServer({ folder, network, notes }: Bench): Promise<Measure[]> {
  const cluster = await openCluster();
  if (!cluster) {
    notes.push('No PostgreSQL: set TEST_DATABASE_URL or install postgresql-15 and postgresql-15-postgis-3.');
    return [];
  }
  notes.push(
    "The goals are against COPY of the very rows that an import leaves in `sites` and `service_points`, into empty tables with the same columns, indexes, checks and foreign keys, without the triggers that number versions: what the database needs for these rows to be there and to be asked for. Not in it: revisions, the list's numbers, the staged rows, all of which the import writes too. COPY into tables with columns only is printed beside it.",
  );
  const admin = postgres(cluster.url, { max: 1, onnotice: () => {} });
  const measures: Measure[] = [];
  try {
    for (const rows of SERVER_ROWS) {
      const name = `luyi_bench_import_${process.pid}`;
      const url = new URL(cluster.url);
      url.pathname = `/${name}`;
      await admin`create database ${admin(name)}`;
      try {
        const [list, edition] = [join(folder, 'stations.csv'), join(folder, 'edition.csv')];
        await writeList(list, rows, network);
        await writeList(edition, rows, network, CHANGED_ROWS);
        const isLast = rows === SERVER_ROWS.at(-1);
        const result = await runProgram(rows, {
          LIST: list,
          DATABASE_URL: url.href,
          ...(isLast && { CHANGED_LIST: edition }),
        });
        measures.push(...measuresOf(rows, result, isLast));
        if (isLast) {
          const { first, again } = result;
          notes.push(`Fates: ${JSON.stringify(first.counts)}, then ${JSON.stringify(again!.counts)}.`);
        }
      } finally {
        await admin`drop database if exists ${admin(name)} with (force)`;
      }
    }
    return measures;
  } finally {
    await admin.end();
    await cluster.close();
  }
}

function measuresOf(count: number, result: Result, isPromised: boolean): Measure[] {
  const { first, again, copy, readS, beforeMb, betweenMb, peakAfterMb } = result;
  const rows = `${count.toLocaleString('en-US')} rows`;
  const wholeS = first.checkS + first.storeS;
  const promise = (...goals: Goal[]) => (isPromised ? { goals } : {});
  return [
    { name: `${rows}: COPY into tables like the real ones`, value: copy!.likeRealS, unit: 's' },
    { name: `${rows}: COPY into bare tables`, value: copy!.bareS, unit: 's' },
    { name: `${rows}: reading alone`, value: readS, unit: 's' },
    { name: `${rows}: read, judge, stage`, value: first.checkS, unit: 's' },
    { name: `${rows}: store in one transaction`, value: first.storeS, unit: 's' },
    {
      name: `${rows}: all of it / COPY into tables like the real ones`,
      value: wholeS / copy!.likeRealS,
      unit: '×',
      ...promise({ kind: 'floor', atMost: 10 }, { kind: 'aim', atMost: 5 }),
    },
    { name: `${rows}: all of it / COPY into bare tables`, value: wholeS / copy!.bareS, unit: '×' },
    {
      name: `${rows}: memory over before, until stored`,
      value: first.peakAtStoredMb - beforeMb,
      unit: 'MB',
      ...promise({ kind: 'floor', atMost: 512 }),
    },
    { name: `${rows}: with the places in memory`, value: peakAfterMb - beforeMb, unit: 'MB' },
    {
      name: `${rows}: nearest and snapshot follow the commit`,
      value: first.followS,
      unit: 's',
      ...promise({ kind: 'floor', atMost: 20 }),
    },
    ...(again
      ? [
          {
            name: `next edition, ${CHANGED_ROWS} of ${rows} changed: read, judge, stage`,
            value: again.checkS,
            unit: 's',
          },
          { name: 'next edition: store', value: again.storeS, unit: 's' },
          {
            name: 'next edition: nearest and snapshot follow the commit of 1,000 changes',
            value: again.followS,
            unit: 's',
            goals: [{ kind: 'floor', atMost: 2 } as const],
          },
          { name: 'next edition: memory over before it', value: again.peakAtStoredMb - betweenMb, unit: 'MB' },
        ]
      : []),
  ];
}

async function embedded({ folder, network }: Bench): Promise<Measure[]> {
  const list = join(folder, 'small.csv');
  await writeList(list, EMBEDDED_ROWS, network);
  const dataDir = await newDataDir();
  try {
    const { first } = await runProgram(EMBEDDED_ROWS, { LIST: list, DATA_DIR: dataDir, DATABASE_URL: '' });
    const rows = `embedded, ${EMBEDDED_ROWS.toLocaleString('en-US')} rows`;
    return [
      { name: `${rows}: read, judge, stage`, value: first.checkS, unit: 's' },
      { name: `${rows}: store`, value: first.storeS, unit: 's' },
      { name: `${rows}: nearest and snapshot follow the commit`, value: first.followS, unit: 's' },
    ];
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function runProgram(rows: number, env: Record<string, string>): Promise<Result> {
  const phones = {
    LAST_PHONE: phoneOf(rows - 1, false),
    CHANGED_ROW: String(CHANGED_ROWS - 1),
    CHANGED_PHONE: phoneOf(CHANGED_ROWS - 1, true),
  };
  const program = await startProgram('tests/bench/import-program.ts', /^result /, { ...phones, ...env }, [
    '--expose-gc',
  ]);
  await program.stop();
  return JSON.parse(program.readyLine.slice('result '.length)) as Result;
}
