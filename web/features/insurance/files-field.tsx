import { type ChangeEvent, useEffect, useId, useRef, useState } from 'react';
import { MATERIALS, type Material } from '#domain/insurance/policy-terms.ts';
import { useDraftFiles } from '../../client/claim-drafts.ts';
import type { Sending } from '../../client/claim-sender.ts';
import type { ClaimFile } from '../../client/claim-store.ts';
import { claimWords as wordsEn } from '../../client/messages/en/claim-words.ts';
import { claim as en } from '../../client/messages/en/claim.ts';
import { claimWords as wordsZh } from '../../client/messages/zh/claim-words.ts';
import { claim as zh } from '../../client/messages/zh/claim.ts';
import { randomUuid } from '../../client/random-uuid.ts';
import { useTexts } from '../../client/texts.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { inputClass } from '../../ui/field.tsx';
import { laterIcons } from '../../ui/later-icons.ts';
import styles from './claim-form.module.css';
import { MAX_FILES, prepareFile } from './shrink-photo.ts';

/** Photos and papers by camera or from the phone. They lie on the phone until they are sent. */
export function FilesField({
  draftId,
  sending,
  asked = [],
  onAdded,
}: {
  draftId: string;
  sending: Sending | undefined;
  /** What is asked for: the first kind that a new file is taken for. */
  asked?: readonly Material[];
  onAdded: () => void;
}) {
  const { files: m } = useTexts({ zh, en });
  const { files, add, change, remove } = useDraftFiles(draftId);
  const [told, setTold] = useState<string | null>(null);
  const camera = useRef<HTMLInputElement>(null);
  const chooser = useRef<HTMLInputElement>(null);

  async function onFiles({ target }: ChangeEvent<HTMLInputElement>): Promise<void> {
    const chosen = [...(target.files ?? [])];
    // The same file can be chosen again after it was removed.
    target.value = '';
    setTold(null);
    let count = files.length;
    for (const file of chosen) {
      if (count >= MAX_FILES) return setTold(m.tooMany(MAX_FILES));
      const ready = await prepareFile(file);
      if (ready.status === 'too_large') setTold(m.tooLarge(file.name, ready.limit));
      else if (ready.status === 'wrong_type') setTold(m.wrongType(file.name));
      else {
        const missing = asked.find((material) => !files.some((known) => known.material === material));
        const material = missing ?? (ready.type === 'application/pdf' ? 'other' : 'photo');
        const { bytes, type } = ready;
        const known = { id: randomUuid(), draftId, name: file.name.slice(0, 120), material, bytes, type };
        try {
          await add({ ...known, uploadId: null, remoteId: null, failed: false });
          count += 1;
        } catch {
          return setTold(m.noRoom);
        }
      }
    }
    onAdded();
  }

  return (
    <div className={styles.part}>
      <p className={styles.quiet}>{m.hint}</p>
      <div className={styles.pair}>
        <Button icon={'mobile'} onClick={() => camera.current?.click()}>
          {m.camera}
        </Button>
        <Button icon={laterIcons.paper} onClick={() => chooser.current?.click()}>
          {m.choose}
        </Button>
      </div>
      <input
        ref={camera}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-label={m.camera}
        onChange={(event) => void onFiles(event)}
      />
      <input
        ref={chooser}
        type="file"
        accept="image/*,application/pdf"
        multiple
        hidden
        aria-label={m.choose}
        onChange={(event) => void onFiles(event)}
      />
      {told && (
        <p role="alert" className={styles.warning}>
          {told}
        </p>
      )}
      <ul className={styles.files}>
        {files.map((file) => (
          <FileRow
            key={file.id}
            file={file}
            arrived={sending?.arrived.get(file.id)}
            onChange={(material) => void change({ ...file, material })}
            onRemove={() => void remove(file.id)}
          />
        ))}
      </ul>
    </div>
  );
}

function FileRow({
  file,
  arrived,
  onChange,
  onRemove,
}: {
  file: ClaimFile;
  arrived: number | undefined;
  onChange: (material: Material) => void;
  onRemove: () => void;
}) {
  const { files: m } = useTexts({ zh, en });
  const { materials } = useTexts({ zh: wordsZh, en: wordsEn });
  const id = useId();
  const state = file.failed
    ? m.failed
    : file.remoteId
      ? m.uploaded
      : arrived !== undefined
        ? m.uploading(Math.floor((arrived / Math.max(1, file.bytes.size)) * 100))
        : m.waiting;
  return (
    <li className={styles.file}>
      {file.type === 'application/pdf' ? (
        <span className={styles.pdf}>PDF</span>
      ) : (
        <Thumbnail bytes={file.bytes} alt={m.alt(materials[file.material])} />
      )}
      <span className={styles.fileWhat}>
        <label htmlFor={id} className="visually-hidden">
          {m.material}
        </label>
        <select
          id={id}
          className={inputClass}
          value={file.material}
          disabled={file.remoteId !== null}
          onChange={({ target }) => onChange(target.value as Material)}
        >
          {MATERIALS.map((material) => (
            <option key={material} value={material}>
              {materials[material]}
            </option>
          ))}
        </select>
        <span className={file.failed ? styles.warning : styles.quiet}>
          {kilobytes(file.bytes.size)} · {state}
        </span>
      </span>
      <IconButton icon="close" label={`${m.remove}: ${materials[file.material]}`} onClick={onRemove} />
    </li>
  );
}

function Thumbnail({ bytes, alt }: { bytes: Blob; alt: string }) {
  const image = useRef<HTMLImageElement>(null);
  useEffect(
    function showBytes() {
      // A browser that ran out of room may have kept the entry without its bytes.
      if (!(bytes instanceof Blob)) return;
      const url = URL.createObjectURL(bytes);
      if (image.current) image.current.src = url;
      return () => URL.revokeObjectURL(url);
    },
    [bytes],
  );
  return <img ref={image} className={styles.thumb} alt={alt} width={56} height={56} />;
}

function kilobytes(size: number): string {
  return size < 1_000_000 ? `${Math.max(1, Math.round(size / 1000))} KB` : `${(size / 1_000_000).toFixed(1)} MB`;
}
