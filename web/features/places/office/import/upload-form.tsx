import { type FormEvent, useRef, useState } from 'react';
import { uploadImport } from '../../../../client/imports.ts';
import { officePaths } from '../../../../client/office-paths.ts';
import { useRefusals } from '../../../../client/refusals.ts';
import { Button } from '../../../../ui/button.tsx';
import { Field, inputClass } from '../../../../ui/field.tsx';
import { FileDrop } from '../../../../ui/file-drop.tsx';
import { sizeWords } from '../../../../ui/size-words.ts';
import { navigate } from '../../../../ui/location.ts';
import styles from './import.module.css';
import { useImportTexts } from './use-import-texts.ts';

const MAX_BYTES = 64 * 1024 * 1024;
const MAX_NAME_LENGTH = 60;

/** A file, chosen or dropped, and what the list is called. `known`: names of earlier lists, offered while typing. */
export function UploadForm({ known }: { known: readonly string[] }) {
  const m = useImportTexts().upload;
  const refusal = useRefusals();
  const [file, setFile] = useState<File | null>(null);
  const [source, setSource] = useState('');
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<{ file?: string; source?: string; all?: string }>({});
  const input = useRef<HTMLInputElement>(null);
  const name = useRef<HTMLInputElement>(null);

  function choose(next: File): void {
    setFile(next);
    setErrors((old) => ({ ...old, file: next.size > MAX_BYTES ? m.tooLarge : next.size === 0 ? m.empty : '' }));
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
          <FileDrop control={control} inputRef={input} accept=".csv,.txt,.tsv,.xlsx,.json,.geojson" onChoose={choose}>
            {file ? m.chosen(file.name, sizeWords(file.size)) : m.drop}
          </FileDrop>
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
