import { rangesOf } from '#domain/insurance/day-ranges.ts';
import { useState } from 'react';
import { currentWording } from '#domain/accounts/consent-wordings.ts';
import type { MyCover } from '#domain/insurance/enrolment-contract.ts';
import { keepPending, policyTerms, submitEnrolment } from '../../client/enrolments.ts';
import { insurancePaths } from '../../client/insurance-paths.ts';
import { useKept } from '../../client/kept-resource.ts';
import { cover as en } from '../../client/messages/en/cover.ts';
import { enrol as enrolEn } from '../../client/messages/en/enrol.ts';
import { cover as zh } from '../../client/messages/zh/cover.ts';
import { enrol as enrolZh } from '../../client/messages/zh/enrol.ts';
import { useMessages } from '../../client/messages.ts';
import { yuanOf } from '../../client/money.ts';
import { knownFrom } from '../../client/my-cover.ts';
import { randomUuid } from '../../client/random-uuid.ts';
import { useInsuranceRefusals } from '../../client/insurance-refusals.ts';
import { RequestRefused } from '../../client/request.ts';
import { useTexts } from '../../client/texts.ts';
import { Button } from '../../ui/button.tsx';
import { navigate } from '../../ui/location.ts';
import { addDays } from '#domain/time/shanghai.ts';
import { coveredDays } from './covered-days.ts';
import { firstDay, nextDays } from './day-choice.ts';
import { rangesWords } from './day-words.ts';
import styles from './insurance.module.css';
import { TermsBox } from './terms-box.tsx';

/** As many days again as were bought last, from the first free day behind the cover that there is: one tap, then pay. */
export function RenewButton({ cover }: { cover: MyCover }) {
  const m = useTexts({ zh, en });
  const texts = useTexts({ zh: enrolZh, en: enrolEn });
  const { time } = useMessages().places;
  const refusal = useInsuranceRefusals();
  const terms = useKept(policyTerms);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  if (terms.status !== 'ready' || cover.name === null || cover.idNumber === null) return null;
  const last = [...cover.enrolments]
    .filter(({ payer, state }) => payer === 'self' && state === 'insured')
    .sort((a, b) => a.createdAt.localeCompare(b.createdAt))
    .at(-1);
  if (!last || last.coveredDays === 0) return null;
  const { data } = terms;
  const limits = { today: cover.today, terms: data, covered: coveredDays(knownFrom(cover)) };
  const lastEnd = last.days.at(-1)!.to;
  const from = lastEnd >= firstDay(limits) ? addDays(lastEnd, 1) : firstDay(limits);
  const days = nextDays(last.coveredDays, limits, from);
  if (!days.length) return null;

  async function onRenew(): Promise<void> {
    const id = randomUuid();
    setBusy(true);
    setError(null);
    keepPending({ id, days, answered: false });
    try {
      await submitEnrolment({
        id,
        days,
        termsVersion: data.version,
        consent: { identityWording: currentWording('identity').version, terms: true },
        channel: 'me',
      });
      keepPending({ id, days, answered: true });
    } catch (failure) {
      if (failure instanceof RequestRefused && failure.status < 500) {
        keepPending(null);
        setError(refusal(failure));
        setBusy(false);
        return;
      }
      // It may have arrived: the page it leads to finds out.
    }
    navigate(insurancePaths.enrol({ channel: 'me' }));
  }

  return (
    <div className={styles.section}>
      <Button variant="primary" icon="refresh" wide disabled={busy} onClick={() => void onRenew()}>
        {busy
          ? m.renewing
          : m.renew(
              days.length,
              rangesWords(rangesOf(days), cover.today, time, texts),
              yuanOf(days.length * data.ownShareFenPerDay.value),
            )}
      </Button>
      <p className={styles.quiet}>{m.renewHint}</p>
      {error && <p role="alert">{error}</p>}
      <TermsBox terms={data} />
    </div>
  );
}
