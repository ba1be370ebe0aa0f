import { MAX_PICTURE_BYTES, SNIFFED_BYTES, sniffType, type FilePurpose } from '#domain/files/file-kinds.ts';
import type { FileLink, UploadedFile } from '#domain/files/file-contract.ts';
import { request } from './request.ts';
import { shrinkPicture } from './shrink-picture.ts';

/** What a picker of photos offers. Phones that take HEIC hand over a JPEG when only these are asked for. */
export const PHOTO_TYPES = 'image/jpeg,image/png,image/webp';

const TIMEOUT_MS = 180_000;

/** Photos that only some may see have links for some minutes; everybody's have their own address. */
const links = new Map<string, FileLink>();

function rememberLink(id: string, link: FileLink): void {
  links.set(id, link);
}

/** Where a photo of a place is, large and small. */
export function photoAddress(id: string): { full: string; thumb: string } {
  const known = links.get(id);
  if (known) return { full: known.url, thumb: known.thumb ?? known.url };
  const address = `/api/photos/${encodeURIComponent(id)}`;
  return { full: address, thumb: `${address}?size=thumb` };
}

/** Asks for links to photos that the place does not show to everybody (yet). Answers whether any came. */
export async function fetchPhotoLinks(ids: readonly string[]): Promise<boolean> {
  const missing = ids.filter((id) => !links.has(id));
  if (missing.length === 0) return false;
  const response = await request(`/api/office/photo-links?ids=${missing.join(',')}`, { cache: 'no-store' });
  const found = ((await response.json()) as { links: Record<string, FileLink> }).links;
  for (const [id, link] of Object.entries(found)) rememberLink(id, link);
  return Object.keys(found).length > 0;
}

/**
 * Hands a photo in. One that is too large is made smaller first, which costs the position in it. Throws `RequestRefused`,
 * or what `fetch` throws without a network.
 */
export async function handInPhoto(photo: Blob, purpose: FilePurpose): Promise<UploadedFile> {
  const small = photo.size > MAX_PICTURE_BYTES ? ((await shrinkPicture(photo)) ?? photo) : photo;
  // Apps give photos names that are not true (a PNG as .jpg), and browsers believe them: the bytes say what it is.
  const head = new Uint8Array(await small.slice(0, SNIFFED_BYTES).arrayBuffer());
  const found = sniffType(head);
  const type = found === null || found === 'heic' ? '' : found;
  const body = new FormData();
  body.append('file', new Blob([small], { type }), 'photo');
  const response = await request(`/api/files?purpose=${purpose}`, { method: 'POST', body }, TIMEOUT_MS);
  const file = (await response.json()) as UploadedFile;
  rememberLink(file.id, file.link);
  return file;
}
