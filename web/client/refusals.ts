import { refusals as en } from './messages/en/refusals.ts';
import { refusals as zh } from './messages/zh/refusals.ts';
import { RequestRefused } from './request.ts';
import { useTexts } from './texts.ts';

export type RefusalTexts = typeof zh;

/** Says why something was refused and what to do, in the person's language. */
export function useRefusals(): (error: unknown) => string {
  const texts = useTexts({ zh, en });
  return (error) => refusalWords(error, texts);
}

/** By the problem's code, then by the status; without an answer at all it was the network. */
export function refusalWords(error: unknown, texts: RefusalTexts): string {
  if (!(error instanceof RequestRefused)) {
    if (error instanceof DOMException && error.name === 'TimeoutError') return texts.slow;
    return error instanceof TypeError ? texts.offline : texts.unknown;
  }
  const { problem, status } = error;
  const byCode = problem && texts.codes[problem.code];
  if (byCode) return byCode;
  if (status >= 500) return texts.serverError(problem?.requestId ?? null);
  return texts.statuses[String(status)] ?? texts.unknown;
}

export function isSignedOut(error: unknown): boolean {
  return error instanceof RequestRefused && error.problem?.code === 'not_signed_in';
}
