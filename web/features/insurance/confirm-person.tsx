import { type FormEvent, useState } from 'react';
import { currentWording } from '#domain/accounts/consent-wordings.ts';
import type { MyCover } from '#domain/insurance/enrolment-contract.ts';
import { ask } from '../../client/ask.ts';
import { insuranceApiPaths } from '../../client/insurance-paths.ts';
import { useInsuranceRefusals } from '../../client/insurance-refusals.ts';
import { cover as en } from '../../client/messages/en/cover.ts';
import { enrol as enrolEn } from '../../client/messages/en/enrol.ts';
import { cover as zh } from '../../client/messages/zh/cover.ts';
import { enrol as enrolZh } from '../../client/messages/zh/enrol.ts';
import { useTexts } from '../../client/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Folded } from './folded.tsx';
import { isName, judgeIdNumber, plainId } from './identity.ts';
import { ConsentTick, IdentityFields } from './identity-fields.tsx';
import styles from './insurance.module.css';

/** Says who one is without buying anything, and so sees what an employer has bought. */
export function ConfirmPerson({ cover, onDone }: { cover: MyCover; onDone: () => void }) {
  const m = useTexts({ zh, en });
  const { who } = useTexts({ zh: enrolZh, en: enrolEn });
  const refusal = useInsuranceRefusals();
  const [identity, setIdentity] = useState({ name: '', idNumber: '' });
  const [agreed, setAgreed] = useState(false);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  if (cover.name !== null && cover.idNumber !== null) return null;

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    setError(null);
    const whole = isName(identity.name, cover.today) && judgeIdNumber(identity.idNumber, cover.today).state === 'good';
    if (!whole) return;
    if (!agreed) return setError(who.mustAgree);
    setBusy(true);
    try {
      await ask<MyCover>(insuranceApiPaths.confirmPerson(), {
        method: 'POST',
        body: {
          name: identity.name.trim(),
          idNumber: plainId(identity.idNumber),
          consent: { identityWording: currentWording('identity').version },
        },
      });
      onDone();
    } catch (failure) {
      setError(refusal(failure));
    } finally {
      setBusy(false);
    }
  }

  const form = (
    <form className={styles.section} noValidate onSubmit={(event) => void onSubmit(event)}>
      <IdentityFields value={identity} onChange={setIdentity} today={cover.today} tried={tried} />
      <ConsentTick
        purpose="identity"
        label={who.consent}
        textLabel={who.consentText}
        checked={agreed}
        onChange={setAgreed}
      />
      {error && <p role="alert">{error}</p>}
      <Button type="submit" variant="primary" disabled={busy}>
        {m.confirmPerson}
      </Button>
    </form>
  );
  if (!cover.employerWaits) return <Folded title={m.employerQuestion}>{form}</Folded>;
  return (
    <section className={styles.section}>
      <p className={styles.notice}>{m.employerWaits}</p>
      {form}
    </section>
  );
}
