import { fileURLToPath } from 'node:url';
import { build, type Rollup } from 'vite';
import { createLandNetwork } from '#domain/geo/land-network.ts';
import { holidayCalendar } from '#domain/time/holiday-source.ts';
import { readCrossings, readReachZones } from '../../seed/reference/data.ts';
import { launchBrowser } from '../support/browser.ts';
import type { PhoneTask, PhoneTimes } from './phone-page.ts';
import { median, quantile, type Section } from './report.ts';
import { queryPoints, syntheticSites } from './synthetic-sites.ts';

const SITES = 10_000;
const THROTTLE = 6;
const QUERIES = 500;

/** The nearest query as a phone answers it: the app's own code in Chromium, with the processor slowed down. */
export async function benchPhone(): Promise<Section> {
  const code = await bundle();
  const reach = { zones: readReachZones(), crossings: readCrossings() };
  const network = createLandNetwork(reach.zones, reach.crossings);
  const task: PhoneTask = {
    features: [...syntheticSites(SITES, network)].map(({ feature }) => feature),
    reach,
    calendar: holidayCalendar([2025, 2026, 2027]),
    points: queryPoints(QUERIES, network),
    atMs: Date.parse('2026-03-10T15:00:00+08:00'),
  };
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: code });
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE });
    const times = await page.evaluate((given) => {
      const { phoneBench } = globalThis as unknown as { phoneBench: (task: typeof given) => PhoneTimes };
      return phoneBench(given);
    }, task);
    const floor = [{ kind: 'floor' as const, atMost: 8 }];
    return {
      title: `On the phone: ${SITES.toLocaleString('en-US')} sites, processor slowed ${THROTTLE}×, all filters, limit 10`,
      measures: [
        { name: 'one query, median', value: median(times.queryMs), unit: 'ms', goals: floor },
        { name: 'one query, 95 % are quicker', value: quantile(times.queryMs, 0.95), unit: 'ms', goals: floor },
        { name: 'the very first query', value: times.firstQueryMs, unit: 'ms' },
        { name: 'land network and index, once per data version', value: times.buildMs, unit: 'ms' },
        { name: 'judging every place anew, then ordering the list: median', value: median(times.listMs), unit: 'ms' },
      ],
      notes: [`${QUERIES} queries found ${times.found} places.`],
    };
  } finally {
    await browser.close();
  }
}

async function bundle(): Promise<string> {
  const output = (await build({
    configFile: false,
    logLevel: 'warn',
    resolve: { alias: { '#domain': fileURLToPath(new URL('../../api/domain', import.meta.url)) } },
    build: {
      write: false,
      lib: { entry: fileURLToPath(new URL('./phone-page.ts', import.meta.url)), formats: ['iife'], name: 'phonePage' },
    },
  })) as Rollup.RollupOutput[];
  const chunk = output[0]!.output[0];
  return chunk.code;
}
