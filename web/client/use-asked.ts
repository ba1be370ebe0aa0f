import { useCallback, useEffect, useRef, useState } from 'react';
import { refreshSession } from './accounts.ts';
import { ask } from './ask.ts';
import { isSignedOut } from './refusals.ts';

/** What a screen can say about an answer of the API. `refresh`: how the latest attempt to renew it went. */
export type Asked<T> = { retry: () => void } & (
  | { status: 'loading' }
  | { status: 'failed'; error: unknown }
  | { status: 'ready'; data: T; asOfMs: number; refresh: 'done' | 'running' | 'failed'; error: unknown }
);

/** Not asked again more often than this by coming back to the page. */
const FRESH_MS = 30_000;

type State<T> = {
  data: T | null;
  asOfMs: number;
  error: unknown;
  /** The question that this answers. */ question: string;
};

/**
 * Asks the API and keeps the answer while the next one is on its way, also when the path changes (another filter).
 * Asked again when the network returns and when somebody comes back to the page.
 */
export function useAsked<T>(path: string): Asked<T> {
  const [state, setState] = useState<State<T>>({ data: null, asOfMs: 0, error: null, question: '' });
  const [round, setRound] = useState(0);
  const answeredAtMs = useRef(0);
  const retry = useCallback(() => setRound((number) => number + 1), []);
  const question = `${round} ${path}`;

  useEffect(
    function askNow() {
      let left = false;
      async function askOnce(): Promise<void> {
        try {
          const data = await ask<T>(path);
          answeredAtMs.current = Date.now();
          if (!left) setState({ data, asOfMs: answeredAtMs.current, error: null, question });
        } catch (error) {
          if (!left) setState((old) => ({ ...old, error, question }));
          // The session has ended meanwhile: the frame around the page is told.
          if (isSignedOut(error)) void refreshSession();
        }
      }
      void askOnce();
      return () => {
        left = true;
      };
    },
    [path, question],
  );

  useEffect(
    function askWhenBack() {
      const onVisible = () => {
        if (document.visibilityState === 'visible' && Date.now() - answeredAtMs.current > FRESH_MS) retry();
      };
      addEventListener('online', retry);
      document.addEventListener('visibilitychange', onVisible);
      return () => {
        removeEventListener('online', retry);
        document.removeEventListener('visibilitychange', onVisible);
      };
    },
    [retry],
  );

  const { data, asOfMs, error } = state;
  const running = state.question !== question;
  if (data !== null) {
    const refresh = running ? 'running' : error ? 'failed' : 'done';
    return { status: 'ready', data, asOfMs, refresh, error, retry };
  }
  if (error && !running) return { status: 'failed', error, retry };
  return { status: 'loading', retry };
}
