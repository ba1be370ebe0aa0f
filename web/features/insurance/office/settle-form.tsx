import { type FormEvent, useState } from 'react';
import { SETTLEMENT_KINDS } from '#domain/insurance/ledger.ts';
import { enterSettlement } from '../../../client/insurance-office.ts';
import { useInsuranceRefusals } from '../../../client/insurance-refusals.ts';
import { officeLedger as en } from '../../../client/messages/en/office-ledger.ts';
import { officeLedger as zh } from '../../../client/messages/zh/office-ledger.ts';
import { readYuan, yuanOf } from '../../../client/money.ts';
import { randomUuid } from '../../../client/random-uuid.ts';
import { useTexts } from '../../../client/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { SelectField, TextField } from '../../../ui/field.tsx';
import { showToast } from '../../../ui/notices.tsx';
import styles from './desk.module.css';

type Kind = (typeof SETTLEMENT_KINDS)[number];

/** Enters what the bank's statement shows. The same form sent twice enters it once. */
export function SettleForm({
  today,
  insurerId: usual,
  onDone,
}: {
  today: string;
  insurerId: string;
  onDone: () => void;
}) {
  const { settle: m, kinds } = useTexts({ zh, en });
  const refusal = useInsuranceRefusals();
  const [id, setId] = useState(randomUuid);
  const [kind, setKind] = useState<Kind>('subsidy_received');
  const [amount, setAmount] = useState('');
  const [day, setDay] = useState(today);
  const [reference, setReference] = useState('');
  const [typedInsurer, setInsurer] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const insurerId = (typedInsurer ?? usual).trim();
  const amountFen = readYuan(amount);
  const isReady = Boolean(amountFen) && day && reference.trim() && (kind === 'subsidy_received' || insurerId);

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (!isReady || !amountFen) return;
    setBusy(true);
    setError(null);
    const shared = { id, amountFen, day, reference: reference.trim() };
    try {
      const { stillDueFen } = await enterSettlement(
        kind === 'subsidy_received' ? { ...shared, kind } : { ...shared, kind, insurerId },
      );
      showToast({ text: m.done(yuanOf(stillDueFen)) });
      setId(randomUuid());
      setAmount('');
      setReference('');
      setTried(false);
      onDone();
    } catch (failure) {
      setError(refusal(failure));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form className={styles.card} aria-labelledby="ledger-settle" noValidate onSubmit={(event) => void onSubmit(event)}>
      <h2 id="ledger-settle">{m.heading}</h2>
      <p className={styles.quiet}>{m.hint}</p>
      <div className={styles.fields}>
        <SelectField label={m.kind} value={kind} onChange={(value) => setKind(value as Kind)}>
          {SETTLEMENT_KINDS.map((code) => (
            <option key={code} value={code}>
              {kinds[code]}
            </option>
          ))}
        </SelectField>
        <TextField
          label={m.amount}
          inputMode="decimal"
          value={amount}
          error={tried && !amountFen ? m.wrongAmount : null}
          onChange={setAmount}
        />
        <TextField label={m.day} type="date" value={day} error={tried && !day ? m.missing : null} onChange={setDay} />
        <TextField
          label={m.reference}
          value={reference}
          error={tried && !reference.trim() ? m.missing : null}
          onChange={(text) => setReference(text.slice(0, 80))}
        />
        {kind === 'premium_transferred' && (
          <TextField
            label={m.insurer}
            value={typedInsurer ?? usual}
            error={tried && !insurerId ? m.missing : null}
            onChange={(text) => setInsurer(text.slice(0, 80))}
          />
        )}
      </div>
      {error && (
        <p role="alert" className={styles.warning}>
          {error}
        </p>
      )}
      <div>
        <Button type="submit" variant="primary" disabled={busy} aria-busy={busy}>
          {busy ? m.sending : m.send}
        </Button>
      </div>
    </form>
  );
}
