import { useState } from 'react';
import { PERSONAL_FIELDS, type PersonalField } from '#domain/accounts/personal-data.ts';
import { type ConsentState, type PersonalData, withdrawConsent } from '../../client/accounts.ts';
import { me as en } from '../../client/messages/en/me.ts';
import { me as zh } from '../../client/messages/zh/me.ts';
import { officeApiPaths } from '../../client/office-paths.ts';
import { useRefusals } from '../../client/refusals.ts';
import { useTexts } from '../../client/texts.ts';
import { useAsked } from '../../client/use-asked.ts';
import { Button } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AskDialog } from './ask-dialog.tsx';
import { dayOf } from './instant-words.ts';
import styles from './me.module.css';
import { PersonalFieldDialog } from './personal-field-dialog.tsx';

/** What is kept of the person, masked, each with its consent; and the consents, each to be withdrawn. */
export function PersonalDataSection() {
  const m = useTexts({ zh, en });
  const refusal = useRefusals();
  const asked = useAsked<PersonalData>(officeApiPaths.personalData());
  const [editing, setEditing] = useState<PersonalField | null>(null);
  const [withdrawing, setWithdrawing] = useState<ConsentState | null>(null);

  if (asked.status === 'loading') return <Skeleton rows={3} label={m.loading} />;
  if (asked.status === 'failed') {
    return (
      <div role="alert" className={styles.failed}>
        <p>{refusal(asked.error)}</p>
        <Button icon="refresh" onClick={asked.retry}>
          {m.retry}
        </Button>
      </div>
    );
  }
  const { data, retry } = asked;
  return (
    <>
      <section className={styles.section} aria-labelledby="my-data">
        <h2 id="my-data">{m.data.heading}</h2>
        <p className={styles.quiet}>{m.data.hint}</p>
        <ul className={styles.rows}>
          {PERSONAL_FIELDS.map((field) => {
            const known = data.fields.find((kept) => kept.field === field);
            const has = known !== undefined;
            return (
              <li key={field} className={styles.row}>
                <span className={styles.what}>
                  <strong>{m.data.fields[field]}</strong>
                  <span className={has ? undefined : styles.quiet}>{has ? known.masked : m.data.none}</span>
                  {has && <span className={styles.quiet}>{m.data.savedOn(dayOf(known.updatedAt))}</span>}
                </span>
                <Button
                  aria-label={`${has ? m.data.change : m.data.fill}: ${m.data.fields[field]}`}
                  onClick={() => setEditing(field)}
                >
                  {has ? m.data.change : m.data.fill}
                </Button>
              </li>
            );
          })}
        </ul>
      </section>
      <section className={styles.section} aria-labelledby="my-consents">
        <h2 id="my-consents">{m.consents.heading}</h2>
        {data.consents.length === 0 && <p className={styles.quiet}>{m.consents.none}</p>}
        <ul className={styles.rows}>
          {data.consents.map((consent) => (
            <li key={`${consent.purpose} ${consent.givenAt}`} className={styles.row}>
              <span className={styles.what}>
                <strong>{m.consents.purposes[consent.purpose]}</strong>
                <span className={styles.quiet}>
                  {m.consents.given(dayOf(consent.givenAt), consent.wordingVersion)}
                  {consent.withdrawnAt && ` · ${m.consents.withdrawn(dayOf(consent.withdrawnAt))}`}
                </span>
              </span>
              {!consent.withdrawnAt && (
                <Button
                  aria-label={`${m.consents.withdraw}: ${m.consents.purposes[consent.purpose]}`}
                  onClick={() => setWithdrawing(consent)}
                >
                  {m.consents.withdraw}
                </Button>
              )}
            </li>
          ))}
        </ul>
      </section>
      <PersonalFieldDialog key={editing} field={editing} onClose={() => setEditing(null)} onSaved={retry} />
      <AskDialog
        open={withdrawing !== null}
        onClose={() => setWithdrawing(null)}
        title={withdrawing ? m.consents.withdrawTitle(m.consents.purposes[withdrawing.purpose]) : ''}
        body={m.consents.withdrawBody}
        action={m.consents.withdrawNow}
        cancel={m.data.cancel}
        done={m.consents.withdrawnNow}
        run={async () => {
          await withdrawConsent(withdrawing!.purpose);
          retry();
        }}
      />
    </>
  );
}
