import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CERTIFICATE_CODE_LENGTH, certificateCodeOf, readCertificateCode } from './certificate-code.ts';

const bytes = fc.uint8Array({ minLength: CERTIFICATE_CODE_LENGTH, maxLength: CERTIFICATE_CODE_LENGTH });

describe('a certificate code', () => {
  it('holds at least 80 bits: every bit of five of each byte counts', () => {
    expect(CERTIFICATE_CODE_LENGTH * 5).toBeGreaterThanOrEqual(80);
    const all = new Set(Array.from({ length: 256 }, (_, byte) => certificateCodeOf(new Uint8Array(20).fill(byte))));
    expect(all.size).toBe(32);
    expect(() => certificateCodeOf(new Uint8Array(19))).toThrow(RangeError);
  });

  it('is read however it is written down', () => {
    fc.assert(
      fc.property(bytes, (random) => {
        const code = certificateCodeOf(random);
        expect(readCertificateCode(code)).toBe(code);
        const spoken = code.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l');
        expect(readCertificateCode(` ${spoken.match(/.{4}/g)!.join('-')} `)).toBe(code);
      }),
      { seed: 5 },
    );
  });

  it.each(['', 'ABC', 'U'.repeat(20), '0'.repeat(21), '证书'])('is not %j', (text) => {
    expect(readCertificateCode(text)).toBeNull();
  });
});
