import { type ReactNode, useEffect, useState } from 'react';
import type { PersonalData, Session } from '../../client/accounts.ts';
import { currentWording } from '#domain/accounts/consent-wordings.ts';
import { cancelDaysFrom, keepChosenDays, keepPending, policyTerms } from '../../client/enrolments.ts';
import { type Door, insurancePaths } from '../../client/insurance-paths.ts';
import { useKept } from '../../client/kept-resource.ts';
import { enrol as en } from '../../client/messages/en/enrol.ts';
import { enrol as zh } from '../../client/messages/zh/enrol.ts';
import { useMessages } from '../../client/messages.ts';
import { readKnownCover } from '../../client/known-cover.ts';
import { useMyCover } from '../../client/my-cover.ts';
import { officeApiPaths } from '../../client/office-paths.ts';
import { randomUuid } from '../../client/random-uuid.ts';
import { useInsuranceRefusals } from '../../client/insurance-refusals.ts';
import { RequestRefused } from '../../client/request.ts';
import { useTexts } from '../../client/texts.ts';
import { useAsked } from '../../client/use-asked.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import { Button } from '../../ui/button.tsx';
import { navigate } from '../../ui/location.ts';
import { showToast } from '../../ui/notices.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { rangesWords } from './day-words.ts';
import { EnrolForm, type Order } from './enrol-form.tsx';
import type { TypedIdentity } from './identity-fields.tsx';
import styles from './insurance.module.css';
import { PaymentPanel } from './payment-panel.tsx';
import { useOrder } from './use-order.ts';

/** From the days to the certificate: choose, sign in, agree, pay. An order that was cut off is taken up again. */
export function EnrolFlow({
  door,
  orderId,
  session,
  signIn,
}: {
  door: Door;
  orderId: string | null;
  session: Session;
  signIn: ReactNode;
}) {
  const m = useTexts({ zh, en });
  const { time } = useMessages().places;
  const refusal = useInsuranceRefusals();
  const terms = useKept(policyTerms);
  const signedIn = session.status === 'in';
  const cover = useMyCover(signedIn);
  const order = useOrder(signedIn, orderId);
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState<string | null>(null);
  const [identity, setIdentity] = useState<TypedIdentity>({ name: '', idNumber: '' });
  const [lastOrder, setLastOrder] = useState<Order | null>(null);
  const { state } = order;
  const placed = state.status === 'placed' ? state.enrolment : null;

  useEffect(
    function goOnWhenInsured() {
      if (placed?.state !== 'insured') return;
      keepPending(null);
      keepChosenDays(null);
      showToast({ text: m.pay.done(rangesWords(placed.days, shanghaiDay(Date.now()), time, m)) });
      navigate(insurancePaths.certificate(placed.certificateCode), { replace: true });
    },
    [placed, m, time],
  );

  async function onSend(wanted: Order): Promise<void> {
    setBusy(true);
    setMessage(null);
    setLastOrder(wanted);
    // What may have arrived is sent again under its own id.
    const id = state.status === 'unsent' || state.status === 'lost' ? state.pending.id : randomUuid();
    try {
      await order.send({ ...wanted, id, channel: door.channel, ...(door.siteId && { siteId: door.siteId }) });
    } catch (error) {
      setMessage(error instanceof RequestRefused && error.status < 500 ? refusal(error) : m.send.lost);
      // Somebody else (an employer) may have covered a day meanwhile.
      cover.retry();
    } finally {
      setBusy(false);
    }
  }

  async function onDrop(): Promise<void> {
    const first = placed?.days[0]?.from;
    // Without a network the days become free by themselves when their time is over.
    if (placed?.state === 'held' && first) await cancelDaysFrom(placed.id, first).catch(() => {});
    order.drop();
    cover.retry();
  }

  if (placed?.state === 'held') {
    return <PaymentPanel enrolment={placed} onChange={order.onChange} onDrop={() => void onDrop()} />;
  }
  if (placed && placed.state !== 'insured') {
    return (
      <div className={styles.notice} role="alert">
        <p>{m.pay[placed.state]}</p>
        <Button variant="primary" onClick={() => void onDrop()}>
          {m.send.other}
        </Button>
      </div>
    );
  }
  if (placed || session.status === 'loading' || terms.status === 'loading') {
    return <Skeleton rows={5} label={m.loading} />;
  }
  if (terms.status === 'failed') {
    return (
      <div className={styles.notice} role="alert">
        <p>{m.termsOffline}</p>
        <Button icon="refresh" onClick={() => void policyTerms.refresh()}>
          {m.retry}
        </Button>
      </div>
    );
  }
  if (signedIn && state.status === 'asking') return <Skeleton rows={3} label={m.send.checking} />;
  if (signedIn && state.status === 'lost') {
    return (
      <div className={styles.notice} role="alert">
        <p>{message ?? m.send.checkLost}</p>
        <Button
          variant="primary"
          icon="refresh"
          disabled={busy}
          onClick={() => (lastOrder ? void onSend(lastOrder) : order.askAgain())}
        >
          {m.send.again}
        </Button>
      </div>
    );
  }
  if (cover.status === 'loading') return <Skeleton rows={5} label={m.loading} />;
  if (cover.status === 'failed' || session.status === 'failed') {
    return (
      <div className={styles.notice} role="alert">
        <p>{refusal(cover.status === 'failed' ? cover.error : (session as { error: unknown }).error)}</p>
        <Button icon="refresh" onClick={cover.retry}>
          {m.retry}
        </Button>
      </div>
    );
  }
  const form = {
    terms: terms.data,
    known: readKnownCover()?.days ?? [],
    signIn,
    busy,
    identity,
    setIdentity,
    message: message ?? (state.status === 'unsent' ? m.send.notArrived : null),
    onSend: (wanted: Order) => void onSend(wanted),
  };
  return cover.status === 'ready' ? (
    <SignedInForm {...form} cover={cover.cover} />
  ) : (
    <EnrolForm {...form} cover={null} identityConsented={false} />
  );
}

/** Asks whether the person has consented to the present wording before; until that is known they are asked again. */
function SignedInForm(props: Omit<Parameters<typeof EnrolForm>[0], 'identityConsented'>) {
  const asked = useAsked<PersonalData>(officeApiPaths.personalData());
  const wording = currentWording('identity').version;
  const consented =
    asked.status === 'ready' &&
    asked.data.consents.some(
      ({ purpose, wordingVersion, withdrawnAt }) =>
        purpose === 'identity' && wordingVersion === wording && withdrawnAt === null,
    );
  return <EnrolForm {...props} identityConsented={consented} />;
}
