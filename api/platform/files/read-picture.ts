import exifReader from 'exif-reader';
import sharp from 'sharp';
import { exifPosition } from '#domain/files/exif-position.ts';
import { MAX_PICTURE_PIXELS } from '#domain/files/file-kinds.ts';
import type { Point } from '#domain/geo/point.ts';
import { Problem } from '../../http/problem.ts';

export type Picture = {
  /** JPEG without any metadata. */
  full: Buffer;
  /** WebP for lists. */
  thumb: Buffer;
  width: number;
  height: number;
  /** By the photo's own word; for the answer, never kept. */
  position: Point | null;
};

const MAX_SIDE_PX = 2560;
const THUMB_SIDE_PX = 480;

// A phone's worth of pictures is not a picture server: little memory is worth more than the last bit of speed.
sharp.cache(false);
sharp.concurrency(1);

/**
 * Decodes a picture and draws it anew: upright, at most 2,560 px, with nothing but its pixels. Throws `file_broken` when
 * it cannot be decoded to the end, `file_too_large` when it has too many pixels.
 */
export async function readPicture(bytes: Buffer): Promise<Picture> {
  const open = () => sharp(bytes, { limitInputPixels: MAX_PICTURE_PIXELS, failOn: 'error' });
  try {
    const { exif, width: wide = 0, height: high = 0 } = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (wide * high > MAX_PICTURE_PIXELS) throw tooManyPixels(wide, high);
    const { data: full, info } = await open()
      .rotate() // by the EXIF orientation, which is gone afterwards
      .resize(MAX_SIDE_PX, MAX_SIDE_PX, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 82 })
      .toBuffer({ resolveWithObject: true });
    const thumb = await sharp(full)
      .resize(THUMB_SIDE_PX, THUMB_SIDE_PX, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 72 })
      .toBuffer();
    return { full, thumb, width: info.width, height: info.height, position: positionIn(exif) };
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(
      'file_broken',
      'The picture cannot be read to its end: it is damaged or was cut off. Take it again, or choose another. Nothing was stored.',
    );
  }
}

function positionIn(exif: Buffer | undefined): Point | null {
  if (!exif) return null;
  try {
    return exifPosition(exifReader(exif).GPSInfo);
  } catch {
    return null; // EXIF that cannot be read says nothing; the picture itself is good
  }
}

function tooManyPixels(width: number, height: number): Problem {
  return new Problem(
    'file_too_large',
    `The picture has ${width} by ${height} pixels; at most ${MAX_PICTURE_PIXELS / 1e6} million can be read. Make it smaller. Nothing was stored.`,
  );
}
