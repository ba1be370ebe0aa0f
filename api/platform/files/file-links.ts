import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FileLink } from '#domain/files/file-contract.ts';
import { Problem } from '../../http/problem.ts';

export type FileSize = 'full' | 'thumb';

const MINUTE_MS = 60_000;
/** Long enough to look through a page, too short to be passed around. */
const GOOD_FOR_MS = 10 * MINUTE_MS;

/** Addresses that open one file for some minutes. Whoever makes one has found out that its receiver may see the file. */
export type FileLinks = {
  make: (file: { id: string; thumbBytes: number | null }) => FileLink;
  /** Throws `link_not_good`: it is over, or was not made here in this form. */
  assert: (id: string, size: FileSize, expires: number, signature: string) => void;
};

/** `key` is a secret of the program, the same in all its processes. */
export function createFileLinks(key: Buffer, clock: () => number): FileLinks {
  const sign = (id: string, size: FileSize, expires: number) =>
    createHmac('sha256', key).update(`${id}\n${size}\n${expires}`).digest();
  function address(id: string, size: FileSize): string {
    const expires = Math.floor((clock() + GOOD_FOR_MS) / 1000);
    const signature = sign(id, size, expires).toString('base64url');
    return `/api/files/${id}?${size === 'thumb' ? 'size=thumb&' : ''}expires=${expires}&signature=${signature}`;
  }
  return {
    make: ({ id, thumbBytes }) => ({
      url: address(id, 'full'),
      thumb: thumbBytes === null ? null : address(id, 'thumb'),
    }),
    assert(id, size, expires, signature) {
      const given = Buffer.from(signature, 'base64url');
      const right = sign(id, size, expires);
      if (given.length !== right.length || !timingSafeEqual(given, right) || expires * 1000 <= clock()) {
        throw new Problem('link_not_good', 'This link is over or was altered. Open the page that led here again.');
      }
    },
  };
}
