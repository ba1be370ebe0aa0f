import { useCallback, useEffect, useState } from 'react';
import type { EnrolmentView, SubmitEnrolment } from '#domain/insurance/enrolment-contract.ts';
import {
  findEnrolment,
  keepChosenDays,
  keepPending,
  type PendingEnrolment,
  readPending,
  submitEnrolment,
} from '../../client/enrolments.ts';
import { RequestRefused } from '../../client/request.ts';

/**
 * Where an order stands. `asking`: an earlier one was sent and nobody knows yet what became of it; `lost`: it could not
 * be asked; `unsent`: it never arrived, so its id and days are used again.
 */
export type OrderState =
  | { status: 'none' }
  | { status: 'asking' | 'lost' | 'unsent'; pending: PendingEnrolment }
  | { status: 'placed'; enrolment: EnrolmentView };

/** An order from its first sending to its payment; `orderId`: one to go on with, from an address. */
export function useOrder(signedIn: boolean, orderId: string | null) {
  const [state, setState] = useState<OrderState>(() => {
    const pending = orderId ? { id: orderId, days: [], answered: true } : readPending();
    return pending ? { status: 'asking', pending } : { status: 'none' };
  });
  const asked = state.status === 'asking' ? state.pending : null;

  useEffect(
    function askWhatBecameOfIt() {
      if (!asked || !signedIn) return;
      let left = false;
      async function askOnce(pending: PendingEnrolment): Promise<void> {
        try {
          const enrolment = await findEnrolment(pending.id);
          if (!left) setState({ status: 'placed', enrolment });
        } catch (error) {
          if (left) return;
          const never = error instanceof RequestRefused && (error.status === 404 || error.status === 403);
          if (never && pending.answered) {
            // Another person's, or gone: nothing of it is to be sent again.
            keepPending(null);
            setState({ status: 'none' });
          } else {
            if (never) keepChosenDays(pending.days);
            setState({ status: never ? 'unsent' : 'lost', pending });
          }
        }
      }
      void askOnce(asked);
      return () => {
        left = true;
      };
    },
    [asked, signedIn],
  );

  useEffect(function askWhenBack() {
    const onOnline = () =>
      setState((now) => (now.status === 'lost' ? { status: 'asking', pending: now.pending } : now));
    addEventListener('online', onOnline);
    return () => removeEventListener('online', onOnline);
  }, []);

  const onChange = useCallback((enrolment: EnrolmentView) => setState({ status: 'placed', enrolment }), []);

  /** Throws what went wrong; the order is then still remembered when it may have arrived. */
  async function send(body: SubmitEnrolment): Promise<void> {
    const pending = { id: body.id, days: body.days, answered: false };
    keepPending(pending);
    try {
      const enrolment = await submitEnrolment(body);
      keepPending({ ...pending, answered: true });
      setState({ status: 'placed', enrolment });
    } catch (error) {
      // The server said no: nothing was stored under this id.
      if (error instanceof RequestRefused && error.status < 500) keepPending(null);
      else setState({ status: 'lost', pending });
      throw error;
    }
  }

  function drop(): void {
    keepPending(null);
    setState({ status: 'none' });
  }

  function askAgain(): void {
    if (state.status === 'lost') setState({ status: 'asking', pending: state.pending });
  }

  return { state, send, drop, askAgain, onChange };
}
