import { useEffect, useState } from 'react';
import { type Calculated, calculateLines } from '../../../client/insurance-office.ts';
import { readLines, type TypedLine } from './assess-lines.ts';

/** Asked once the typing pauses this long. */
const PAUSE_MS = 250;

export type Calculation = {
  /** Of the lines as they were last right. */
  data: Calculated | null;
  /** It is not of the lines as they stand. */
  working: boolean;
  error: unknown;
};

/** What the lines come to, worked out by the service while they are typed. */
export function useCalculation(claimId: string, lines: readonly TypedLine[]): Calculation {
  const read = readLines(lines);
  const question = read && JSON.stringify(read);
  const [state, setState] = useState<{ question: string; data: Calculated | null; error: unknown }>({
    question: '',
    data: null,
    error: null,
  });
  useEffect(
    function askWhenPaused() {
      if (question === null) return;
      let left = false;
      const timer = setTimeout(() => {
        calculateLines(claimId, JSON.parse(question)).then(
          (data) => !left && setState({ question, data, error: null }),
          (error: unknown) => !left && setState((old) => ({ ...old, question, error })),
        );
      }, PAUSE_MS);
      return () => {
        left = true;
        clearTimeout(timer);
      };
    },
    [claimId, question],
  );
  return { data: state.data, working: question !== null && state.question !== question, error: state.error };
}
