import { formatSeason } from '#domain/time/format-dates.ts';
import { parseSeason } from '#domain/time/osm-dates.ts';
import { daysInMonth } from '#domain/time/shanghai.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { SelectField } from '../../ui/field.tsx';
import styles from './hours-field.module.css';
import { useEditorTexts } from './use-editor-texts.ts';

const LEAP_YEAR = 2024;
/** The summer in which stations put out drinks. */
const FIRST_GUESS = { from: 601, to: 930 };

/** All year, or from one day to another of every year. What is more than that is kept and shown as it is written. */
export function SeasonField({
  season,
  onChange,
}: {
  season: string | null;
  onChange: (season: string | null) => void;
}) {
  const t = useEditorTexts();
  const m = t.hours.season;
  const range = season === null ? null : yearlyRange(season);
  const write = (next: { from: number; to: number }) => onChange(formatSeason([next]));

  return (
    <div className={styles.season}>
      <ChoiceGroup
        legend={m.legend}
        value={season === null ? 'all' : 'some'}
        onChange={(choice) => (choice === 'all' ? onChange(null) : write(range ?? FIRST_GUESS))}
        options={[
          { value: 'all', label: m.all },
          { value: 'some', label: m.some },
        ]}
      />
      {range && (
        <div className={styles.seasonDays}>
          <MonthDay label={m.from} value={range.from} onChange={(from) => write({ ...range, from })} />
          <MonthDay label={m.to} value={range.to} onChange={(to) => write({ ...range, to })} />
        </div>
      )}
      {season !== null && !range && (
        <p>
          {m.other} <code>{season}</code> <Button onClick={() => write(FIRST_GUESS)}>{m.some}</Button>
        </p>
      )}
    </div>
  );
}

function MonthDay({ label, value, onChange }: { label: string; value: number; onChange: (value: number) => void }) {
  const t = useEditorTexts();
  const [month, day] = [Math.floor(value / 100), value % 100];
  const days = daysInMonth(LEAP_YEAR, month);
  return (
    <>
      <SelectField
        label={`${label} ${t.hours.season.month}`}
        value={String(month)}
        onChange={(next) => onChange(Number(next) * 100 + Math.min(day, daysInMonth(LEAP_YEAR, Number(next))))}
      >
        {Array.from({ length: 12 }, (_, index) => index + 1).map((one) => (
          <option key={one} value={one}>
            {t.hours.month(one)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={`${label} ${t.hours.season.day}`}
        value={String(Math.min(day, days))}
        onChange={(next) => onChange(month * 100 + Number(next))}
      >
        {Array.from({ length: days }, (_, index) => index + 1).map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </SelectField>
    </>
  );
}

/** One range of every year; null for several, for dated ones and for what cannot be read. */
function yearlyRange(season: string): { from: number; to: number } | null {
  const read = parseSeason(season);
  const only = read.ok && read.season.length === 1 ? read.season[0]! : null;
  return only && only.from <= 1231 && only.to <= 1231 ? only : null;
}
