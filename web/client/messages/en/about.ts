import type { about as zh } from '../zh/about.ts';

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

export const about: typeof zh = {
  what: 'What it is',
  whatText:
    'Luyi shows Xiamen’s riders, drivers and couriers where they can rest, drink, eat, have a dispute mediated or claim on Yilubao insurance nearby: whether it is open now, whether one can get there, and how to get in.',
  privacy: 'Privacy',
  privacyText:
    'Your position stays on this phone. The phone works out what is nearest; the server does not know where you are. No sign-in, no tracking, no ads. When you report something wrong, only what you chose, what you wrote, the time and the id of the place are sent. Street map tiles come from the site that serves them, and it sees which part of the map you look at.',
  data: 'Where the data is from, and how sure it is',
  dataText:
    'Real places come from public reports and sources, each with its source and date. Location, hours and facilities are verified separately. What is not verified says so; what is not known is “not known”, never “no”.',
  dataRough:
    'For many claims offices only the street is known. The map shows a circle in which they may be: call before you go. Where an office has no number, ask 12333 for the address first (labour hotline).',
  dataReach:
    'Distances are estimated over land and the bridges and tunnels you may use; they are not routes. Times use average speeds (on foot 4.8, e-bike 15, car 25 km/h).',
  demo: 'Demo data',
  demoText: 'Places marked “Demo” are invented, to show what it looks like with data. Do not go looking for them.',
  demoOff: 'No demo data is installed.',
  limits: 'What it cannot do',
  limitsText:
    'It is no emergency service. Hours may change without notice, and until a holiday arrangement is published the hours on holidays may be wrong.',
  map: 'Map',
  mapReview: (number) => `Map review number: ${number}`,
  mapNoReview: 'The operator has not set a map review number yet; the street map is for trying out only.',
  mapAttribution: 'Street map',
  land: 'District borders of the offline outline map come from public border data, the coast from OpenStreetMap of 2017 (© OpenStreetMap contributors, ODbL 1.0); expect errors of some hundred metres. Land reclaimed since, small lakes and reservoirs are not drawn.',
  licences: 'Licences',
  licencesText:
    'The open-source software used has its own licences. react-leaflet is under the Hippocratic License 2.1, which asks its users to respect human rights.',
  keyboard: 'Keyboard',
  keys: [
    ['1–9', 'Open that place of the list'],
    ['Esc', 'Close a panel, back to the list'],
    ['Tab', 'Move between buttons'],
    ['↑ ↓ ← →', 'On the map: move; + − zoom'],
  ],
  freshness: (when, count) => `${plural(count, 'place', 'places')} on this phone, data of ${when}.`,
  noData: 'No data on this phone yet.',
};
