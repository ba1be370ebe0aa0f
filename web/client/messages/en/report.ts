import type { report as zh } from '../zh/report.ts';

export const report: typeof zh = {
  refusals: {
    untimely_report: 'too long ago, or the clock is wrong',
    site_gone: 'this place is gone',
    site_not_found: 'there is no such place',
    report_id_taken: 'it was a repetition, tap again',
    invalid_request: 'something in it is not valid',
  },
  heading: 'Something wrong?',
  hint: 'One tap sends it. No sign-in.',
  whichFacility: 'Which one is wrong?',
  noteLabel: 'Add a word (optional)',
  notePlaceholder: 'For example: a notice says it moved across the road',
  sent: 'Received, thank you',
  waiting: 'Waiting: sent by itself when there is a network',
  putOff: 'Could not be sent just now: tried again by itself in a little while',
  sending: 'Sending…',
  refused: (why) => `Not accepted: ${why}`,
  refusedUnknown: 'something went wrong',
  discard: 'Delete',
  undo: 'Undo',
  undoHint: 'Noted, sending in a moment',
  noteToggle: 'Add a word first',
};
