/** Pictures and papers for tests, made when they are needed. */
import sharp from 'sharp';
import type { FilePurpose } from '#domain/files/file-kinds.ts';
import type { Point } from '#domain/geo/point.ts';
import type { TestApp } from './factories.ts';

type Exif = Parameters<ReturnType<typeof sharp>['withExif']>[0];

/** A photo as a phone takes it; `at` is the position that the phone writes into it. Each is another picture. */
export async function makePhoto({
  at,
  width = 640,
  height = 480,
  format = 'jpeg',
  orientation,
  exif,
}: {
  at?: Point;
  width?: number;
  height?: number;
  format?: 'jpeg' | 'png' | 'webp';
  orientation?: number;
  exif?: Exif;
} = {}): Promise<Buffer> {
  const half = Math.floor(width / 2);
  const left = await sharp({ create: { width: half, height, channels: 3, background: '#d02020' } })
    .png()
    .toBuffer();
  const mark = ++made;
  let picture = sharp({
    create: { width, height, channels: 3, background: { r: mark & 127, g: (mark >> 7) & 127, b: 200 } },
  }).composite([{ input: left, left: 0, top: 0 }]);
  if (at || exif) picture = picture.withExif({ ...exif, ...(at && gpsOf(at)) });
  if (orientation) picture = picture.withMetadata({ orientation });
  return picture.toFormat(format).toBuffer();
}
let made = 0;

const parts = (degrees: number) => {
  const seconds = Math.round(Math.abs(degrees) * 3600 * 100);
  return `${Math.floor(seconds / 360_000)}/1 ${Math.floor((seconds % 360_000) / 6000)}/1 ${seconds % 6000}/100`;
};

function gpsOf({ lng, lat }: Point): Exif {
  return {
    IFD0: { Make: 'Luyi', Model: 'a secret model' },
    IFD3: {
      GPSLatitudeRef: lat < 0 ? 'S' : 'N',
      GPSLatitude: parts(lat),
      GPSLongitudeRef: lng < 0 ? 'W' : 'E',
      GPSLongitude: parts(lng),
    },
  };
}

export function makePdf(bytes = 2000): Buffer {
  const head = '%PDF-1.7\n% a paper for a test\n';
  const tail = '\nstartxref\n0\n%%EOF\n';
  return Buffer.from(head + `${++made} `.padEnd(Math.max(1, bytes - head.length - tail.length), 'x') + tail);
}

/** Hands a file in as a browser does. */
export function handIn(
  app: TestApp,
  bytes: Buffer,
  {
    purpose = 'site_photo',
    type = 'image/jpeg',
    headers = {},
    name = 'photo.jpg',
  }: { purpose?: FilePurpose; type?: string; headers?: Record<string, string>; name?: string } = {},
): Promise<Response> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)], { type }), name);
  return app.request(`/api/files?purpose=${purpose}`, { method: 'POST', body: form, headers });
}
