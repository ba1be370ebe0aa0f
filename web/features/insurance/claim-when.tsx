import { shanghaiDay } from '#domain/time/shanghai.ts';
import { instantOfInput, localInput } from '../../client/claim-drafts.ts';
import type { ClaimDraft } from '../../client/claim-store.ts';
import { policyTerms } from '../../client/enrolments.ts';
import { useKept } from '../../client/kept-resource.ts';
import { claim as en } from '../../client/messages/en/claim.ts';
import { enrol as enrolEn } from '../../client/messages/en/enrol.ts';
import { claim as zh } from '../../client/messages/zh/claim.ts';
import { enrol as enrolZh } from '../../client/messages/zh/enrol.ts';
import { useMessages } from '../../client/messages.ts';
import type { KnownCover } from '../../client/known-cover.ts';
import { useTexts } from '../../client/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Field, inputClass } from '../../ui/field.tsx';
import styles from './claim-form.module.css';
import { longDayWords, rangesWords } from './day-words.ts';
import { isKnownCovered, type Missing } from './draft-checks.ts';
import insurance from './insurance.module.css';

/** When it happened, and at once whether this phone knows that day to be covered. */
export function ClaimWhen({
  draft,
  onChange,
  missing,
  known,
  nowMs,
}: {
  draft: ClaimDraft;
  onChange: (change: Partial<ClaimDraft>) => void;
  missing: readonly Missing[];
  known: readonly KnownCover[] | null;
  nowMs: number;
}) {
  const m = useTexts({ zh, en });
  const texts = useTexts({ zh: enrolZh, en: enrolEn });
  const { time } = useMessages().places;
  const terms = useKept(policyTerms);
  const today = shanghaiDay(nowMs);
  const atMs = instantOfInput(draft.happenedAt);
  const day = atMs === null ? null : shanghaiDay(atMs);
  const covered = day && isKnownCovered(day, known);
  const hours = terms.status === 'ready' ? terms.data.reportWithinHours.value : null;
  const fault = missing.find((code) => code === 'when' || code === 'future' || code === 'tooOld');
  const error = fault && (fault === 'when' ? m.when.missing : m.when[fault]);
  const paid = known?.filter(({ held }) => !held) ?? [];
  return (
    <section className={styles.part} aria-labelledby="claim-when">
      <h2 id="claim-when">{m.when.heading}</h2>
      <Field label={m.when.label} error={error ?? null}>
        {(control) => (
          <input
            {...control}
            className={inputClass}
            type="datetime-local"
            max={localInput(nowMs)}
            value={draft.happenedAt}
            onChange={({ target }) => onChange({ happenedAt: target.value })}
          />
        )}
      </Field>
      <div>
        <Button icon="clock" onClick={() => onChange({ happenedAt: localInput(Date.now()) })}>
          {m.when.now}
        </Button>
      </div>
      {day && covered === true && (
        <p className={insurance.notice} data-tone="good">
          {m.covered.yes(longDayWords(day, today, time))}
        </p>
      )}
      {day && covered === false && (
        <output className={insurance.notice} data-tone="warning">
          <p>{m.covered.no(longDayWords(day, today, time))}</p>
          <p>{m.covered.noText}</p>
          {paid.length > 0 && <p>{m.covered.days(rangesWords(paid, today, time, texts))}</p>}
        </output>
      )}
      {atMs !== null && hours !== null && nowMs - atMs > hours * 3_600_000 && !fault && (
        <p className={styles.warning}>{m.covered.late(hours)}</p>
      )}
    </section>
  );
}
