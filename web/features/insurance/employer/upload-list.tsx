import { type FormEvent, useRef, useState } from 'react';
import { EMPLOYER_FILE_MAX_MB } from '#domain/insurance/employer-file-states.ts';
import { saveFile } from '../../../client/ask.ts';
import { employerApiPaths, uploadWorkers } from '../../../client/employer-files.ts';
import { insuranceOfficePaths } from '../../../client/insurance-office-paths.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { FileDrop } from '../../../ui/file-drop.tsx';
import { sizeWords } from '../../../ui/size-words.ts';
import { laterIcons } from '../../../ui/later-icons.ts';
import { navigate } from '../../../ui/location.ts';
import { showToast } from '../../../ui/notices.tsx';
import styles from './employer.module.css';
import { useEmployerRefusals, useEmployerTexts } from './use-employer-texts.ts';

const MAX_BYTES = EMPLOYER_FILE_MAX_MB * 1024 * 1024;

/** A list of workers, chosen or dropped. */
export function UploadList() {
  const m = useEmployerTexts().upload;
  const refusal = useEmployerRefusals();
  const [file, setFile] = useState<File | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);

  const faultOf = (one: File | null) =>
    !one ? m.missing : one.size > MAX_BYTES ? m.tooLarge : one.size === 0 ? m.empty : null;

  function choose(next: File): void {
    setFile(next);
    setError(faultOf(next));
  }

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const fault = faultOf(file);
    setError(fault);
    if (fault) return input.current?.focus();
    setBusy(true);
    try {
      const { id } = await uploadWorkers(file!);
      navigate(insuranceOfficePaths.employerFile(id));
    } catch (failure) {
      setError(refusal(failure));
      setBusy(false);
    }
  }

  async function saveTemplate(): Promise<void> {
    try {
      await saveFile(employerApiPaths.template(), 'template.csv');
    } catch (failure) {
      showToast({ text: refusal(failure) });
    }
  }

  return (
    <form className={styles.card} onSubmit={(event) => void onSubmit(event)} noValidate>
      <h2>{m.heading}</h2>
      <Field label={m.file} hint={m.hint} error={error}>
        {(control) => (
          <FileDrop control={control} inputRef={input} accept=".csv,.txt,.tsv,.xlsx" onChoose={choose}>
            {file ? m.chosen(file.name, sizeWords(file.size)) : m.drop}
          </FileDrop>
        )}
      </Field>
      <div className={styles.actions}>
        <Button type="submit" variant="primary" disabled={busy}>
          {busy ? m.sending : m.send}
        </Button>
        <Button icon={laterIcons.paper} onClick={() => void saveTemplate()}>
          {m.template}
        </Button>
      </div>
      <p className={styles.quiet}>{m.templateHint}</p>
    </form>
  );
}
