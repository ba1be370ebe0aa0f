/** `npm run bench`: see README.md beside this file. */
import { parseArgs } from 'node:util';
import { benchImport } from './bench-import.ts';
import { benchInsurance } from './bench-insurance.ts';
import { benchLighthouse } from './bench-lighthouse.ts';
import { benchLoad } from './bench-load.ts';
import { benchNearest } from './bench-nearest.ts';
import { benchPhone } from './bench-phone.ts';
import { benchSnapshot } from './bench-snapshot.ts';
import { benchStart } from './bench-start.ts';
import { describeMachine } from './machine.ts';
import { formatSection, type Section } from './report.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    sites: { type: 'string', default: '5000,200000,1000000' },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '1' },
  },
});

const PARTS: Record<string, () => Promise<Section>> = {
  nearest: () =>
    benchNearest({
      counts: values.sites.split(',').map(Number),
      seconds: Number(values.seconds),
      rounds: Number(values.rounds),
    }),
  snapshot: benchSnapshot,
  import: benchImport,
  insurance: benchInsurance,
  load: benchLoad,
  phone: benchPhone,
  start: benchStart,
  lighthouse: benchLighthouse,
};

const chosen = values.only?.flatMap((names) => names.split(',')) ?? Object.keys(PARTS);
const unknown = chosen.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  console.error(`There is no part "${unknown.join('", "')}": choose from ${Object.keys(PARTS).join(', ')}.`);
  process.exit(2);
}

const machine = describeMachine();
const say = (text: string) => {
  if (!values.json) console.log(text);
};
say(
  `# Bench\n\n${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, Node ${machine.node}, ${machine.date}\n`,
);
const sections: Section[] = [];
for (const name of chosen) {
  const section = await PARTS[name]!();
  sections.push(section);
  say(formatSection(section));
}
if (values.json) console.log(JSON.stringify({ machine, sections }, null, 2));
