import { addDays } from '#domain/time/shanghai.ts';
import { cover as en } from '../../client/messages/en/cover.ts';
import { cover as zh } from '../../client/messages/zh/cover.ts';
import { useMessages } from '../../client/messages.ts';
import type { KnownCover } from '../../client/known-cover.ts';
import { useTexts } from '../../client/texts.ts';
import { coveredDays } from './covered-days.ts';
import { dayWords } from './day-words.ts';
import styles from './insurance.module.css';

/** Covered today or not, and until or from when. */
export function CoverNow({ known, today }: { known: readonly KnownCover[]; today: string }) {
  const m = useTexts({ zh, en });
  const { time } = useMessages().places;
  const days = new Set([...coveredDays(known)].filter(([, { held }]) => !held).map(([day]) => day));
  const now = days.has(today);
  let until = today;
  while (days.has(addDays(until, 1))) until = addDays(until, 1);
  const next = [...days].filter((day) => day > today).sort()[0];
  return (
    <div className={styles.notice} data-tone={now ? 'good' : 'warning'}>
      <strong>{now ? m.todayCovered : m.todayNot}</strong>
      {now && <p>{m.until(dayWords(until, today, time))}</p>}
      {!now && next && <p>{m.from(dayWords(next, today, time))}</p>}
    </div>
  );
}
