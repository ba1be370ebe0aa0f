import type { FileLink } from '#domain/files/file-contract.ts';
import { photos as en } from '../../../client/messages/en/photos.ts';
import { photos as zh } from '../../../client/messages/zh/photos.ts';
import { useTexts } from '../../../client/texts.ts';
import { PhotoStrip } from '../../../ui/photo-strip.tsx';

/** What riders photographed, by links that are good for some minutes. */
export function ReportPhotos({ links, name }: { links: readonly FileLink[]; name: string }) {
  const m = useTexts({ zh, en });
  const shown = links.map(({ url, thumb }, index) => ({
    id: url,
    full: url,
    thumb: thumb ?? url,
    alt: `${m.ofReports} ${index + 1}, ${name}`,
  }));
  return <PhotoStrip photos={shown} label={m.ofReports} words={m} small />;
}
