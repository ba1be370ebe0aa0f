import { useCallback, useEffect, useState } from 'react';
import type { MyCover } from '#domain/insurance/enrolment-contract.ts';
import { refreshSession } from './accounts.ts';
import { ask } from './ask.ts';
import { insuranceApiPaths } from './insurance-paths.ts';
import { keepKnownCover, type KnownCover } from './known-cover.ts';
import { isSignedOut } from './refusals.ts';

export type CoverState = { retry: () => void } & (
  | { status: 'off' | 'loading' }
  | { status: 'failed'; error: unknown }
  | { status: 'ready'; cover: MyCover; refresh: 'done' | 'running' | 'failed' }
);

/** What the person who is signed in is covered by. Asked only while `signedIn`; each answer is kept for `readKnownCover`. */
export function useMyCover(signedIn: boolean): CoverState {
  const [round, setRound] = useState(0);
  const [state, setState] = useState<{ cover: MyCover | null; error: unknown; round: number }>({
    cover: null,
    error: null,
    round: -1,
  });
  const retry = useCallback(() => setRound((number) => number + 1), []);

  useEffect(
    function askNow() {
      if (!signedIn) return;
      let left = false;
      async function askOnce(): Promise<void> {
        try {
          const cover = await ask<MyCover>(insuranceApiPaths.myCover());
          keepKnownCover({ days: knownFrom(cover), identityKept: cover.name !== null && cover.idNumber !== null });
          if (!left) setState({ cover, error: null, round });
        } catch (error) {
          if (!left) setState((old) => ({ ...old, error, round }));
          if (isSignedOut(error)) void refreshSession();
        }
      }
      void askOnce();
      return () => {
        left = true;
      };
    },
    [signedIn, round],
  );

  useEffect(
    function askWhenBack() {
      if (!signedIn) return;
      const onVisible = () => document.visibilityState === 'visible' && retry();
      addEventListener('online', retry);
      document.addEventListener('visibilitychange', onVisible);
      return () => {
        removeEventListener('online', retry);
        document.removeEventListener('visibilitychange', onVisible);
      };
    },
    [signedIn, retry],
  );

  const running = state.round !== round;
  if (!signedIn) return { status: 'off', retry };
  if (state.cover) {
    return {
      status: 'ready',
      cover: state.cover,
      refresh: running ? 'running' : state.error ? 'failed' : 'done',
      retry,
    };
  }
  return state.error && !running ? { status: 'failed', error: state.error, retry } : { status: 'loading', retry };
}

/** The covered days without anything that says whose they are. */
export function knownFrom({ enrolments }: MyCover): KnownCover[] {
  return enrolments.flatMap(({ state, days, employerName, certificateCode, payer }) =>
    state === 'insured' || state === 'held'
      ? days.map(({ from, to }) => ({
          from,
          to,
          by: payer === 'employer' ? (employerName ?? '') : null,
          held: state === 'held',
          code: certificateCode,
        }))
      : [],
  );
}
