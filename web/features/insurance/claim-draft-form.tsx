import { type ReactNode, useEffect, useState } from 'react';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import { saveDraft } from '../../client/claim-drafts.ts';
import { reportClaim, useSendings } from '../../client/claim-sender.ts';
import type { ClaimDraft } from '../../client/claim-store.ts';
import { useRefusalOfCode } from '../../client/insurance-refusals.ts';
import { claim as en } from '../../client/messages/en/claim.ts';
import { enrol as enrolEn } from '../../client/messages/en/enrol.ts';
import { claim as zh } from '../../client/messages/zh/claim.ts';
import { enrol as enrolZh } from '../../client/messages/zh/enrol.ts';
import { useMessages } from '../../client/messages.ts';
import type { KnownOnPhone } from '../../client/known-cover.ts';
import { useTexts } from '../../client/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Field, inputClass } from '../../ui/field.tsx';
import { TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import styles from './claim-form.module.css';
import { ClaimLines, ClaimWitnesses } from './claim-lists.tsx';
import { ClaimOffice, type Offices } from './claim-office.tsx';
import { ClaimWhen } from './claim-when.tsx';
import { ClaimWhere } from './claim-where.tsx';
import { momentWords } from './day-words.ts';
import { type Missing, missingOf } from './draft-checks.ts';
import { FilesField } from './files-field.tsx';
import { Folded } from './folded.tsx';
import { ConsentTick, IdentityFields } from './identity-fields.tsx';
import insurance from './insurance.module.css';

/** The claim as it lies on the phone. Every change is stored at once; reporting needs no network to begin. */
export function ClaimDraftForm({
  initial,
  known,
  offices,
  signIn,
  onDiscard,
}: {
  initial: ClaimDraft;
  known: KnownOnPhone | null;
  offices: Offices | null;
  /** The way in, when somebody is known to be signed out; null otherwise. */
  signIn: ReactNode;
  onDiscard: () => void;
}) {
  const m = useTexts({ zh, en });
  const texts = useTexts({ zh: enrolZh, en: enrolEn });
  const refusalOf = useRefusalOfCode();
  const { time } = useMessages().places;
  const [draft, setDraft] = useState(initial);
  const [stored, setStored] = useState<'yes' | 'no'>('yes');
  const [tried, setTried] = useState(false);
  const [nowMs, setNowMs] = useState(() => Date.now());
  const sending = useSendings().get(draft.id);
  const identityKept = known?.identityKept ?? false;
  const all = missingOf(draft, nowMs, identityKept);
  const missing = tried ? all : all.filter((code) => code === 'future' || code === 'tooOld');
  const today = shanghaiDay(nowMs);

  useEffect(function keepFirst() {
    void keep(initial);
    // Only the first time: after that every change is kept where it is made.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);

  async function keep(next: ClaimDraft): Promise<void> {
    try {
      await saveDraft(next);
      setStored('yes');
    } catch {
      setStored('no');
    }
  }

  function onChange(change: Partial<ClaimDraft>): void {
    const at = Date.now();
    const next = { ...draft, ...change, savedAtMs: at, refusal: null };
    setDraft(next);
    setNowMs(at);
    void keep(next);
  }

  function onReport(): void {
    setTried(true);
    if (all.length) {
      requestAnimationFrame(() => document.querySelector('[data-missing]')?.scrollIntoView({ block: 'center' }));
      return;
    }
    void reportClaim({ ...draft, savedAtMs: Date.now() });
  }

  const part = { draft, onChange };
  return (
    <>
      <p className={stored === 'yes' ? styles.quiet : styles.warning} role={stored === 'no' ? 'alert' : undefined}>
        <span className={styles.saved}>
          <Icon name={stored === 'yes' ? 'check' : 'warning'} size={1} />
          {stored === 'yes' ? m.draft.kept(momentWords(draft.savedAtMs, today, time)) : m.draft.notKept}
        </span>
      </p>
      {draft.refusal && (
        <div className={insurance.notice} data-tone="warning" role="alert">
          <strong>{m.send.refused}</strong>
          <p>{refusalOf(draft.refusal)}</p>
        </div>
      )}
      <ClaimWhen {...part} missing={missing} known={known?.days ?? null} nowMs={nowMs} />
      <section className={styles.part} aria-labelledby="claim-what">
        <h2 id="claim-what">{m.what.heading}</h2>
        <Field label={m.what.label} hint={m.what.hint} error={missing.includes('what') ? m.what.missing : null}>
          {(control) => (
            <textarea
              {...control}
              className={inputClass}
              rows={4}
              maxLength={4000}
              value={draft.whatHappened}
              onChange={({ target }) => onChange({ whatHappened: target.value })}
            />
          )}
        </Field>
      </section>
      <ClaimWhere {...part} />
      <section className={styles.part} aria-labelledby="claim-files">
        <h2 id="claim-files">{m.files.heading}</h2>
        <FilesField draftId={draft.id} sending={sending} onAdded={() => onChange({})} />
      </section>
      <Folded title={m.what.more} note={filled([draft.work, draft.hospital, draft.phone].filter(Boolean).length)}>
        <TextField label={m.what.work} value={draft.work} onChange={(text) => onChange({ work: text.slice(0, 500) })} />
        <TextField
          label={m.what.hospital}
          value={draft.hospital}
          onChange={(text) => onChange({ hospital: text.slice(0, 200) })}
        />
        <TextField
          label={m.what.phone}
          type="tel"
          value={draft.phone}
          onChange={(text) => onChange({ phone: text.slice(0, 30) })}
        />
      </Folded>
      <Folded title={m.witnesses.heading} note={filled(draft.witnesses.length)}>
        <ClaimWitnesses {...part} />
      </Folded>
      <Folded title={m.lines.heading} note={filled(draft.lines.length)}>
        <ClaimLines {...part} />
      </Folded>
      <ClaimOffice
        offices={offices}
        point={draft.point}
        value={draft.receivingSiteId}
        onChange={(receivingSiteId) => onChange({ receivingSiteId })}
      />
      <section className={styles.part} aria-labelledby="claim-who">
        <h2 id="claim-who">{m.who.heading}</h2>
        {identityKept ? (
          <p>{texts.who.knownHint}</p>
        ) : (
          <>
            <p className={styles.quiet}>{m.who.keptHere}</p>
            <IdentityFields
              value={draft}
              onChange={({ name, idNumber }) => onChange({ name, idNumber })}
              today={today}
              tried={tried}
            />
          </>
        )}
        <ConsentTick
          purpose="identity"
          label={m.who.identity}
          textLabel={m.who.consentText}
          checked={draft.consent.identity}
          onChange={(identity) => onChange({ consent: { ...draft.consent, identity } })}
        />
        <ConsentTick
          purpose="medical"
          label={m.who.medical}
          textLabel={m.who.consentText}
          checked={draft.consent.medical}
          onChange={(medical) => onChange({ consent: { ...draft.consent, medical } })}
        />
      </section>
      {signIn && (
        <section className={styles.part}>
          <p>{m.who.signIn}</p>
          {signIn}
        </section>
      )}
      <Button variant="quiet" onClick={onDiscard}>
        {m.draft.discard}
      </Button>
      {missing.length > 0 && tried && (
        <div className={insurance.notice} data-tone="warning" data-missing="" role="alert">
          <p>{m.send.missing}</p>
          <ul className={styles.missing}>
            {missing.map((code) => (
              <li key={code}>{missingWords(code)}</li>
            ))}
          </ul>
        </div>
      )}
      <div className={insurance.bar}>
        <p className={styles.quiet}>{m.send.nowHint}</p>
        <Button variant="primary" wide onClick={onReport}>
          {m.send.now}
        </Button>
      </div>
    </>
  );

  function missingWords(code: Missing): string {
    const words: Record<Missing, string> = {
      when: m.when.missing,
      future: m.when.future,
      tooOld: m.when.tooOld,
      what: m.what.missing,
      lines: m.lines.wrong,
      name: texts.who.nameMissing,
      idNumber: `${texts.who.idNumber}: ${texts.who.idHint}`,
      consentIdentity: m.who.identity,
      consentMedical: m.who.medical,
    };
    return words[code];
  }
}

function filled(count: number): string {
  return count ? String(count) : '';
}
