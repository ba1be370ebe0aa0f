import { type DragEvent, type FormEvent, useRef, useState } from 'react';
import { uploadImport } from '../../../../client/imports.ts';
import { officePaths } from '../../../../client/office-paths.ts';
import { useRefusals } from '../../../../client/refusals.ts';
import { Button } from '../../../../ui/button.tsx';
import { Field, inputClass } from '../../../../ui/field.tsx';
import { Icon } from '../../../../ui/icon.tsx';
import { laterIcons } from '../../../../ui/later-icons.ts';
import { navigate } from '../../../../ui/location.ts';
import styles from './import.module.css';
import { sizeWords } from './import-words.ts';
import { useImportTexts } from './use-import-texts.ts';

const MAX_BYTES = 64 * 1024 * 1024;
const MAX_NAME_LENGTH = 60;

/** A file, chosen or dropped, and what the list is called. `known`: names of earlier lists, offered while typing. */
export function UploadForm({ known }: { known: readonly string[] }) {
  const m = useImportTexts().upload;
  const refusal = useRefusals();
  const [file, setFile] = useState<File | null>(null);
  const [source, setSource] = useState('');
  const [over, setOver] = useState(false);
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<{ file?: string; source?: string; all?: string }>({});
  const input = useRef<HTMLInputElement>(null);
  const name = useRef<HTMLInputElement>(null);

  function choose(next: File | undefined): void {
    if (!next) return;
    setFile(next);
    setErrors((old) => ({ ...old, file: next.size > MAX_BYTES ? m.tooLarge : next.size === 0 ? m.empty : '' }));
  }

  function onDrop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    choose(event.dataTransfer.files[0]);
  }

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const list = source.trim();
    const fileError = !file ? m.fileMissing : file.size > MAX_BYTES ? m.tooLarge : file.size === 0 ? m.empty : '';
    const found = { file: fileError, source: list ? '' : m.sourceMissing };
    setErrors(found);
    if (found.file) return input.current?.focus();
    if (found.source) return name.current?.focus();
    setBusy(true);
    try {
      const { id } = await uploadImport(file!, list);
      navigate(officePaths.import(id));
    } catch (error) {
      setErrors({ all: refusal(error) });
      setBusy(false);
    }
  }

  return (
    <form className={styles.card} onSubmit={(event) => void onSubmit(event)} noValidate>
      <h2>{m.heading}</h2>
      <Field label={m.file} hint={m.hint} error={errors.file || null}>
        {(control) => (
          <div
            className={styles.drop}
            data-over={over ? '' : undefined}
            onDragOver={(event) => {
              event.preventDefault();
              setOver(true);
            }}
            onDragLeave={() => setOver(false)}
            onDrop={onDrop}
          >
            <Icon name={laterIcons.paper} size={1.75} />
            <span>{file ? m.chosen(file.name, sizeWords(file.size)) : m.drop}</span>
            <input
              {...control}
              ref={input}
              type="file"
              accept=".csv,.txt,.tsv,.xlsx,.json,.geojson"
              onChange={({ target }) => choose(target.files?.[0])}
            />
          </div>
        )}
      </Field>
      <Field label={m.source} hint={m.sourceHint} error={errors.source || null}>
        {(control) => (
          <input
            {...control}
            ref={name}
            className={inputClass}
            list="import-sources"
            maxLength={MAX_NAME_LENGTH}
            value={source}
            onChange={({ target }) => setSource(target.value)}
          />
        )}
      </Field>
      <datalist id="import-sources">
        {known.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </datalist>
      {errors.all && (
        <p role="alert" className={styles.wrong}>
          {errors.all}
        </p>
      )}
      <div className={styles.actions}>
        <Button type="submit" variant="primary" disabled={busy}>
          {busy ? m.sending : m.send}
        </Button>
      </div>
    </form>
  );
}
