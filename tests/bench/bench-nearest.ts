import autocannon from 'autocannon';
import postgres from 'postgres';
import { createLandNetwork, type LandNetwork } from '#domain/geo/land-network.ts';
import type { Point } from '#domain/geo/point.ts';
import { readCrossings, readReachZones } from '../../seed/reference/data.ts';
import { loadSites } from './load-sites.ts';
import { openCluster } from './postgres-cluster.ts';
import { startProgram } from './processes.ts';
import { startRedis } from './redis.ts';
import { type Goal, type Measure, median, type Section } from './report.ts';
import { queryPoints } from './synthetic-sites.ts';

const CONNECTIONS = 50;
const POINTS = 5000;
const LIMIT = 10;

export type NearestOptions = {
  counts: readonly number[];
  /** Seconds that each way to answer is asked, in each of its `rounds`. */
  seconds: number;
  rounds: number;
};

const GOALS: Record<number, { overPostgis?: Goal[]; overConstant?: Goal[] }> = {
  200_000: { overPostgis: [{ kind: 'floor', atLeast: 2 }] },
  1_000_000: { overPostgis: [{ kind: 'aim', atLeast: 2.5 }], overConstant: [{ kind: 'aim', atLeast: 0.25 }] },
};

/** The nearest endpoint against other ways to answer the same question on the same server, in the same run. */
export async function benchNearest({ counts, seconds, rounds }: NearestOptions): Promise<Section> {
  const title = `Nearest: ${CONNECTIONS} connections, service=rest, open=now, limit ${LIMIT}, points anywhere on land`;
  const cluster = await openCluster();
  if (!cluster) {
    const skipped = 'no PostgreSQL: set TEST_DATABASE_URL or install postgresql-15 and postgresql-15-postgis-3';
    return { title, measures: [], skipped };
  }
  const network = createLandNetwork(readReachZones(), readCrossings());
  const points = queryPoints(POINTS, network);
  const measures: Measure[] = [];
  const notes: string[] = [];
  const admin = postgres(cluster.url, { max: 1, onnotice: () => {} });
  try {
    for (const count of counts) {
      const name = `luyi_bench_${process.pid}_${count}`;
      const url = new URL(cluster.url);
      url.pathname = `/${name}`;
      await admin`create database ${admin(name)}`;
      try {
        await loadSites(url.href, count, network);
        measures.push(...(await benchCount(url.href, count, network, points, { seconds, rounds }, notes)));
      } finally {
        await admin`drop database if exists ${admin(name)} with (force)`;
      }
    }
  } finally {
    await admin.end();
    await cluster.close();
  }
  return { title, measures, notes: [...new Set(notes)] };
}

async function benchCount(
  url: string,
  count: number,
  network: LandNetwork,
  points: readonly Point[],
  { seconds, rounds }: Pick<NearestOptions, 'seconds' | 'rounds'>,
  notes: string[],
): Promise<Measure[]> {
  const redis = await startRedis();
  if (!redis) notes.push('Redis is not measured: there is no redis-server.');
  const env = { DATABASE_URL: url, ...(redis && { REDIS_PORT: `${redis.port}` }) };
  const nodeArgs = process.env.BENCH_CPU_PROF
    ? ['--expose-gc', '--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_CPU_PROF}`]
    : ['--expose-gc'];
  const server = await startProgram('tests/bench/nearest-server.ts', /^ready /, env, nodeArgs);
  try {
    const { port, loadMs, rssMb } = JSON.parse(server.readyLine.slice(6)) as Record<string, number>;
    const origin = `http://127.0.0.1:${port}`;
    const ways = ['/api/sites/nearest', '/bench/constant', '/bench/constant-whole', '/bench/postgis'];
    if (redis) ways.push('/bench/redis');
    await checkSameAnswers(origin, ways.slice(3), points, network, notes);

    const rates = new Map<string, number[]>(ways.map((way) => [way, []]));
    let latency = NaN;
    for (let round = 0; round < rounds; round++) {
      for (const way of ways) {
        await ask(origin, way, points, Math.min(2, seconds)); // warm-up
        const result = await ask(origin, way, points, seconds);
        if (result.non2xx + result.errors > 0) throw new Error(`${way} failed ${result.non2xx + result.errors} times`);
        rates.get(way)!.push(result.requests.average);
        if (way === ways[0]) latency = result.latency.p99;
      }
    }
    const rate = (way: string) => median(rates.get(way) ?? []);
    const here = rate(ways[0]!);
    const size = `${count.toLocaleString('en-US')} sites`;
    const goals = GOALS[count];
    return [
      { name: `${size}: nearest`, value: here, unit: 'req/s', note: `p99 ${latency} ms` },
      { name: `${size}: (a) constant`, value: rate('/bench/constant'), unit: 'req/s' },
      { name: `${size}: (a') constant of the same bytes`, value: rate('/bench/constant-whole'), unit: 'req/s' },
      { name: `${size}: (b) PostGIS, pool of 10`, value: rate('/bench/postgis'), unit: 'req/s' },
      ...(redis ? [{ name: `${size}: (c) Redis GEOSEARCH`, value: rate('/bench/redis'), unit: 'req/s' }] : []),
      {
        name: `${size}: nearest / (a)`,
        value: here / rate('/bench/constant'),
        unit: '×',
        ...(goals?.overConstant && { goals: goals.overConstant }),
      },
      { name: `${size}: nearest / (a')`, value: here / rate('/bench/constant-whole'), unit: '×' },
      {
        name: `${size}: nearest / (b)`,
        value: here / rate('/bench/postgis'),
        unit: '×',
        ...(goals?.overPostgis && { goals: goals.overPostgis }),
      },
      ...(redis ? [{ name: `${size}: nearest / (c)`, value: here / rate('/bench/redis'), unit: '×' }] : []),
      { name: `${size}: loading them at start`, value: loadMs! / 1000, unit: 's' },
      { name: `${size}: memory of the server with them`, value: rssMb!, unit: 'MB' },
    ];
  } finally {
    await server.stop();
    await redis?.close();
  }
}

function queryOf({ lng, lat }: Point): string {
  return `lng=${lng}&lat=${lat}&service=rest&open=now&limit=${LIMIT}`;
}

function ask(origin: string, way: string, points: readonly Point[], seconds: number): Promise<autocannon.Result> {
  const requests = points.map((point, i) => ({
    path: `${way}?${queryOf(point)}`,
    headers: { 'x-forwarded-for': `10.0.${i >> 8}.${i & 255}` },
  }));
  return autocannon({ url: origin, connections: CONNECTIONS, duration: seconds, requests });
}

type Answer = { reachable: { site: { id: string }; distanceM: number }[] };

/**
 * Rivals must answer the same question: on open land, where the way is straight, they have to name the very same places
 * with the same JSON. Around bays the real endpoint's order differs, so those points only count as different.
 */
async function checkSameAnswers(
  origin: string,
  rivals: readonly string[],
  points: readonly Point[],
  network: LandNetwork,
  notes: string[],
): Promise<void> {
  const get = async (path: string) => (await (await fetch(`${origin}${path}`)).json()) as Answer;
  for (const rival of rivals) {
    let [same, asked] = [0, 0];
    for (const point of points.slice(0, 60)) {
      const place = network.locate(point);
      if (place.outside || place.zone === 'islet') continue;
      const [ours, theirs] = await Promise.all([
        get(`/api/sites/nearest?${queryOf(point)}`),
        get(`${rival}?${queryOf(point)}`),
      ]);
      const site = ({ site: { id } }: Answer['reachable'][number]) => id;
      const [a, b] = [ours.reachable.map(site).sort(), theirs.reachable.map(site).sort()];
      asked += 1;
      if (JSON.stringify(a) === JSON.stringify(b)) same += 1;
      const twin = theirs.reachable.find((one) => site(one) === site(ours.reachable[0]!));
      if (twin && JSON.stringify(Object.keys(twin.site)) !== JSON.stringify(Object.keys(ours.reachable[0]!.site))) {
        throw new Error(`${rival} answers another body`);
      }
    }
    if (same < 0.8 * asked) throw new Error(`${rival} answered only ${same} of ${asked} questions alike`);
    notes.push(`${rival} names the same ${LIMIT} places for ${same} of ${asked} points (it takes straight lines).`);
  }
}
