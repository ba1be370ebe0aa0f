import type { SitePhoto } from './site-document.ts';

/**
 * Two edits of one list of photos together: what either added is there, what either took away is not. Where both gave one
 * photo a caption, or an order, the first side's counts; what both added stands in the order of the first side.
 */
export function mergePhotos(
  base: readonly SitePhoto[],
  first: readonly SitePhoto[],
  second: readonly SitePhoto[],
): SitePhoto[] {
  const [was, one, other] = [base, first, second].map((list) => new Map(list.map((photo) => [photo.file, photo])));
  const isGone = ({ file }: SitePhoto) => was!.has(file) && !(one!.has(file) && other!.has(file));
  const captionOf = (file: string) => {
    const [old, mine, their] = [was!.get(file), one!.get(file), other!.get(file)];
    if (!mine || !their) return (mine ?? their)!.caption;
    return mine.caption === (old?.caption ?? null) ? their.caption : mine.caption;
  };
  const leads = isReordered(base, first) || !isReordered(base, second) ? [first, second] : [second, first];
  const files = new Set(leads.flatMap((list) => list.filter((photo) => !isGone(photo)).map(({ file }) => file)));
  return [...files].map((file) => ({ file, caption: captionOf(file) }));
}

function isReordered(base: readonly SitePhoto[], list: readonly SitePhoto[]): boolean {
  const place = new Map(list.map(({ file }, index) => [file, index]));
  const places = base.flatMap(({ file }) => place.get(file) ?? []);
  return places.some((at, i) => i > 0 && at < places[i - 1]!);
}
