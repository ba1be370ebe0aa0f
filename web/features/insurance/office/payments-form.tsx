import { type ChangeEvent, type FormEvent, useState } from 'react';
import type { TakenPayments } from '#domain/insurance/ledger-contract.ts';
import { takePayments } from '../../../client/insurance-office.ts';
import { useInsuranceRefusals } from '../../../client/insurance-refusals.ts';
import { officeInsurer as en } from '../../../client/messages/en/office-insurer.ts';
import { officeInsurer as zh } from '../../../client/messages/zh/office-insurer.ts';
import { yuanOf } from '../../../client/money.ts';
import { RequestRefused } from '../../../client/request.ts';
import { useTexts } from '../../../client/texts.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { classes } from '../../../ui/classes.ts';
import { Field, inputClass, TextField } from '../../../ui/field.tsx';
import table from '../../../ui/table.module.css';
import styles from './desk.module.css';

const MAX_CHARACTERS = 60_000;
const EXAMPLE = 'reference,claim,paid_fen,paid_on';

/** Takes back what an insurer has paid, as CSV, and says of each payment what became of it. */
export function PaymentsForm({ insurerId, onTaken }: { insurerId: string; onTaken: () => void }) {
  const { payments: m } = useTexts({ zh, en });
  const refusal = useInsuranceRefusals();
  const [csv, setCsv] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [taken, setTaken] = useState<TakenPayments | null>(null);

  async function onFile({ target }: ChangeEvent<HTMLInputElement>): Promise<void> {
    const file = target.files?.[0];
    target.value = '';
    if (!file) return;
    // A character has four bytes at most: beyond that nothing need be read.
    if (file.size > MAX_CHARACTERS * 4) return setError(m.tooLarge);
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
      setCsv(text);
      setError(text.length > MAX_CHARACTERS ? m.tooLarge : null);
    } catch {
      setError(m.unreadable);
    }
  }

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!csv.trim()) return setError(m.missing);
    if (csv.length > MAX_CHARACTERS) return setError(m.tooLarge);
    setBusy(true);
    setError(null);
    try {
      setTaken(await takePayments({ insurerId, csv }));
      setCsv('');
      onTaken();
    } catch (failure) {
      // Which line and why is said by the service.
      const detail = failure instanceof RequestRefused && failure.status === 400 ? failure.problem?.detail : null;
      setError(detail ? `${refusal(failure)} (${detail})` : refusal(failure));
    } finally {
      setBusy(false);
    }
  }

  return (
    <section className={styles.card} aria-labelledby="insurer-payments">
      <h2 id="insurer-payments">{m.heading}</h2>
      <p className={styles.quiet}>{m.hint}</p>
      <form className={styles.part} noValidate onSubmit={(event) => void onSubmit(event)}>
        <TextField label={m.text} rows={5} value={csv} placeholder={EXAMPLE} onChange={setCsv} />
        <Field label={m.file}>
          {(control) => (
            <input
              {...control}
              type="file"
              accept=".csv,text/csv"
              className={inputClass}
              onChange={(event) => void onFile(event)}
            />
          )}
        </Field>
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
      {taken && (
        <div className={table.scroll}>
          <table className={classes(table.table, table.cards)}>
            <caption>
              <output>{m.result(taken.paid, taken.differences)}</output>
            </caption>
            <thead>
              <tr>
                <th scope="col">{m.reference}</th>
                <th scope="col">{m.claim}</th>
                <th scope="col" className={table.number}>
                  {m.amount}
                </th>
                <th scope="col">{m.outcome}</th>
              </tr>
            </thead>
            <tbody>
              {taken.payments.map((payment, index) => (
                <tr key={`${payment.reference} ${index}`}>
                  <th scope="row">{payment.reference}</th>
                  <td>{payment.claim}</td>
                  <td className={table.number}>{yuanOf(payment.paidFen)}</td>
                  <td>
                    <Badge tone={payment.outcome === 'paid' ? 'good' : 'warning'}>{m.outcomes[payment.outcome]}</Badge>{' '}
                    {!payment.isNew && m.again}{' '}
                    {payment.outcome === 'amount_differs' &&
                      payment.approvedFen !== null &&
                      m.approvedFen(yuanOf(payment.approvedFen))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
