import type { SiteProperties } from '#domain/places/site.ts';
import { photos as en } from '../../client/messages/en/photos.ts';
import { photos as zh } from '../../client/messages/zh/photos.ts';
import { photoAddress } from '../../client/photos.ts';
import { useTexts } from '../../client/texts.ts';
import { PhotoStrip } from '../../ui/photo-strip.tsx';

/** What the place looks like, so that one knows the door. */
export function PlacePhotos({ site }: { site: SiteProperties }) {
  const m = useTexts({ zh, en });
  const shown = (site.photos ?? []).map(({ id, caption }, index) => ({
    id,
    ...photoAddress(id),
    alt: caption ?? m.of(site.name, index + 1),
    caption,
  }));
  return <PhotoStrip photos={shown} label={m.heading} words={m} />;
}
