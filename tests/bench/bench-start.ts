import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProgram } from './processes.ts';
import { median, type Section } from './report.ts';

const WARM_STARTS = 3;

/** From starting `api/server.ts` to its "ready" line: on an empty folder, and on the folder that it left. */
export async function benchStart(): Promise<Section> {
  const dataDir = await mkdtemp(join(tmpdir(), 'luyi-bench-start-'));
  const start = async () => {
    const env = { DATA_DIR: dataDir, DATABASE_URL: '', PORT: '0', SEED: 'demo', BASEMAP: 'none' };
    const server = await startProgram('api/server.ts', /is ready: /, env);
    await server.stop();
    return server.readyAfterMs / 1000;
  };
  try {
    const cold = await start();
    const warm: number[] = [];
    for (let i = 0; i < WARM_STARTS; i++) warm.push(await start());
    return {
      title: 'Start of the server with the embedded database and the demo city',
      measures: [
        { name: 'cold: database created, migrated, seeded', value: cold, unit: 's' },
        { name: `warm: median of ${WARM_STARTS}`, value: median(warm), unit: 's' },
      ],
      notes: ['Without building the web app, which `npm start` does first.'],
    };
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}
