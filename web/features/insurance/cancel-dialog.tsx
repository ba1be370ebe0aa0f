import { daysOf, rangesOf } from '#domain/insurance/day-ranges.ts';
import { useState } from 'react';
import type { EnrolmentView } from '#domain/insurance/enrolment-contract.ts';
import { cancelDaysFrom } from '../../client/enrolments.ts';
import { cover as en } from '../../client/messages/en/cover.ts';
import { enrol as enrolEn } from '../../client/messages/en/enrol.ts';
import { cover as zh } from '../../client/messages/zh/cover.ts';
import { enrol as enrolZh } from '../../client/messages/zh/enrol.ts';
import { useMessages } from '../../client/messages.ts';
import { yuanOf } from '../../client/money.ts';
import { useInsuranceRefusals } from '../../client/insurance-refusals.ts';
import { useTexts } from '../../client/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField } from '../../ui/field.tsx';
import { showToast } from '../../ui/notices.tsx';
import { longDayWords, rangesWords } from './day-words.ts';
import styles from './insurance.module.css';

/** Which days go back and what comes back for them, before anything is done. */
export function CancelDialog({
  enrolment,
  today,
  onClose,
  onDone,
}: {
  enrolment: EnrolmentView | null;
  today: string;
  onClose: () => void;
  onDone: () => void;
}) {
  const { close } = useMessages().shell;
  const m = useTexts({ zh, en });
  return (
    <Dialog open={enrolment !== null} onClose={onClose} title={m.cancelTitle} closeLabel={close}>
      {enrolment?.cancelFrom && (
        <CancelForm
          enrolment={enrolment}
          first={enrolment.cancelFrom}
          today={today}
          onClose={onClose}
          onDone={onDone}
        />
      )}
    </Dialog>
  );
}

function CancelForm({
  enrolment,
  first,
  today,
  onClose,
  onDone,
}: {
  enrolment: EnrolmentView;
  first: string;
  today: string;
  onClose: () => void;
  onDone: () => void;
}) {
  const m = useTexts({ zh, en });
  const texts = useTexts({ zh: enrolZh, en: enrolEn });
  const { time } = useMessages().places;
  const refusal = useInsuranceRefusals();
  const [from, setFrom] = useState(first);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const can = daysOf(enrolment.days).filter((day) => day >= first);
  const gone = can.filter((day) => day >= from);
  // The own share is that of all days bought, those given back before among them.
  const bought = enrolment.coveredDays + enrolment.refunds.reduce((sum, { days }) => sum + days, 0);
  const backFen = Math.round(enrolment.ownFen / Math.max(1, bought)) * gone.length;

  async function onCancel(): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      await cancelDaysFrom(enrolment.id, from);
      showToast({ text: m.cancelled(yuanOf(backFen)) });
      onDone();
      onClose();
    } catch (failure) {
      setError(refusal(failure));
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className={styles.section}>
      <SelectField label={m.cancelFrom} value={from} onChange={setFrom}>
        {can.map((day) => (
          <option key={day} value={day}>
            {longDayWords(day, today, time)}
          </option>
        ))}
      </SelectField>
      <p>
        <strong>{m.cancelSum(rangesWords(rangesOf(gone), today, time, texts), gone.length, yuanOf(backFen))}</strong>
      </p>
      <p className={styles.warning}>{m.cancelWarning}</p>
      {error && <p role="alert">{error}</p>}
      <div className={styles.actions}>
        <Button variant="danger" disabled={busy} onClick={() => void onCancel()}>
          {m.cancelNow}
        </Button>
        <Button onClick={onClose}>{m.keep}</Button>
      </div>
    </div>
  );
}
