import { type FormEvent, useState } from 'react';
import type { ClaimView } from '#domain/insurance/claim-contract.ts';
import { DECLINE_CODES, type DeclineCode } from '#domain/insurance/claim-lifecycle.ts';
import type { RecordReview, SampleView } from '#domain/insurance/review-contract.ts';
import { recordReview } from '../../../client/insurance-office.ts';
import { useInsuranceRefusals } from '../../../client/insurance-refusals.ts';
import { insuranceApiPaths } from '../../../client/insurance-paths.ts';
import { claimWords as wordsEn } from '../../../client/messages/en/claim-words.ts';
import { officeClaims as claimsEn } from '../../../client/messages/en/office-claims.ts';
import { officeFairness as en } from '../../../client/messages/en/office-fairness.ts';
import { claimWords as wordsZh } from '../../../client/messages/zh/claim-words.ts';
import { officeClaims as claimsZh } from '../../../client/messages/zh/office-claims.ts';
import { officeFairness as zh } from '../../../client/messages/zh/office-fairness.ts';
import { useTexts } from '../../../client/texts.ts';
import { useAsked } from '../../../client/use-asked.ts';
import { Button } from '../../../ui/button.tsx';
import { ChoiceGroup } from '../../../ui/choice-group.tsx';
import { SelectField, TextField } from '../../../ui/field.tsx';
import { WhenAsked } from '../../places/office/when-asked.tsx';
import { AssessForm } from './assess-form.tsx';
import { readLines, typedLines } from './assess-lines.ts';
import styles from './desk.module.css';

type Props = { sampleId: string; claimId: string; onDone: (sample: SampleView) => void };

/** What a second look at a claim finds. */
export function ReviewForm(props: Props) {
  const asked = useAsked<ClaimView>(insuranceApiPaths.claim(props.claimId));
  return <WhenAsked asked={asked}>{(claim) => <Form key={claim.id} claim={claim} {...props} />}</WhenAsked>;
}

function Form({ claim, sampleId, claimId, onDone }: Props & { claim: ClaimView }) {
  const { sample: m } = useTexts({ zh, en });
  const { step } = useTexts({ zh: claimsZh, en: claimsEn });
  const { declines } = useTexts({ zh: wordsZh, en: wordsEn });
  const refusal = useInsuranceRefusals();
  const [agrees, setAgrees] = useState<'yes' | 'no'>('yes');
  const [how, setHow] = useState<'pay' | 'decline'>('pay');
  const [lines, setLines] = useState(() => typedLines(claim.lines));
  const [code, setCode] = useState<DeclineCode | ''>('');
  const [words, setWords] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const differs = agrees === 'no';

  /** What is sent, or what is missing. */
  function readReview(): RecordReview | string {
    const said = words.trim() ? { words: words.trim() } : {};
    if (!differs) return { agrees: true, ...said };
    if (!words.trim()) return m.wordsMissing;
    if (how === 'decline') return code ? { agrees: false, declineCode: code, ...said } : m.codeMissing;
    const read = readLines(lines);
    return read ? { agrees: false, lines: read, ...said } : m.linesMissing;
  }

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    const review = readReview();
    if (typeof review === 'string') return setError(review);
    setBusy(true);
    setError(null);
    try {
      onDone(await recordReview(sampleId, claimId, review));
    } catch (failure) {
      setError(refusal(failure));
      setBusy(false);
    }
  }

  return (
    <form className={styles.part} noValidate onSubmit={(event) => void onSubmit(event)}>
      <ChoiceGroup
        legend={m.question}
        options={[
          { value: 'yes', label: m.yes },
          { value: 'no', label: m.no },
        ]}
        value={agrees}
        onChange={setAgrees}
      />
      {differs && (
        <ChoiceGroup
          legend={m.how}
          options={[
            { value: 'pay', label: m.howPay },
            { value: 'decline', label: m.howDecline },
          ]}
          value={how}
          onChange={setHow}
        />
      )}
      {differs && how === 'pay' && <AssessForm claimId={claimId} lines={lines} tried={tried} onChange={setLines} />}
      {differs && how === 'decline' && (
        <SelectField label={step.declineCode} value={code} onChange={(value) => setCode(value as DeclineCode)}>
          <option value="">{step.declineChoose}</option>
          {DECLINE_CODES.map((each) => (
            <option key={each} value={each}>
              {declines[each]}
            </option>
          ))}
        </SelectField>
      )}
      <TextField
        label={differs ? m.words : m.wordsOptional}
        rows={2}
        value={words}
        onChange={(text) => setWords(text.slice(0, 2000))}
      />
      {error && (
        <p role="alert" className={styles.warning}>
          {error}
        </p>
      )}
      <p className={styles.quiet}>{m.once}</p>
      <div>
        <Button type="submit" variant="primary" disabled={busy} aria-busy={busy}>
          {busy ? m.sending : m.send}
        </Button>
      </div>
    </form>
  );
}
