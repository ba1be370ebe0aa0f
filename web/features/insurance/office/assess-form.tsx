import { BENEFIT_KINDS } from '#domain/insurance/policy-terms.ts';
import { useInsuranceRefusals } from '../../../client/insurance-refusals.ts';
import { claimWords as wordsEn } from '../../../client/messages/en/claim-words.ts';
import { officeClaims as en } from '../../../client/messages/en/office-claims.ts';
import { claimWords as wordsZh } from '../../../client/messages/zh/claim-words.ts';
import { officeClaims as zh } from '../../../client/messages/zh/office-claims.ts';
import { yuanOf } from '../../../client/money.ts';
import { randomUuid } from '../../../client/random-uuid.ts';
import { useTexts } from '../../../client/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { SelectField, TextField } from '../../../ui/field.tsx';
import { emptyLine, readLine, type TypedLine } from './assess-lines.ts';
import { CalculationSteps } from './calculation-steps.tsx';
import styles from './desk.module.css';
import { useCalculation } from './use-calculation.ts';

const GRADES = 10;
const MAX_LINES = 20;

/** The lines of a claim with what each comes to, worked out while one types. `tried`: faults are said now. */
export function AssessForm({
  claimId,
  lines,
  tried,
  onChange,
}: {
  claimId: string;
  lines: readonly TypedLine[];
  tried: boolean;
  onChange: (lines: TypedLine[]) => void;
}) {
  const { assess: m } = useTexts({ zh, en });
  const { kinds } = useTexts({ zh: wordsZh, en: wordsEn });
  const refusal = useInsuranceRefusals();
  const { data, working, error } = useCalculation(claimId, lines);
  const isCapped = data?.lines.some(({ steps }) => steps.some(({ code }) => code === 'cover_limit')) ?? false;
  const isUnverified = data?.lines.some(({ steps }) => steps.some(({ certainty }) => certainty === 'unverified'));
  return (
    <div className={styles.part}>
      {lines.length === 0 && <p className={styles.quiet}>{m.none}</p>}
      {lines.map((line) => {
        const calculated = data?.lines.find(({ id }) => id === line.id);
        return (
          <fieldset key={line.id} className={styles.line}>
            <legend>{kinds[line.kind]}</legend>
            {line.claimedFen > 0 && <p className={styles.quiet}>{m.claimed(yuanOf(line.claimedFen))}</p>}
            <LineFields
              line={line}
              tried={tried}
              onChange={(change) =>
                onChange(lines.map((other) => (other.id === line.id ? { ...other, ...change } : other)))
              }
            />
            {calculated && <CalculationSteps steps={calculated.steps} amountFen={calculated.amountFen} />}
            <div>
              <Button variant="quiet" onClick={() => onChange(lines.filter(({ id }) => id !== line.id))}>
                {m.remove(kinds[line.kind])}
              </Button>
            </div>
          </fieldset>
        );
      })}
      {lines.length < MAX_LINES && (
        <div className={styles.row}>
          <span className={styles.quiet}>{m.addLine}</span>
          {BENEFIT_KINDS.filter((kind) => kind !== 'death' || !lines.some((line) => line.kind === 'death')).map(
            (kind) => (
              <Button key={kind} icon="plus" onClick={() => onChange([...lines, emptyLine(randomUuid(), kind)])}>
                {kinds[kind]}
              </Button>
            ),
          )}
        </div>
      )}
      <output className={styles.part} aria-busy={working}>
        {data && (
          <>
            <span className={styles.spread}>
              <span className={styles.total}>{m.total}</span>
              <span className={styles.total}>¥{yuanOf(data.totalFen)}</span>
            </span>
            <span className={styles.quiet}>{m.limit(yuanOf(data.limitFen), yuanOf(data.remainingFen))}</span>
            {isCapped && <span className={styles.warning}>{m.capped}</span>}
          </>
        )}
        {working && <span className={styles.quiet}>{m.working}</span>}
      </output>
      {isUnverified && <p className={styles.quiet}>{m.unverifiedHint}</p>}
      {error !== null && !working && <p role="alert">{refusal(error)}</p>}
    </div>
  );
}

function LineFields({
  line,
  tried,
  onChange,
}: {
  line: TypedLine;
  tried: boolean;
  onChange: (change: Partial<TypedLine>) => void;
}) {
  const { assess: m } = useTexts({ zh, en });
  const read = readLine(line);
  const fault = typeof read === 'string' ? read : null;
  const { kind, cost, notCovered, stays, grade } = line;
  switch (kind) {
    case 'medical':
      return (
        <div className={styles.fields}>
          <TextField
            label={m.cost}
            inputMode="decimal"
            value={cost}
            error={fault === 'cost' && (tried || cost) ? m.wrongAmount : null}
            onChange={(text) => onChange({ cost: text })}
          />
          <TextField
            label={m.notCovered}
            inputMode="decimal"
            value={notCovered}
            error={fault === 'notCovered' ? m.wrongAmount : fault === 'tooMuch' ? m.tooMuch : null}
            onChange={(text) => onChange({ notCovered: text })}
          />
        </div>
      );
    case 'hospital':
      return (
        <TextField
          label={m.stays}
          hint={m.staysHint}
          value={stays}
          error={fault === 'stays' && (tried || stays) ? m.wrongStays : null}
          onChange={(text) => onChange({ stays: text })}
        />
      );
    case 'disability':
      return (
        <SelectField label={m.grade} value={String(grade)} onChange={(value) => onChange({ grade: Number(value) })}>
          {Array.from({ length: GRADES }, (_, index) => index + 1).map((number) => (
            <option key={number} value={number}>
              {m.gradeOf(number)}
            </option>
          ))}
        </SelectField>
      );
    case 'death':
      return <p>{m.death}</p>;
  }
}
