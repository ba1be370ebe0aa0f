import type { accident as zh } from '../zh/accident.ts';

export const accident: typeof zh = {
  title: 'I had an accident',
  first: 'People first, everything else after',
  call: { '120': 'Ambulance', '122': 'Traffic accident', '110': 'Police' },
  callLabel: (name, number) => `Call ${number}, ${name}`,
  steps: 'Do this first',
  step1:
    'Stop somewhere safe; switch on hazard lights if there are any. Get to a safe place beside the road, out of the traffic.',
  step2: 'Someone is hurt: call 120 and do not move them without need.',
  step3: 'Someone is hurt, ran away, was drunk, or you cannot agree: call 122 or 110 and wait for the police.',
  keep: 'Keep these',
  keepPhoto: 'Photos',
  keepPhotoText:
    'The whole scene, number plates, the damage, the crossing and its lights, injuries, the other person’s papers.',
  keepPlace: 'Place',
  keepPlaceText: 'Road, house number, what is near; a screenshot of the map position.',
  keepTime: 'Time',
  keepTimeText: 'When it happened, when you called; a screenshot of the order you were carrying.',
  keepWitness: 'Witnesses',
  keepWitnessText: 'Names and phone numbers of who saw it; cameras nearby, dash cams.',
  keepPapers: 'Papers',
  keepPapersText: 'The accident statement, medical records, test results, receipts: keep every original.',
  askNext: 'Then ask',
  hotlines: {
    '12333': 'Labour: work injury, social insurance, unpaid wages',
    '12348': 'Legal aid: free legal advice',
    '12345': 'City hotline',
    '12351': 'Union hotline',
  },
  unverified: 'number not verified for this city',
  offices: 'Yilubao claims offices',
  officesHint: 'The service station of every street and town takes claims, and so does the window at the centre.',
  officesLink: 'Nearest claims offices',
  officesStreetLink: 'By street (no position needed)',
  offline: 'This page opens without a network.',
  advice: 'These are common-sense reminders, not legal advice.',
};
