import { expect, test } from 'vitest';
import { readArrival } from './report-facts.ts';

const ID = '00000000-0000-4000-8000-000000000001';

test.each([
  ['', { section: null, part: null, reportIds: [], draftId: null }],
  [`?fact=hours&reports=${ID},${ID}`, { section: 'services', part: 'hours', reportIds: [ID, ID] }],
  [`?fact=location&draft=${ID}`, { section: 'position', part: null, draftId: ID }],
  ['?fact=facilities', { section: 'services', part: 'facilities' }],
  ['?fact=constructor&reports=x,&draft=1', { section: null, part: null, reportIds: [], draftId: null }],
])('somebody arrives with %s', (search, arrival) => {
  expect(readArrival(search)).toMatchObject(arrival);
});
