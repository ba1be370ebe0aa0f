import { useEffect, useReducer, useState } from 'react';
import { distanceM } from '#domain/geo/geodesic.ts';
import type { Point } from '#domain/geo/point.ts';
import { MAX_SITE_PHOTOS } from '#domain/places/catalogue.ts';
import { photosOf } from '#domain/places/document-changes.ts';
import type { SiteDocument } from '#domain/places/site-document.ts';
import { fetchPhotoLinks, handInPhoto, PHOTO_TYPES, photoAddress } from '../../client/photos.ts';
import { RequestRefused } from '../../client/request.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { laterIcons } from '../../ui/later-icons.ts';
import { showToast } from '../../ui/notices.tsx';
import { PickButton } from '../../ui/pick-button.tsx';
import type { FormPart } from './form-context.ts';
import { FormSection } from './form-section.tsx';
import { PhotoPositionOffer } from './photo-position-offer.tsx';
import styles from './photos.module.css';
import { photoRefusal } from './refusal-words.ts';
import { useEditorTexts } from './use-editor-texts.ts';

/** The pin is where the photo was taken, and not farther off than that. */
const SAME_PLACE_M = 15;

type Photo = SiteDocument['photos'][number];
type Change = (change: (photos: Photo[]) => Photo[]) => void;

/** What riders see of the place: taken on the spot, put in order, with a word to each. */
export function PhotosSection({
  changePhotos,
  ...form
}: FormPart & {
  /** Over the photos as they are then: sending one takes a while. */
  changePhotos: Change;
}) {
  const t = useEditorTexts();
  const m = t.photos;
  const photos = photosOf(form.document);
  const [sending, setSending] = useState(0);
  const [positions, setPositions] = useState<ReadonlyMap<string, Point>>(new Map());
  useLinks(photos);

  async function add(files: File[]): Promise<void> {
    const room = MAX_SITE_PHOTOS - photos.length - sending;
    if (files.length > room) showToast({ text: m.full });
    for (const file of files.slice(0, room)) {
      setSending((n) => n + 1);
      try {
        const { id, position } = await handInPhoto(file, 'site_photo');
        changePhotos((now) => (now.length < MAX_SITE_PHOTOS ? [...now, { file: id, caption: null }] : now));
        if (position) setPositions((old) => new Map(old).set(id, position));
      } catch (error) {
        const problem = error instanceof RequestRefused ? error : null;
        showToast({ text: photoRefusal(problem, t), staysMs: null });
      }
      setSending((n) => n - 1);
    }
  }

  const forgetPosition = (file: string) => setPositions((old) => new Map([...old].filter(([id]) => id !== file)));
  const full = photos.length + sending >= MAX_SITE_PHOTOS;

  return (
    <FormSection name="photos" title={t.sections.photos}>
      <p className={styles.hint}>{m.hint}</p>
      <ol className={styles.photos}>
        {photos.map((photo, index) => (
          <li key={photo.file}>
            <PhotoItem
              photo={photo}
              index={index}
              last={index === photos.length - 1}
              changePhotos={changePhotos}
              form={form}
            />
            {positions.has(photo.file) && (
              <PhotoPositionOffer
                position={positions.get(photo.file)!}
                pin={form.document.point}
                awayM={form.document.point && distanceM(form.document.point, positions.get(photo.file)!)}
                sameM={SAME_PLACE_M}
                onUse={(point) => {
                  form.onChange({ point, precisionM: form.document.precisionM ?? SAME_PLACE_M, original: null });
                  forgetPosition(photo.file);
                  showToast({ text: m.positionUsed });
                }}
                onLeave={() => forgetPosition(photo.file)}
              />
            )}
          </li>
        ))}
      </ol>
      <p className={styles.actions}>
        <PickButton
          icon={laterIcons.camera}
          label={m.take}
          accept="image/*"
          capture
          disabled={full}
          onPick={(files) => void add(files)}
        />
        <PickButton
          icon="plus"
          label={m.choose}
          accept={PHOTO_TYPES}
          multiple
          disabled={full}
          onPick={(files) => void add(files)}
        />
        <output>{sending > 0 ? m.sending : full ? m.full : ''}</output>
      </p>
    </FormSection>
  );
}

function PhotoItem({
  photo: { file, caption },
  index,
  last,
  changePhotos,
  form,
}: {
  photo: Photo;
  index: number;
  last: boolean;
  changePhotos: Change;
  form: FormPart;
}) {
  const t = useEditorTexts();
  const m = t.photos;
  const name = m.photo(index + 1);

  function move(by: number): void {
    changePhotos((now) => {
      const from = now.findIndex((one) => one.file === file);
      const others = now.filter((one) => one.file !== file);
      return others.toSpliced(from + by, 0, now[from]!);
    });
  }

  function remove(): void {
    changePhotos((now) => now.filter((one) => one.file !== file));
    showToast({
      text: m.removed,
      action: { label: m.undo, run: () => changePhotos((now) => now.toSpliced(index, 0, { file, caption })) },
    });
  }

  return (
    <div className={styles.photo}>
      <img src={photoAddress(file).thumb} alt={caption || name} />
      <div className={styles.fields}>
        <TextField
          label={`${name} · ${m.caption}`}
          placeholder={m.captionHint}
          value={caption ?? ''}
          error={form.problemAt(`photos.${file}`)}
          onChange={(text) =>
            changePhotos((now) => now.map((one) => (one.file === file ? { ...one, caption: text || null } : one)))
          }
        />
        <p className={styles.actions}>
          <IconButton
            icon={laterIcons.back}
            label={`${m.earlier}: ${name}`}
            disabled={index === 0}
            onClick={() => move(-1)}
          />
          <IconButton icon={laterIcons.forward} label={`${m.later}: ${name}`} disabled={last} onClick={() => move(1)} />
          <Button icon="close" aria-label={`${m.remove}: ${name}`} onClick={remove}>
            {m.remove}
          </Button>
        </p>
      </div>
    </div>
  );
}

/** Photos that not everybody may see (yet) need links; they are asked for once. */
function useLinks(photos: readonly Photo[]): void {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const ids = photos.map(({ file }) => file).join(',');
  useEffect(
    function askForLinks() {
      if (ids === '') return;
      fetchPhotoLinks(ids.split(','))
        .then((came) => came && redraw())
        .catch(() => {}); // without a network the pictures stay away
    },
    [ids],
  );
}
