import { useEffect, useState } from 'react';
import type { report } from '../../client/messages/zh/report.ts';
import { PHOTO_TYPES } from '../../client/photos.ts';
import { forgetReportPhoto, keepReportPhoto } from '../../client/report-photos.ts';
import { Button } from '../../ui/button.tsx';
import { laterIcons } from '../../ui/later-icons.ts';
import { PickButton } from '../../ui/pick-button.tsx';
import styles from './report-panel.module.css';

/** A photo that goes along with the next report. It is made small and kept on the phone at once. */
export function ReportPhoto({
  photoKey,
  onChange,
  texts,
}: {
  photoKey: string | null;
  onChange: (key: string | null) => void;
  texts: typeof report;
}) {
  const [address, setAddress] = useState<string | null>(null);
  const [unreadable, setUnreadable] = useState(false);
  useEffect(
    function freeAddress() {
      return () => {
        if (address) URL.revokeObjectURL(address);
      };
    },
    [address],
  );

  async function choose(file: File): Promise<void> {
    const kept = await keepReportPhoto(file);
    setUnreadable(kept === null);
    if (!kept) return;
    setAddress(URL.createObjectURL(kept.photo));
    onChange(kept.key);
  }

  return (
    <div className={styles.photo}>
      {photoKey && address ? (
        <div className={styles.chosen}>
          <img src={address} alt={texts.photoAlt} />
          <span>{texts.photoChosen}</span>
          <Button
            variant="quiet"
            onClick={() => {
              void forgetReportPhoto(photoKey);
              setAddress(null);
              onChange(null);
            }}
          >
            {texts.removePhoto}
          </Button>
        </div>
      ) : (
        <>
          <PickButton
            icon={laterIcons.camera}
            label={texts.addPhoto}
            accept={PHOTO_TYPES}
            onPick={([file]) => file && void choose(file)}
          />
          <p className={styles.quiet}>{texts.photoHint}</p>
        </>
      )}
      <output className={styles.warning}>{unreadable && texts.photoUnreadable}</output>
    </div>
  );
}
