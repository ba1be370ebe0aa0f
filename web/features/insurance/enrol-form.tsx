import { rangesOf } from '#domain/insurance/day-ranges.ts';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { currentWording } from '#domain/accounts/consent-wordings.ts';
import type { MyCover, SubmitEnrolment } from '#domain/insurance/enrolment-contract.ts';
import type { PolicyTerms } from '#domain/insurance/policy-terms.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import { keepChosenDays, readChosenDays } from '../../client/enrolments.ts';
import { enrol as en } from '../../client/messages/en/enrol.ts';
import { enrol as zh } from '../../client/messages/zh/enrol.ts';
import { useMessages } from '../../client/messages.ts';
import { yuanOf } from '../../client/money.ts';
import type { KnownCover } from '../../client/known-cover.ts';
import { knownFrom } from '../../client/my-cover.ts';
import { useTexts } from '../../client/texts.ts';
import { Button } from '../../ui/button.tsx';
import { coveredDays } from './covered-days.ts';
import { dayFault, type DayLimits, nextDays } from './day-choice.ts';
import { DayPicker } from './day-picker.tsx';
import { longDayWords, rangesWords } from './day-words.ts';
import { ageFault, isName, judgeIdNumber, plainId } from './identity.ts';
import { ConsentTick, IdentityFields, Tick, type TypedIdentity } from './identity-fields.tsx';
import styles from './insurance.module.css';
import { TermsBox, UnverifiedMark } from './terms-box.tsx';

export type Order = Pick<SubmitEnrolment, 'days' | 'termsVersion' | 'name' | 'idNumber' | 'consent'>;

/** Days, price, terms, who and consent; `onSend` gets what is to be sent. */
export function EnrolForm({
  terms,
  cover,
  known,
  identityConsented,
  signIn,
  busy,
  message,
  identity,
  setIdentity,
  onSend,
}: {
  terms: PolicyTerms;
  /** Null: not signed in. */
  cover: MyCover | null;
  /** What this phone knows to be covered while nobody is signed in. */
  known: readonly KnownCover[];
  identityConsented: boolean;
  /** The way in, for somebody who is not signed in. */
  signIn: ReactNode;
  busy: boolean;
  message: string | null;
  /** What was typed stays with the caller, so that nothing has to be typed twice after a lost answer. */
  identity: TypedIdentity;
  setIdentity: (identity: TypedIdentity) => void;
  onSend: (order: Order) => void;
}) {
  const m = useTexts({ zh, en });
  const { time } = useMessages().places;
  const [openedAtMs] = useState(() => Date.now());
  const today = cover?.today ?? shanghaiDay(openedAtMs);
  const limits: DayLimits = { today, terms, covered: coveredDays(cover ? knownFrom(cover) : known) };
  const [wanted, setWanted] = useState<readonly string[]>(() => readChosenDays() ?? nextDays(1, limits));
  const [agreed, setAgreed] = useState({ identity: false, terms: false });
  const [tried, setTried] = useState(false);

  // What turned out to be covered (after signing in) or too late (after midnight) falls out of the choice.
  const chosen = wanted.filter((day) => dayFault(day, limits) === null);
  const dropped = wanted.filter((day) => limits.covered.has(day));
  useEffect(
    function keepChoice() {
      keepChosenDays(wanted);
    },
    [wanted],
  );

  const ownFen = chosen.length * terms.ownShareFenPerDay.value;
  const subsidyFen = chosen.length * terms.subsidyFenPerDay.value;
  const isKnown = cover?.name != null && cover.idNumber != null;
  const ages = { minAge: terms.minAge.value, maxAge: terms.maxAge.value };
  const age = isKnown ? null : ageFault(identity.idNumber, chosen, today, ages);
  const ageError = age && m.who[age.fault](age.age, longDayWords(age.day, today, time));
  const needsConsent = !isKnown || !identityConsented;

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    const whole = isKnown || (isName(identity.name, today) && judgeIdNumber(identity.idNumber, today).state === 'good');
    if (!chosen.length || !whole || age || !agreed.terms || (needsConsent && !agreed.identity)) {
      requestAnimationFrame(() => document.querySelector('[aria-invalid="true"], [data-missing]')?.scrollIntoView());
      return;
    }
    onSend({
      days: chosen,
      termsVersion: terms.version,
      ...(!isKnown && { name: identity.name.trim(), idNumber: plainId(identity.idNumber) }),
      consent: { identityWording: currentWording('identity').version, terms: true },
    });
  }

  const choice = (
    <>
      <DayPicker limits={limits} chosen={chosen} onChange={setWanted} />
      {dropped.length > 0 && (
        <output className={styles.warning}>
          {m.pick.alreadyCovered(rangesWords(rangesOf(dropped), today, time, m))}
        </output>
      )}
      <dl className={styles.prices}>
        <div className={styles.own}>
          <dt>
            {m.price.own} <UnverifiedMark figures={[terms.ownShareFenPerDay]} />
          </dt>
          <dd>{m.yuan(yuanOf(ownFen))}</dd>
        </div>
        <div>
          <dt>
            {m.price.subsidy} <UnverifiedMark figures={[terms.subsidyFenPerDay]} />
          </dt>
          <dd>{m.yuan(yuanOf(subsidyFen))}</dd>
        </div>
        <div>
          <dt>
            {m.price.total} · {m.days(chosen.length)}
          </dt>
          <dd>{m.yuan(yuanOf(ownFen + subsidyFen))}</dd>
        </div>
      </dl>
      <TermsBox terms={terms} />
    </>
  );
  if (!cover) {
    return (
      <>
        {choice}
        <section className={styles.section} aria-labelledby="who-is-covered">
          <h2 id="who-is-covered">{m.who.heading}</h2>
          <p>{m.who.signIn}</p>
          {signIn}
        </section>
      </>
    );
  }
  return (
    <form className={styles.form} noValidate onSubmit={onSubmit}>
      {choice}
      <section className={styles.section} aria-labelledby="who-is-covered">
        <h2 id="who-is-covered">{m.who.heading}</h2>
        {isKnown ? (
          <p className={styles.cardHead}>
            <span>
              <strong>{m.who.known(cover.name!, cover.idNumber!)}</strong>
              <br />
              <span className={styles.quiet}>{m.who.knownHint}</span>
            </span>
          </p>
        ) : (
          <IdentityFields value={identity} onChange={setIdentity} today={today} tried={tried} ageError={ageError} />
        )}
        {needsConsent ? (
          <ConsentTick
            purpose="identity"
            label={m.who.consent}
            textLabel={m.who.consentText}
            checked={agreed.identity}
            onChange={(checked) => setAgreed({ ...agreed, identity: checked })}
          />
        ) : (
          <p className={styles.quiet}>{m.who.consentKept}</p>
        )}
        <Tick
          label={m.who.terms}
          checked={agreed.terms}
          onChange={(checked) => setAgreed({ ...agreed, terms: checked })}
        />
        {tried && (!agreed.terms || (needsConsent && !agreed.identity)) && (
          <p role="alert" data-missing="" className={styles.warning}>
            {m.who.mustAgree}
          </p>
        )}
        {message && <p role="alert">{message}</p>}
      </section>
      <div className={styles.bar}>
        <p>
          <span>{chosen.length ? rangesWords(rangesOf(chosen), today, time, m) : m.pick.none}</span>
          <strong>{m.days(chosen.length)}</strong>
        </p>
        <Button type="submit" variant="primary" wide disabled={busy || !chosen.length}>
          {busy ? m.send.sending : chosen.length ? m.send.next(yuanOf(ownFen)) : m.send.chooseDays}
        </Button>
      </div>
    </form>
  );
}
