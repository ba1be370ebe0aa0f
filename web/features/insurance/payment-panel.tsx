import { Suspense, useEffect, useState } from 'react';
import type { EnrolmentView } from '#domain/insurance/enrolment-contract.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import { findEnrolment, payAgain, simulatePayment } from '../../client/enrolments.ts';
import { enrol as en } from '../../client/messages/en/enrol.ts';
import { enrol as zh } from '../../client/messages/zh/enrol.ts';
import { useMessages } from '../../client/messages.ts';
import { yuanOf } from '../../client/money.ts';
import { useInsuranceRefusals } from '../../client/insurance-refusals.ts';
import { useTexts } from '../../client/texts.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { later } from '../../ui/later.ts';
import { momentWords, rangesWords } from './day-words.ts';
import styles from './insurance.module.css';

const QrCode = later(async () => (await import('../../ui/qr-code.tsx')).QrCode);

const ASK_EVERY_MS = 3000;

/** What is to be paid and how; it follows the payment until it is there. `onPaid` gets the insured enrolment. */
export function PaymentPanel({
  enrolment,
  onChange,
  onDrop,
}: {
  enrolment: EnrolmentView;
  onChange: (enrolment: EnrolmentView) => void;
  /** Leaves it: its days become free when its time is over. */
  onDrop: () => void;
}) {
  const texts = useTexts({ zh, en });
  const m = texts.pay;
  const { time } = useMessages().places;
  const refusal = useInsuranceRefusals();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [today] = useState(() => shanghaiDay(Date.now()));
  const { id, payment, heldUntil } = enrolment;
  const open = payment?.state === 'open' ? payment : null;

  useEffect(
    function followPayment() {
      let left = false;
      const askAgain = async () => {
        if (document.visibilityState === 'hidden') return;
        try {
          const now = await findEnrolment(id);
          if (!left) onChange(now);
        } catch {
          // The next one may get through.
        }
      };
      const timer = setInterval(() => void askAgain(), ASK_EVERY_MS);
      const onReturn = () => void askAgain();
      document.addEventListener('visibilitychange', onReturn);
      addEventListener('online', onReturn);
      return () => {
        left = true;
        clearInterval(timer);
        document.removeEventListener('visibilitychange', onReturn);
        removeEventListener('online', onReturn);
      };
    },
    [id, onChange],
  );

  async function run(work: () => Promise<EnrolmentView>, stillWaiting?: string): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      const now = await work();
      if (stillWaiting && now.state === 'held') setError(stillWaiting);
      onChange(now);
    } catch (failure) {
      setError(refusal(failure));
    } finally {
      setBusy(false);
    }
  }

  const amount = yuanOf(open?.amountFen ?? enrolment.ownFen);
  return (
    <section className={styles.section} aria-labelledby="pay">
      <h2 id="pay">
        {m.heading} {texts.yuan(amount)}
      </h2>
      <p>{rangesWords(enrolment.days, today, time, texts)}</p>
      {open?.provider === 'simulated' && (
        <div className={styles.notice} data-tone="warning">
          <strong>{m.simulated}</strong>
          <p>{m.simulatedText}</p>
        </div>
      )}
      {error && <p role="alert">{error}</p>}
      {open?.provider === 'simulated' && (
        <Button
          variant="primary"
          wide
          disabled={busy}
          onClick={() =>
            void run(async () => {
              await simulatePayment(open.id);
              return findEnrolment(id);
            })
          }
        >
          {busy ? m.paying : m.simulateNow(amount)}
        </Button>
      )}
      {open?.provider === 'wechat' && (
        <>
          {open.payUrl && (
            <ButtonLink variant="primary" wide href={open.payUrl}>
              {m.wechatLink}
            </ButtonLink>
          )}
          {open.codeUrl && (
            <>
              <p>{m.wechatCode}</p>
              <span className={styles.codeRoom}>
                <Suspense>
                  <QrCode text={open.codeUrl} label={m.wechatCodeAlt} />
                </Suspense>
              </span>
            </>
          )}
          <p className={styles.quiet}>{m.waiting}</p>
          <Button disabled={busy} onClick={() => void run(() => findEnrolment(id), m.notYet)}>
            {m.paidAlready}
          </Button>
        </>
      )}
      {!open && (
        <>
          <p>{m.failed}</p>
          <Button variant="primary" wide disabled={busy} onClick={() => void run(() => payAgain(id))}>
            {m.again}
          </Button>
        </>
      )}
      {heldUntil && <p className={styles.quiet}>{m.heldUntil(momentWords(Date.parse(heldUntil), today, time))}</p>}
      <Button variant="quiet" disabled={busy} onClick={onDrop}>
        {texts.send.other}
      </Button>
    </section>
  );
}
