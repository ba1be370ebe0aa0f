import { describe, expect, it } from 'vitest';
import { allowsType, sniffType } from './file-kinds.ts';

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.codePointAt(0)!);

describe('sniffType', () => {
  it.each([
    ['\xff\xd8\xff\xe0\x00\x10JFIF', 'image/jpeg'],
    ['\xff\xd8\xff\xe1\x12\x34Exif', 'image/jpeg'],
    ['\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR', 'image/png'],
    ['RIFF\x10\x00\x00\x00WEBPVP8 ', 'image/webp'],
    ['%PDF-1.7\n%', 'application/pdf'],
    ['%PDF-2.0\n%', 'application/pdf'],
    ['\x00\x00\x00\x18ftypheic\x00\x00\x00\x00', 'heic'],
    ['\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00', 'heic'],
    ['\x00\x00\x00\x1cftypavif\x00\x00\x00\x00', 'heic'],
  ])('knows %j', (text, type) => {
    expect(sniffType(bytes(text))).toBe(type);
  });

  it.each([
    '',
    '\xff\xd8',
    'GIF89a',
    '<svg xmlns=',
    '<!doctype html>',
    'PK\x03\x04',
    '\x89PNG\n\x1a\n',
    'RIFF\x10\x00\x00\x00WAVE',
    ' %PDF-1.7',
    '%PDF-9.9',
    '\x00\x00\x00\x18ftypmp42',
    'MZ\x90\x00',
  ])('takes %j for none of ours', (text) => {
    expect(sniffType(bytes(text))).toBeNull();
  });
});

it('takes a PDF as a paper only', () => {
  expect(allowsType('paper', 'application/pdf')).toBe(true);
  expect(allowsType('site_photo', 'application/pdf')).toBe(false);
  expect(allowsType('report_photo', 'image/webp')).toBe(true);
});
