import type { doors as zh } from '../zh/doors.ts';

export const doors: typeof zh = {
  heading: 'Yilubao insurance',
  enrol: 'Get covered',
  enrolNext: 'Pick days and pay; cover starts tomorrow at the earliest',
  claim: 'Claim',
  claimNext: 'Write it down first, also offline; it is reported once you are online',
  accident: {
    heading: 'Write it down and report it',
    text: 'Start now: it is kept on the phone first and survives no network and a closed browser. Once online it is reported.',
    start: 'Start writing',
  },
};
