import { useState } from 'react';
import { ask } from '../../../client/ask.ts';

type Page<Row> = { rows: readonly Row[]; next: string | null };
type State<Row> = { first: Page<Row>; added: readonly Row[]; next: string | null; busy: boolean; error: unknown };

/** A first page and what somebody asked for beyond it. A new first page begins anew: what follows it may be other rows. */
export function useMore<Row>(
  first: Page<Row>,
  load: (cursor: string) => Promise<Page<Row>>,
): { rows: readonly Row[]; more: (() => void) | null; busy: boolean; error: unknown } {
  const fresh: State<Row> = { first, added: [], next: first.next, busy: false, error: null };
  const [stored, setStored] = useState(fresh);
  const isSame = stored.first.rows === first.rows;
  const state = isSame ? stored : fresh;

  async function loadNext(cursor: string): Promise<void> {
    setStored({ ...state, busy: true, error: null });
    try {
      const { rows, next } = await load(cursor);
      setStored((now) =>
        now.first.rows === first.rows ? { ...now, added: [...now.added, ...rows], next, busy: false } : now,
      );
    } catch (error) {
      setStored((now) => ({ ...now, busy: false, error }));
    }
  }

  const { next } = state;
  return {
    rows: [...first.rows, ...state.added],
    more: next === null ? null : () => void loadNext(next),
    busy: state.busy,
    error: state.error,
  };
}

/** Pages of the API under their own names. */
export async function askPage<Answer, Row>(path: string, read: (answer: Answer) => Page<Row>): Promise<Page<Row>> {
  return read(await ask<Answer>(path));
}
