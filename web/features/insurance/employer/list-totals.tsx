import type { EmployerFileView } from '#domain/insurance/employer-file-contract.ts';
import styles from './employer.module.css';
import { yuan } from './employer-words.ts';
import { useEmployerTexts } from './use-employer-texts.ts';

/** What the good rows come to. */
export function ListTotals({ file }: { file: EmployerFileView }) {
  const m = useEmployerTexts();
  const t = m.totals;
  return (
    <section className={styles.card} aria-labelledby="list-totals">
      <h2 id="list-totals">{t.heading}</h2>
      <p>{m.counts(file.counts.good, file.counts.bad, file.counts.already)}</p>
      <dl className={styles.facts}>
        <div>
          <dt>{t.workers}</dt>
          <dd>{file.workers}</dd>
        </div>
        <div>
          <dt>{t.days}</dt>
          <dd>{file.coveredDays}</dd>
        </div>
        <div>
          <dt>{t.own}</dt>
          <dd>{t.yuan(yuan(file.ownFen))}</dd>
        </div>
        <div>
          <dt>{t.subsidy}</dt>
          <dd>{t.yuan(yuan(file.subsidyFen))}</dd>
        </div>
        {file.refundedFen > 0 && (
          <div>
            <dt>{t.refunded}</dt>
            <dd>{t.yuan(yuan(file.refundedFen))}</dd>
          </div>
        )}
      </dl>
      {file.unusedColumns.length > 0 && <p className={styles.quiet}>{m.rows.unused(file.unusedColumns.join('、'))}</p>}
    </section>
  );
}
