import { type ComponentType, type FormEvent, useState } from 'react';
import type { Point } from '#domain/geo/point.ts';
import type { ActOnClaim, ClaimView } from '#domain/insurance/claim-contract.ts';
import { CLAIM_MOVES, type ClaimAction, DECLINE_CODES, type DeclineCode } from '#domain/insurance/claim-lifecycle.ts';
import { MATERIALS, type Material } from '#domain/insurance/policy-terms.ts';
import { stepClaim } from '../../../client/insurance-office.ts';
import { useInsuranceRefusals } from '../../../client/insurance-refusals.ts';
import { claimWords as wordsEn } from '../../../client/messages/en/claim-words.ts';
import { officeClaims as en } from '../../../client/messages/en/office-claims.ts';
import { claimWords as wordsZh } from '../../../client/messages/zh/claim-words.ts';
import { officeClaims as zh } from '../../../client/messages/zh/office-claims.ts';
import { useTexts } from '../../../client/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { classes } from '../../../ui/classes.ts';
import { CheckField, SelectField, TextField } from '../../../ui/field.tsx';
import { AssessForm } from './assess-form.tsx';
import { readLines, typedLines } from './assess-lines.ts';
import styles from './desk.module.css';

const MAX_WORDS = 2000;
/** Steps by which a claim that has no office yet gets one. */
const CHOOSES_OFFICE: readonly ClaimAction[] = ['report', 'receive'];

/** The choice of a receiving office, which the page brings along: it knows the city's places. */
export type OfficeChoice = ComponentType<{
  point: Point | null;
  value: string | null;
  onChange: (id: string | null) => void;
}>;

/** What one step needs, and the step. Nothing is sent before what is needed is there. */
export function StepForm({
  action,
  claim,
  officeChoice: OfficeChoice,
  onCancel,
  onDone,
  onChangedMeanwhile,
}: {
  action: ClaimAction;
  claim: ClaimView;
  officeChoice: OfficeChoice;
  onCancel: () => void;
  onDone: (claim: ClaimView) => void;
  onChangedMeanwhile: (current: ClaimView) => void;
}) {
  const { step: m } = useTexts({ zh, en });
  const texts = useTexts({ zh: wordsZh, en: wordsEn });
  const refusal = useInsuranceRefusals();
  const [words, setWords] = useState('');
  const [materials, setMaterials] = useState<readonly Material[]>([]);
  const [declineCode, setDeclineCode] = useState<DeclineCode | ''>('');
  const [lines, setLines] = useState(() => typedLines(claim.lines));
  const [officeId, setOfficeId] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const { needs } = CLAIM_MOVES[action];
  const needsWords = needs === 'words' || needs === 'decline_code';
  const wordsMissing = needsWords && !words.trim();
  const name = m.names[action];

  function readBody(): ActOnClaim | null {
    const said = words.trim();
    const body: ActOnClaim = {
      action,
      version: claim.version,
      ...(said && { words: said }),
      ...(officeId && { receivingSiteId: officeId }),
    };
    if (wordsMissing) return null;
    if (needs === 'materials') return materials.length ? { ...body, materials: [...materials] } : null;
    if (needs === 'decline_code') return declineCode ? { ...body, declineCode } : null;
    if (needs === 'lines') {
      const read = readLines(lines);
      return read && { ...body, lines: read };
    }
    return body;
  }

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    const body = readBody();
    if (!body) return;
    setBusy(true);
    setError(null);
    try {
      const outcome = await stepClaim(claim.id, body);
      if (outcome.status === 'done') onDone(outcome.claim);
      else onChangedMeanwhile(outcome.current);
    } catch (failure) {
      setError(refusal(failure));
      setBusy(false);
    }
  }

  return (
    <form className={styles.part} noValidate onSubmit={(event) => void onSubmit(event)}>
      {m.hints[action] && <p className={styles.quiet}>{m.hints[action]}</p>}
      {CHOOSES_OFFICE.includes(action) && claim.receivingSite === null && (
        <OfficeChoice point={claim.account?.point ?? null} value={officeId} onChange={setOfficeId} />
      )}
      {needs === 'materials' && (
        <fieldset className={classes(styles.bare, styles.part)}>
          <legend>{m.materials}</legend>
          <div className={styles.checks}>
            {MATERIALS.map((material) => (
              <CheckField
                key={material}
                label={texts.materials[material]}
                checked={materials.includes(material)}
                onChange={(checked) =>
                  setMaterials(checked ? [...materials, material] : materials.filter((other) => other !== material))
                }
              />
            ))}
          </div>
          {tried && materials.length === 0 && (
            <p role="alert" className={styles.warning}>
              {m.materialsMissing}
            </p>
          )}
        </fieldset>
      )}
      {needs === 'lines' && <AssessForm claimId={claim.id} lines={lines} tried={tried} onChange={setLines} />}
      {needs === 'decline_code' && (
        <SelectField
          label={m.declineCode}
          value={declineCode}
          error={tried && !declineCode ? m.declineChoose : null}
          onChange={(code) => setDeclineCode(code as DeclineCode)}
        >
          <option value="">{m.declineChoose}</option>
          {DECLINE_CODES.map((code) => (
            <option key={code} value={code}>
              {texts.declines[code]}
            </option>
          ))}
        </SelectField>
      )}
      <TextField
        label={needsWords ? m.words : m.wordsOptional}
        rows={needsWords ? 3 : 2}
        value={words}
        required={needsWords}
        error={tried && wordsMissing ? m.wordsMissing : null}
        onChange={(text) => setWords(text.slice(0, MAX_WORDS))}
      />
      {tried && needs === 'lines' && !readLines(lines) && (
        <p role="alert" className={styles.warning}>
          {m.linesWrong}
        </p>
      )}
      {error && (
        <p role="alert" className={styles.warning}>
          {error}
        </p>
      )}
      <div className={styles.row}>
        <Button type="submit" variant="primary" disabled={busy} aria-busy={busy}>
          {busy ? m.going : m.go(name)}
        </Button>
        <Button variant="quiet" disabled={busy} onClick={onCancel}>
          {m.cancel}
        </Button>
      </div>
    </form>
  );
}
