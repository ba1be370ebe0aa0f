import { type ReactNode, useEffect, useState } from 'react';
import type { ReportGroup } from '#domain/places/office-contract.ts';
import type { ReportOutcome } from '#domain/places/office.ts';
import { photos as en } from '../../client/messages/en/photos.ts';
import { photos as zh } from '../../client/messages/zh/photos.ts';
import { answerReports, outcomeOf } from '../../client/office.ts';
import { useTexts } from '../../client/texts.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { PhotoStrip } from '../../ui/photo-strip.tsx';
import { showToast } from '../../ui/notices.tsx';
import { refusalWords } from './refusal-words.ts';
import styles from './site-editor.module.css';
import { useEditorTexts } from './use-editor-texts.ts';
import { momentWords } from './words.ts';

/** So many of the riders' own words are in view from the start. */
const FEW_NOTES = 3;
const OUTCOMES = ['was_right', 'repaired', 'already_known', 'cannot_tell'] as const satisfies ReportOutcome[];

/** What riders say of the place and nobody has answered: "right, I change it" with the save, or "not so" at once. */
export function ReportsPanel({
  groups,
  arrivedFor,
  agreed,
  onAgree,
  onTakeBack,
  onAnswered,
  nowMs,
}: {
  groups: readonly ReportGroup[];
  /** The reports that somebody came here for: theirs come first. */
  arrivedFor: readonly string[];
  agreed: ReadonlySet<string>;
  onAgree: (group: ReportGroup) => void;
  onTakeBack: (group: ReportGroup) => void;
  onAnswered: (group: ReportGroup) => void;
  nowMs: number;
}) {
  const t = useEditorTexts();
  if (!groups.length) return null;
  const wanted = (group: ReportGroup) => group.reportIds.some((id) => arrivedFor.includes(id));
  const sorted = [...groups].sort((a, b) => Number(wanted(b)) - Number(wanted(a)));
  return (
    <section className={styles.reports} data-reports aria-label={t.reports.heading}>
      <h2>{t.reports.heading}</h2>
      <ul>
        {sorted.map((group) => (
          <li key={group.kind + (group.facility ?? '')}>
            <Group
              group={group}
              agreed={group.reportIds.some((id) => agreed.has(id))}
              onAgree={() => onAgree(group)}
              onTakeBack={() => onTakeBack(group)}
              onAnswered={() => onAnswered(group)}
              nowMs={nowMs}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Group({
  group,
  agreed,
  onAgree,
  onTakeBack,
  onAnswered,
  nowMs,
}: {
  group: ReportGroup;
  agreed: boolean;
  onAgree: () => void;
  onTakeBack: () => void;
  onAnswered: () => void;
  nowMs: number;
}) {
  const t = useEditorTexts();
  const m = t.reports;
  const photoWords = useTexts({ zh, en });
  const [denying, setDenying] = useState(false);
  const [outcome, setOutcome] = useState<(typeof OUTCOMES)[number]>('was_right');
  const [words, setWords] = useState('');
  const [sending, setSending] = useState(false);
  const what = t.names.reportKinds[group.kind]!;
  const confirmed = group.kind === 'confirmed';

  async function answer(as: ReportOutcome): Promise<void> {
    setSending(true);
    const said = words.trim();
    const answered = await outcomeOf(
      answerReports({ reportIds: group.reportIds, outcome: as, ...(said && { words: said }) }),
    );
    setSending(false);
    if (answered.status !== 'done') {
      showToast({ text: refusalWords(answered, t), staysMs: null });
      return;
    }
    showToast({ text: m.answered });
    onAnswered();
  }

  return (
    <div className={styles.report}>
      <p className={styles.inline}>
        <strong>
          {what}
          {group.facility && `${t.change.colon}${t.names.facilities[group.facility]}`}
        </strong>
        <span className={styles.quiet}>
          {m.count(group.count, group.near)} · {m.last(momentWords(group.lastAt, nowMs, t))}
        </span>
      </p>
      <Notes notes={group.notes.slice(0, FEW_NOTES)} label={m.notes} />
      {group.photos.length > 0 && (
        <PhotoStrip
          small
          label={photoWords.ofReports}
          words={photoWords}
          photos={group.photos.map(({ url, thumb }, index) => ({
            id: url,
            full: url,
            thumb: thumb ?? url,
            alt: `${photoWords.ofReports} ${index + 1}, ${what}`,
          }))}
        />
      )}
      {group.notes.length > FEW_NOTES && (
        <details>
          <summary className={styles.summary}>{m.moreNotes(group.notes.length - FEW_NOTES)}</summary>
          <Notes notes={group.notes.slice(FEW_NOTES)} label={m.notes} />
        </details>
      )}
      {agreed ? (
        <p className={styles.inline}>
          <span className={styles.agreed}>
            <Icon name="check" /> {m.agreed}
          </span>
          <Button onClick={onTakeBack}>{m.takeBack}</Button>
        </p>
      ) : (
        <p className={styles.inline}>
          {confirmed ? (
            <Button icon="check" disabled={sending} onClick={() => void answer('was_right')}>
              {m.thank}
            </Button>
          ) : (
            <>
              <Button variant="primary" icon="check" onClick={onAgree}>
                {m.agree}
              </Button>
              <Button aria-expanded={denying} onClick={() => setDenying(!denying)}>
                {m.disagree}
              </Button>
            </>
          )}
        </p>
      )}
      {denying && !agreed && (
        <DenyForm>
          <ChoiceGroup
            legend={m.disagree}
            value={outcome}
            onChange={setOutcome}
            options={OUTCOMES.map((value) => ({ value, label: m.outcomes[value] }))}
          />
          <TextField label={m.words} value={words} onChange={setWords} />
          <Button variant="primary" disabled={sending} onClick={() => void answer(outcome)}>
            {m.send}
          </Button>
        </DenyForm>
      )}
    </div>
  );
}

function Notes({ notes, label }: { notes: readonly string[]; label: string }) {
  if (!notes.length) return null;
  return (
    <ul className={styles.notes} aria-label={label}>
      {[...new Set(notes)].map((note) => (
        <li key={note}>“{note}”</li>
      ))}
    </ul>
  );
}

function DenyForm({ children }: { children: ReactNode }) {
  const [root, setRoot] = useState<HTMLElement | null>(null);
  useEffect(
    function focusFirst() {
      root?.querySelector('input')?.focus();
    },
    [root],
  );
  return (
    <div ref={setRoot} className={styles.part}>
      {children}
    </div>
  );
}
