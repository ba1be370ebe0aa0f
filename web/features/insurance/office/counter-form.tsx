import { type FormEvent, useState } from 'react';
import { currentWording } from '#domain/accounts/consent-wordings.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { ClaimView } from '#domain/insurance/claim-contract.ts';
import type { ClaimDraft } from '../../../client/claim-store.ts';
import { submitCounterClaim } from '../../../client/insurance-office.ts';
import { useInsuranceRefusals } from '../../../client/insurance-refusals.ts';
import { claim as claimEn } from '../../../client/messages/en/claim.ts';
import { enrol as enrolEn } from '../../../client/messages/en/enrol.ts';
import { officeClaims as en } from '../../../client/messages/en/office-claims.ts';
import { claim as claimZh } from '../../../client/messages/zh/claim.ts';
import { enrol as enrolZh } from '../../../client/messages/zh/enrol.ts';
import { officeClaims as zh } from '../../../client/messages/zh/office-claims.ts';
import { useLanguage } from '../../../client/messages.ts';
import { useTexts } from '../../../client/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { CheckField, SelectField, TextField } from '../../../ui/field.tsx';
import { ClaimLines, ClaimWitnesses } from '../claim-lists.tsx';
import type { Offices } from '../claim-office.tsx';
import { ClaimWhen } from '../claim-when.tsx';
import { ClaimWhere } from '../claim-where.tsx';
import type { Missing } from '../draft-checks.ts';
import { Folded } from '../folded.tsx';
import { IdentityFields } from '../identity-fields.tsx';
import { counterBody, missingAtCounter, newCounterClaim } from './counter-claim.ts';
import styles from './desk.module.css';

const CONSENTS = ['identity', 'medical'] as const;

/** The rider's form, filled in for somebody who stands at the counter. */
export function CounterForm({
  offices,
  areas,
  onReported,
}: {
  offices: Offices | null;
  /** Streets and districts whose claims this officer may receive; null: the whole city. */
  areas: readonly string[] | null;
  onReported: (claim: ClaimView) => void;
}) {
  const { counter: m, one } = useTexts({ zh, en });
  const form = useTexts({ zh: claimZh, en: claimEn });
  const { who } = useTexts({ zh: enrolZh, en: enrolEn });
  const language = useLanguage();
  const refusal = useInsuranceRefusals();
  const [typed, setDraft] = useState(() => newCounterClaim(Date.now()));
  const [nowMs, setNowMs] = useState(() => Date.now());
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const streets = officesIn(offices, areas);
  const all = streets.flatMap((street) => street.offices);
  // Where there is only one there is nothing to choose.
  const draft = all.length === 1 ? { ...typed, receivingSiteId: all[0]!.id } : typed;
  const missing = missingAtCounter(draft, nowMs);
  const shown = tried ? missing : missing.filter((code) => code === 'future' || code === 'tooOld');
  const isSigned = draft.consent.identity && draft.consent.medical;

  function onChange(change: Partial<ClaimDraft>): void {
    setDraft({ ...draft, ...change });
    setNowMs(Date.now());
  }

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (missing.length > 0) return;
    setBusy(true);
    setError(null);
    try {
      onReported(await submitCounterClaim(counterBody(draft)));
    } catch (failure) {
      setError(refusal(failure));
      setBusy(false);
    }
  }

  const part = { draft, onChange };
  return (
    <form className={`${styles.part} ${styles.narrow}`} noValidate onSubmit={(event) => void onSubmit(event)}>
      <p>{m.lead}</p>
      <p className={styles.quiet}>{m.kept}</p>
      <section className={styles.card} aria-labelledby="counter-who">
        <h2 id="counter-who">{one.person}</h2>
        <IdentityFields
          value={draft}
          onChange={({ name, idNumber }) => onChange({ name, idNumber })}
          today={shanghaiDay(nowMs)}
          tried={tried}
        />
        <TextField
          label={m.phone}
          hint={m.phoneHint}
          type="tel"
          value={draft.phone}
          onChange={(phone) => onChange({ phone: phone.slice(0, 30) })}
        />
        <CheckField
          label={m.paper}
          checked={isSigned}
          onChange={(signed) => onChange({ consent: { identity: signed, medical: signed } })}
        />
        {tried && !isSigned && (
          <p role="alert" className={styles.warning}>
            {m.paperMissing}
          </p>
        )}
        <Folded title={m.wording}>
          {CONSENTS.map((purpose) => (
            <div key={purpose}>
              <p>{currentWording(purpose)[language]}</p>
              <p className={styles.quiet}>{currentWording(purpose).version}</p>
            </div>
          ))}
        </Folded>
      </section>
      <div className={styles.card}>
        <ClaimWhen {...part} missing={shown.filter(isOfForm)} known={null} nowMs={nowMs} />
      </div>
      <section className={styles.card} aria-labelledby="counter-what">
        <h2 id="counter-what">{form.what.heading}</h2>
        <TextField
          label={form.what.label}
          hint={form.what.hint}
          rows={4}
          value={draft.whatHappened}
          error={shown.includes('what') ? form.what.missing : null}
          onChange={(text) => onChange({ whatHappened: text.slice(0, 4000) })}
        />
        <TextField
          label={form.what.work}
          value={draft.work}
          onChange={(text) => onChange({ work: text.slice(0, 500) })}
        />
        <TextField
          label={form.what.hospital}
          value={draft.hospital}
          onChange={(text) => onChange({ hospital: text.slice(0, 200) })}
        />
      </section>
      <div className={styles.card}>
        <ClaimWhere {...part} />
      </div>
      <Folded title={form.witnesses.heading}>
        <ClaimWitnesses {...part} />
      </Folded>
      <section className={styles.card} aria-labelledby="counter-lines">
        <h2 id="counter-lines">{form.lines.heading}</h2>
        <ClaimLines {...part} />
      </section>
      <div className={styles.card}>
        <SelectField
          key={all.length}
          label={m.office}
          value={draft.receivingSiteId ?? ''}
          error={shown.includes('office') ? m.noOffice : null}
          onChange={(id) => onChange({ receivingSiteId: id || null })}
        >
          <option value="">{m.chooseOffice}</option>
          {streets.map((street) => (
            <optgroup key={street.code} label={street.name}>
              {street.offices.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </optgroup>
          ))}
        </SelectField>
        <p className={styles.quiet}>{m.papersLater}</p>
      </div>
      {tried && missing.length > 0 && (
        <div className={styles.notice} data-tone="warning" role="alert">
          <strong>{m.missing}</strong>
          <ul className={styles.list}>
            {[...new Set(missing.map(missingWords))].map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </div>
      )}
      {error && (
        <p role="alert" className={styles.warning}>
          {error}
        </p>
      )}
      <div className={styles.row}>
        <Button type="submit" variant="primary" disabled={busy} aria-busy={busy}>
          {busy ? m.sending : m.send}
        </Button>
      </div>
    </form>
  );

  function missingWords(code: Missing | 'office'): string {
    const words: Record<Missing | 'office', string> = {
      when: form.when.missing,
      future: form.when.future,
      tooOld: form.when.tooOld,
      what: form.what.missing,
      lines: form.lines.wrong,
      name: who.nameMissing,
      idNumber: `${who.idNumber}: ${who.idHint}`,
      consentIdentity: m.paperMissing,
      consentMedical: m.paperMissing,
      office: m.noOffice,
    };
    return words[code];
  }
}

function isOfForm(code: Missing | 'office'): code is Missing {
  return code !== 'office';
}

/** The receiving offices of these areas by street; streets without one are left out. */
function officesIn(offices: Offices | null, areas: readonly string[] | null) {
  const streets = offices?.districts.flatMap(({ streets: ofDistrict }) => ofDistrict) ?? [];
  return streets
    .filter(({ code }) => areas === null || areas.some((area) => code.startsWith(area)))
    .map(({ code, name }) => ({ code, name, offices: offices!.inStreet(code) }))
    .filter((street) => street.offices.length > 0);
}
