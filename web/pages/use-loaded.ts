import { useCallback, useEffect, useState } from 'react';
import type { Refusal } from '../client/office.ts';

export type Loaded<T> = { status: 'loading' } | { status: 'found'; data: T } | Refusal;

/** Loads once for each id, and again when asked to. What comes too late for another id is dropped. */
export function useLoaded<T>(
  id: string,
  load: (id: string) => Promise<{ status: 'found'; data: T } | Refusal>,
): [Loaded<T>, () => void] {
  const [round, setRound] = useState(0);
  const [state, setState] = useState<{ id: string; round: number; loaded: Loaded<T> } | null>(null);
  useEffect(
    function loadNow() {
      let left = false;
      const take = async () => {
        const loaded = await load(id);
        if (!left) setState({ id, round, loaded });
      };
      void take();
      return () => {
        left = true;
      };
    },
    [id, load, round],
  );
  const retry = useCallback(() => setRound((number) => number + 1), []);
  const isNow = state?.id === id && state.round === round;
  return [isNow ? state.loaded : { status: 'loading' }, retry];
}
