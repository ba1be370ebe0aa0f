import { expect, test } from 'vitest';
import { refusals as en } from './messages/en/refusals.ts';
import { refusals as zh } from './messages/zh/refusals.ts';
import { isSignedOut, refusalWords } from './refusals.ts';
import { RequestRefused } from './request.ts';

const refused = (status: number, code: string, requestId?: string) =>
  new RequestRefused(status, { title: 'no', status, code, ...(requestId && { requestId }) });

test.each([
  ['the code of the problem', refused(400, 'code_wrong'), zh.codes.code_wrong],
  ['the status, when the code is new', refused(404, 'something_new_not_found'), zh.statuses['404']],
  ['the number to quote of a failure of ours', refused(500, 'internal_error', 'abc'), zh.serverError('abc')],
  ['the missing network', new TypeError('Failed to fetch'), zh.offline],
  ['the long wait', new DOMException('timed out', 'TimeoutError'), zh.slow],
  ['nothing else', new RequestRefused(418, null), zh.unknown],
])('a refusal is said by %s', (_name, error, expected) => {
  expect(refusalWords(error, zh)).toBe(expected);
});

test('every refusal has words in both languages', () => {
  expect(Object.keys(en.codes).sort()).toEqual(Object.keys(zh.codes).sort());
});

test('only a missing session means signed out, not a wrong password', () => {
  expect(isSignedOut(refused(401, 'not_signed_in'))).toBe(true);
  expect(isSignedOut(refused(401, 'sign_in_failed'))).toBe(false);
  expect(isSignedOut(new TypeError('Failed to fetch'))).toBe(false);
});
