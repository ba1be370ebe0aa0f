import { existsSync } from 'node:fs';
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { startAppServer } from '../support/app-server.ts';
import { type Goal, median, type Section } from './report.ts';

const RUNS = 5;
const GOALS: Record<string, Goal> = {
  performance: { kind: 'floor', atLeast: 95 },
  accessibility: { kind: 'floor', atLeast: 100 },
  'best-practices': { kind: 'floor', atLeast: 95 },
  seo: { kind: 'floor', atLeast: 100 },
};

/** Lighthouse with its phone profile on `/` of the real service; every score is the median of five runs. */
export async function benchLighthouse(): Promise<Section> {
  const title = `Lighthouse, phone profile, median of ${RUNS}`;
  const chromePath = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
    (path) => path && existsSync(path),
  );
  if (!chromePath) return { title, measures: [], skipped: 'no installed Chromium: set CHROMIUM_PATH' };

  const server = await startAppServer({ SEED: 'demo' });
  const chrome = await launch({
    chromePath,
    chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  const scores = new Map<string, number[]>(Object.keys(GOALS).map((category) => [category, []]));
  const failed = new Set<string>();
  try {
    for (let run = 0; run < RUNS; run++) {
      const result = await lighthouse(server.url, {
        port: chrome.port,
        logLevel: 'error',
        onlyCategories: [...scores.keys()],
      });
      const { categories, audits } = result!.lhr;
      for (const [category, values] of scores) {
        const { score, auditRefs } = categories[category]!;
        values.push((score ?? NaN) * 100);
        for (const { id, weight } of auditRefs) {
          const audit = audits[id]!;
          if (weight > 0 && audit.score !== null && audit.score < 0.9) {
            failed.add(`${category}: ${audit.title}${audit.displayValue ? ` (${audit.displayValue})` : ''}`);
          }
        }
      }
    }
  } finally {
    await chrome.kill();
    await server.close();
  }
  return {
    title,
    measures: [...scores].map(([name, values]) => ({
      name,
      value: median(values),
      unit: '',
      goals: [GOALS[name]!],
      note: `runs: ${values.map(Math.round).join(' ')}`,
    })),
    notes: [...failed],
  };
}
