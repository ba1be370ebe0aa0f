import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { createLandNetwork } from '#domain/geo/land-network.ts';
import { readCrossings, readReachZones } from '../../seed/reference/data.ts';
import { newDataDir } from '../support/template.ts';
import { openCluster } from './postgres-cluster.ts';
import { startProgram } from './processes.ts';
import type { Measure, Section } from './report.ts';
import { writeList } from './synthetic-list.ts';

const ROWS = 200_000;
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
  copyS: number | null;
  beforeMb: number;
  peakAfterMb: number;
};

/** The import of a spreadsheet of the country's size on a server, and of a province's on the embedded database. */
export async function benchImport(): Promise<Section> {
  const folder = await mkdtemp(join(tmpdir(), 'luyi-bench-import-'));
  const network = createLandNetwork(readReachZones(), readCrossings());
  const notes: string[] = [];
  const measures: Measure[] = [];
  try {
    measures.push(...(await onServer(folder, network, notes)));
    const list = join(folder, 'small.csv');
    await writeList(list, EMBEDDED_ROWS, network);
    const dataDir = await newDataDir();
    try {
      const { first } = await runProgram({ LIST: list, DATA_DIR: dataDir, DATABASE_URL: '' });
      const rows = `embedded, ${EMBEDDED_ROWS.toLocaleString('en-US')} rows`;
      measures.push(
        { name: `${rows}: read, judge, stage`, value: first.checkS, unit: 's' },
        { name: `${rows}: store`, value: first.storeS, unit: 's' },
        { name: `${rows}: nearest and snapshot follow`, value: first.followS, unit: 's' },
      );
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return { title: 'Import of a spreadsheet', measures, notes };
}

async function onServer(
  folder: string,
  network: ReturnType<typeof createLandNetwork>,
  notes: string[],
): Promise<Measure[]> {
  const cluster = await openCluster();
  if (!cluster) {
    notes.push('No PostgreSQL: set TEST_DATABASE_URL or install postgresql-15 and postgresql-15-postgis-3.');
    return [];
  }
  const [list, edition] = [join(folder, 'stations.csv'), join(folder, 'edition.csv')];
  await writeList(list, ROWS, network);
  await writeList(edition, ROWS, network, CHANGED_ROWS);
  const admin = postgres(cluster.url, { max: 1, onnotice: () => {} });
  const name = `luyi_bench_import_${process.pid}`;
  const url = new URL(cluster.url);
  url.pathname = `/${name}`;
  await admin`create database ${admin(name)}`;
  try {
    const result = await runProgram({ LIST: list, CHANGED_LIST: edition, DATABASE_URL: url.href });
    const { first, again, copyS, readS, beforeMb, peakAfterMb } = result;
    notes.push(`Fates: ${JSON.stringify(first.counts)}, then ${JSON.stringify(again!.counts)}.`);
    const rows = `${ROWS.toLocaleString('en-US')} rows`;
    const wholeS = first.checkS + first.storeS;
    return [
      { name: `${rows}: COPY of the same rows, no index`, value: copyS!, unit: 's' },
      { name: `${rows}: reading alone`, value: readS, unit: 's' },
      { name: `${rows}: read, judge, stage`, value: first.checkS, unit: 's' },
      { name: `${rows}: store in one transaction`, value: first.storeS, unit: 's' },
      {
        name: `${rows}: all of it / COPY`,
        value: wholeS / copyS!,
        unit: '×',
        goals: [
          { kind: 'floor', atMost: 10 },
          { kind: 'aim', atMost: 5 },
        ],
      },
      {
        name: `${rows}: memory over before, until stored`,
        value: first.peakAtStoredMb - beforeMb,
        unit: 'MB',
        goals: [{ kind: 'floor', atMost: 512 }],
      },
      { name: `${rows}: with the places in memory`, value: peakAfterMb - beforeMb, unit: 'MB' },
      {
        name: `${rows}: nearest and snapshot follow`,
        value: first.followS,
        unit: 's',
        goals: [{ kind: 'floor', atMost: 20 }],
      },
      {
        name: `${CHANGED_ROWS.toLocaleString('en-US')} changes: nearest and snapshot follow`,
        value: again!.followS,
        unit: 's',
        goals: [{ kind: 'floor', atMost: 2 }],
      },
      { name: `next edition, ${CHANGED_ROWS} of ${rows} changed: store`, value: again!.storeS, unit: 's' },
      { name: 'next edition: memory over before', value: again!.peakAtStoredMb - beforeMb, unit: 'MB' },
    ];
  } finally {
    await admin`drop database if exists ${admin(name)} with (force)`;
    await admin.end();
    await cluster.close();
  }
}

async function runProgram(env: Record<string, string>): Promise<Result> {
  const program = await startProgram('tests/bench/import-program.ts', /^result /, env, ['--expose-gc']);
  await program.stop();
  return JSON.parse(program.readyLine.slice('result '.length)) as Result;
}
