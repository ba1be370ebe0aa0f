import { useState } from 'react';
import { handInPhoto, PHOTO_TYPES, photoAddress } from '../../client/photos.ts';
import { RequestRefused } from '../../client/request.ts';
import { Button } from '../../ui/button.tsx';
import { laterIcons } from '../../ui/later-icons.ts';
import { showToast } from '../../ui/notices.tsx';
import { PickButton } from '../../ui/pick-button.tsx';
import styles from './photos.module.css';
import { photoRefusal } from './refusal-words.ts';
import { useEditorTexts } from './use-editor-texts.ts';

/** A photo that shows how a fact was checked, for offices only. */
export function CheckPhoto({
  photo,
  fact,
  onChange,
}: {
  photo: string | undefined;
  fact: string;
  onChange: (photo: string | undefined) => void;
}) {
  const t = useEditorTexts();
  const m = t.photos;
  const [sending, setSending] = useState(false);

  async function add(file: File): Promise<void> {
    setSending(true);
    try {
      onChange((await handInPhoto(file, 'verification_photo')).id);
    } catch (error) {
      showToast({ text: photoRefusal(error instanceof RequestRefused ? error : null, t), staysMs: null });
    }
    setSending(false);
  }

  return (
    <div className={styles.fields}>
      <span className={styles.hint}>{m.ofCheck}</span>
      {photo ? (
        <p className={styles.actions}>
          <img className={styles.checked} src={photoAddress(photo).thumb} alt={`${m.ofCheck}: ${fact}`} />
          <Button icon="close" onClick={() => onChange(undefined)}>
            {m.remove}
          </Button>
        </p>
      ) : (
        <p className={styles.actions}>
          <PickButton
            icon={laterIcons.camera}
            label={m.take}
            accept="image/*"
            capture
            disabled={sending}
            onPick={([file]) => file && void add(file)}
          />
          <PickButton
            icon="plus"
            label={m.choose}
            accept={PHOTO_TYPES}
            disabled={sending}
            onPick={([file]) => file && void add(file)}
          />
          <output>{sending && m.sending}</output>
        </p>
      )}
    </div>
  );
}
