import { type FormEvent, useState } from 'react';
import type { ImportSettings, ImportView } from '#domain/places/import-contract.ts';
import { DUPLICATE_RULES } from '#domain/places/office.ts';
import { IMPORT_FIELDS } from '#domain/places/import/columns.ts';
import { changeImportSettings } from '../../../../client/imports.ts';
import { useRefusals } from '../../../../client/refusals.ts';
import { Button } from '../../../../ui/button.tsx';
import { SelectField, TextField } from '../../../../ui/field.tsx';
import { Icon } from '../../../../ui/icon.tsx';
import { CrsQuestion } from './crs-question.tsx';
import styles from './import.module.css';
import { columnName } from './import-words.ts';
import { useImportTexts } from './use-import-texts.ts';

const MAX_PRECISION_M = 10_000;

/** What the columns mean, where the coordinates are from and the rule for duplicates: changed together, checked again. */
export function SettingsForm({
  view,
  onDirty,
  onChanged,
}: {
  view: ImportView;
  onDirty: (dirty: boolean) => void;
  onChanged: () => void;
}) {
  const m = useImportTexts();
  const refusal = useRefusals();
  const { header, sample } = view;
  const [settings, setSettings] = useState(view.settings);
  const [precision, setPrecision] = useState(String(view.settings.precisionM));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const precisionM = Number(precision);
  const precisionOk = /^\d{1,5}$/.test(precision) && precisionM >= 1 && precisionM <= MAX_PRECISION_M;
  const isDirty =
    writeSettings(settings) !== writeSettings(view.settings) || precision !== String(view.settings.precisionM);
  const used = new Set(Object.values(settings.columns));
  const unused = header.flatMap((_, column) => (used.has(column) ? [] : columnName(header, column, m)));
  const hasPoints = view.missing.includes('crs') || view.settings.crs !== null || view.hint !== null;

  function change(part: Partial<ImportSettings>): void {
    const next = { ...settings, ...part };
    setSettings(next);
    onDirty(writeSettings(next) !== writeSettings(view.settings) || precision !== String(view.settings.precisionM));
  }
  function changePrecision(text: string): void {
    setPrecision(text);
    onDirty(writeSettings(settings) !== writeSettings(view.settings) || text !== String(view.settings.precisionM));
  }
  function mapField(field: string, column: string): void {
    const { [field]: _old, ...columns } = settings.columns;
    change({ columns: column === '' ? columns : { ...columns, [field]: Number(column) } });
  }

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!precisionOk) return;
    setBusy(true);
    setError(null);
    try {
      await changeImportSettings(view.id, { ...settings, precisionM });
      onDirty(false);
    } catch (failure) {
      setError(refusal(failure));
      setBusy(false);
    }
    onChanged();
  }

  return (
    <form
      className={styles.card}
      aria-labelledby="import-settings"
      onSubmit={(event) => void onSubmit(event)}
      noValidate
    >
      <h2 id="import-settings">{m.settings.heading}</h2>
      {view.remembered && (
        <p className={styles.notice}>
          <Icon name="info" size={1.125} /> {m.settings.remembered}
        </p>
      )}
      {hasPoints && <CrsQuestion hint={view.hint} value={settings.crs} onChange={(crs) => change({ crs })} />}
      <fieldset className={styles.question} id="import-columns" tabIndex={-1}>
        <legend>{m.settings.columns}</legend>
        <p className={styles.quiet}>{m.settings.columnsHint}</p>
        <div className={styles.columns}>
          {IMPORT_FIELDS.map((field) => {
            const column = settings.columns[field];
            const cell = column === undefined ? undefined : sample.find((cells) => cells[column])?.[column];
            return (
              <SelectField
                key={field}
                label={m.fields[field]!}
                hint={cell && m.settings.first(cell.slice(0, 40))}
                value={column === undefined ? '' : String(column)}
                changed={column !== view.settings.columns[field]}
                onChange={(value) => mapField(field, value)}
              >
                <option value="">{m.settings.none}</option>
                {header.map((_, index) => (
                  <option key={index} value={index}>
                    {columnName(header, index, m)}
                  </option>
                ))}
              </SelectField>
            );
          })}
        </div>
        {unused.length > 0 && <p className={styles.quiet}>{m.settings.unused(unused.join(' · '))}</p>}
      </fieldset>
      <div className={styles.pair}>
        <SelectField
          label={m.duplicates.legend}
          value={settings.duplicates}
          changed={settings.duplicates !== view.settings.duplicates}
          onChange={(rule) => change({ duplicates: rule as ImportSettings['duplicates'] })}
        >
          {DUPLICATE_RULES.map((rule) => (
            <option key={rule} value={rule}>
              {m.duplicates.rules[rule]}
            </option>
          ))}
        </SelectField>
        <TextField
          label={m.settings.precision}
          hint={m.settings.precisionHint}
          inputMode="numeric"
          value={precision}
          error={precisionOk ? null : m.settings.precisionWrong}
          changed={precision !== String(view.settings.precisionM)}
          onChange={changePrecision}
        />
      </div>
      {error && (
        <p role="alert" className={styles.wrong}>
          {error}
        </p>
      )}
      <div className={styles.actions}>
        <Button type="submit" variant={isDirty ? 'primary' : 'plain'} icon="refresh" disabled={busy || !precisionOk}>
          {busy ? m.settings.saving : m.settings.save}
        </Button>
        {isDirty && (
          <>
            <Button
              onClick={() => {
                setSettings(view.settings);
                setPrecision(String(view.settings.precisionM));
                onDirty(false);
              }}
            >
              {m.settings.reset}
            </Button>
            <span className={styles.quiet}>{m.settings.unsaved}</span>
          </>
        )}
      </div>
    </form>
  );
}

/** The same text for the same settings, in whatever order the columns were chosen. */
function writeSettings({ columns, crs, duplicates }: ImportSettings): string {
  return JSON.stringify([IMPORT_FIELDS.map((field) => columns[field] ?? null), crs, duplicates]);
}
