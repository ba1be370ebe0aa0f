const MAX_SIDE_PX = 2000;
const QUALITY = 0.82;
const MB = 1024 * 1024;
const MAX_PHOTO_BYTES = 15 * MB;
const MAX_PDF_BYTES = 20 * MB;
export const MAX_FILES = 40;

export type ReadyFile =
  { status: 'ready'; bytes: Blob; type: string } | { status: 'too_large'; limit: string } | { status: 'wrong_type' };

/**
 * A photo drawn anew: smaller, upright, and without where it was taken. A PDF stays as it is. Anything that the phone
 * cannot open as a picture is refused.
 */
export async function prepareFile(file: File): Promise<ReadyFile> {
  const head = new TextDecoder('latin1').decode(await file.slice(0, 5).arrayBuffer());
  if (head === '%PDF-') {
    if (file.size > MAX_PDF_BYTES) return { status: 'too_large', limit: '20 MB' };
    return { status: 'ready', bytes: file, type: 'application/pdf' };
  }
  if (file.size > MAX_PHOTO_BYTES) return { status: 'too_large', limit: '15 MB' };
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    return { status: 'wrong_type' };
  }
  const scale = Math.min(1, MAX_SIDE_PX / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext('2d');
  if (!context) return { status: 'wrong_type' };
  // A JPEG has no transparency: what shows through is paper.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const bytes = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
  return bytes ? { status: 'ready', bytes, type: 'image/jpeg' } : { status: 'wrong_type' };
}
