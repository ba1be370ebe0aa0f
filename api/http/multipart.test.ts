import { describe, expect, it } from 'vitest';
import { BrokenMultipart, multipartBoundary, readMultipart } from './multipart.ts';

const BODY = Buffer.from(
  'preamble\r\n--b\r\nContent-Disposition: form-data; name="source"\r\n\r\n名单\r\n' +
    '--b\r\nContent-Disposition: form-data; name="file"; filename="a%22b.csv"\r\nContent-Type: text/csv\r\n\r\n' +
    'x\r\n--\r\n--Bogus?\r\n-\r\n--b\r\nX: y\r\n\r\n\r\n--b--\r\nepilogue',
);

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function partsOf(bytes: Buffer, size: number, boundary = 'b') {
  const parts: { name: string; fileName: string | null; text: string }[] = [];
  for await (const { name, fileName, data } of readMultipart(inPieces(bytes, size), boundary)) {
    const pieces: Buffer[] = [];
    for await (const piece of data) pieces.push(Buffer.from(piece));
    parts.push({ name, fileName, text: Buffer.concat(pieces).toString() });
  }
  return parts;
}

describe('a multipart body', () => {
  it('comes out the same however it arrives', async () => {
    const whole = await partsOf(BODY, BODY.length);
    expect(whole).toEqual([
      { name: 'source', fileName: null, text: '名单' },
      { name: 'file', fileName: 'a"b.csv', text: 'x\r\n--\r\n--Bogus?\r\n-' },
      { name: '', fileName: null, text: '' },
    ]);
    for (let size = 1; size < 60; size++) {
      expect(await partsOf(BODY, size)).toEqual(whole);
    }
  });

  it('can be left unread, part by part', async () => {
    const names: string[] = [];
    const bytes = BODY;
    for await (const { name } of readMultipart(inPieces(bytes, 7), 'b')) names.push(name);
    expect(names).toEqual(['source', 'file', '']);
  });

  it.each([
    '',
    'x',
    '--b',
    '--b\r\nX: y\r\n\r\ncut off',
    '--b\r\nX: y\r\n\r\n\r\n--b?',
    `--b\r\n${'x'.repeat(9000)}\r\n\r\n`,
  ])('that is broken (%#) says so', async (text) => {
    await expect(partsOf(Buffer.from(text), 5)).rejects.toThrow(BrokenMultipart);
  });

  it.each([
    ['multipart/form-data; boundary=abc', 'abc'],
    ['Multipart/Form-Data; charset=utf-8; boundary="a b"', 'a b'],
    ['multipart/form-data', null],
    ['multipart/mixed; boundary=abc', null],
    ['application/json', null],
  ])('has the boundary of %s', (type, boundary) => {
    expect(multipartBoundary(type)).toBe(boundary);
  });
});
