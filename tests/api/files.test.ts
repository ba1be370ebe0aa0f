import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { count, eq, ne } from 'drizzle-orm';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UploadedFile, UploadState } from '#domain/files/file-contract.ts';
import { attachFiles, giveFilesTo } from '../../api/platform/files/attach-files.ts';
import { FILE_LIMITS } from '../../api/platform/files/file-quota.ts';
import { createFiles } from '../../api/platform/files/files.ts';
import { openLocalStorage } from '../../api/platform/files/local-storage.ts';
import { sweepFiles } from '../../api/platform/files/sweep-files.ts';
import { personKeys } from '../../db/tables/accounts.ts';
import { files as filesTable, fileUploads, fileUses } from '../../db/tables/files.ts';
import type { Connection } from '../../db/connect.ts';
import { signedInAs } from '../support/actors.ts';
import { openTestDatabase, testEngines } from '../support/database.ts';
import { AT, createTestApp, makeActor, NOON, type TestApp } from '../support/factories.ts';
import { officer, parsed, refused, rider } from '../support/office.ts';
import { handIn, makePdf, makePhoto } from '../support/pictures.ts';

const HOUR_MS = 3_600_000;
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe.each(testEngines())('files on %s', (engine) => {
  let connection: Connection;
  let app: TestApp;
  let now = NOON;

  beforeAll(async () => {
    connection = await openTestDatabase(engine);
    app = await createTestApp(connection, { trustedProxies: 1 });
  });
  beforeEach(async () => {
    for (const table of [fileUploads, fileUses, filesTable]) await connection.db.delete(table);
    await connection.db.delete(personKeys).where(ne(personKeys.personId, '#program'));
    await rm(app.filesFolder, { recursive: true });
    const { db, vault, clock, log } = app.files;
    const storage = await openLocalStorage(app.filesFolder);
    Object.assign(app.files, createFiles({ db, vault, storage, clock, log }));
    // Days apart, so that only the tests about limits meet a limit.
    now += 72 * HOUR_MS;
    app.clock.nowMs = now;
  });
  afterAll(async () => {
    await app.close();
    await connection.close();
  });

  const asOfficer = signedInAs(officer);
  const asRider = signedInAs(rider);
  const add = async (bytes: Buffer, options: Parameters<typeof handIn>[2] = {}) =>
    parsed(await handIn(app, bytes, { headers: asOfficer, ...options }), UploadedFile, 201);
  const open = async (url: string) => {
    const response = await app.request(url);
    return { response, bytes: Buffer.from(await response.arrayBuffer()) };
  };
  const contents = async () =>
    (await readdir(app.filesFolder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  const nothingIsKept = async () => {
    expect(await connection.db.select().from(filesTable)).toEqual([]);
    expect(await contents()).toEqual([]);
  };

  const erase = (personId: string) => connection.db.transaction((tx) => app.files.vault.destroyKey(tx, personId, now));
  const begin = async (bytes: Buffer, wanted: object = {}, actor = rider) =>
    app.as(actor, 'POST', '/api/files/uploads', {
      purpose: 'paper',
      type: 'application/pdf',
      bytes: bytes.length,
      sha256: sha256(bytes),
      ...wanted,
    });
  const send = (id: string, offset: number | string | null, piece: Buffer | ReadableStream, actor = rider) =>
    app.request(`/api/files/uploads/${id}`, {
      method: 'PATCH',
      body: piece instanceof Buffer ? new Uint8Array(piece) : piece,
      headers: {
        ...signedInAs(actor),
        'content-type': 'application/offset+octet-stream',
        ...(offset !== null && { 'upload-offset': String(offset) }),
      },
      duplex: 'half',
    } as RequestInit);
  const head = async (id: string, actor = rider) => {
    const response = await app.request(`/api/files/uploads/${id}`, { method: 'HEAD', headers: signedInAs(actor) });
    return response.status === 200 ? Number(response.headers.get('upload-offset')) : response.status;
  };

  describe('handing in', () => {
    it.each(['jpeg', 'png', 'webp'] as const)('keeps a %s as a JPEG and a thumbnail', async (format) => {
      const photo = await makePhoto({ width: 3000, height: 2000, format });
      const file = await add(photo, { type: `image/${format}` });
      expect(file).toMatchObject({ type: 'image/jpeg', width: 2560, height: 1707, position: null });
      const full = await open(file.link.url);
      expect(full.response.status).toBe(200);
      expect(full.bytes.length).toBe(file.bytes);
      expect(await sharp(full.bytes).metadata()).toMatchObject({ format: 'jpeg', width: 2560, height: 1707 });
      const thumb = await open(file.link.thumb!);
      expect(await sharp(thumb.bytes).metadata()).toMatchObject({ format: 'webp', width: 480, height: 320 });
      const [row] = await connection.db.select().from(filesTable);
      expect(row).toMatchObject({ sha256: sha256(photo), personId: officer.personId, deviceHash: null });
    });

    it('tells where a photo was taken, once, and takes it out with everything else', async () => {
      const photo = await makePhoto({ at: AT.centre });
      expect(photo.includes('a secret model')).toBe(true);
      const file = await add(photo);
      expect(file.position!.lng).toBeCloseTo(AT.centre.lng, 5);
      expect(file.position!.lat).toBeCloseTo(AT.centre.lat, 5);
      for (const url of [file.link.url, file.link.thumb!]) {
        const { bytes } = await open(url);
        expect((await sharp(bytes).metadata()).exif).toBeUndefined();
        expect(bytes.includes('a secret model')).toBe(false);
      }
      const stored = JSON.stringify(await connection.db.select().from(filesTable));
      expect(stored).not.toContain('118.1');
      expect(stored).not.toContain('24.48');
    });

    it('turns a photo upright before its orientation is forgotten', async () => {
      const file = await add(await makePhoto({ width: 640, height: 480, orientation: 6 }));
      expect(file).toMatchObject({ width: 480, height: 640 });
      const { bytes } = await open(file.link.url);
      // What was on the left is on top after a quarter turn to the right.
      const { data } = await sharp(bytes)
        .extract({ left: 240, top: 40, width: 1, height: 1 })
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect(data[0]!).toBeGreaterThan(150);
    });

    it('keeps a PDF as it is, as a paper', async () => {
      const pdf = makePdf(200_000);
      const file = await add(pdf, { purpose: 'paper', type: 'application/pdf', headers: asRider });
      expect(file).toMatchObject({ type: 'application/pdf', bytes: pdf.length, width: null, link: { thumb: null } });
      const { response, bytes } = await open(file.link.url);
      expect(bytes.equals(pdf)).toBe(true);
      expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="luyi-[0-9a-f]{8}\.pdf"$/);
    });

    it('keeps nothing that can be read without the keys', async () => {
      const pdf = makePdf(5000);
      await add(pdf, { purpose: 'paper', type: 'application/pdf' });
      await add(await makePhoto());
      const paths = await contents();
      expect(paths).toHaveLength(3);
      for (const path of paths) {
        const bytes = await readFile(path);
        expect(bytes.subarray(0, 4).toString()).toBe('LYF1');
        for (const mark of ['%PDF', 'xxxxxxxx', '\xff\xd8\xff', 'WEBP'])
          expect(bytes.includes(Buffer.from(mark, 'latin1'))).toBe(false);
      }
    });

    it('takes a photo for a report from anybody, and remembers the phone by a hash only', async () => {
      const response = await handIn(app, await makePhoto(), { purpose: 'report_photo' });
      await parsed(response, UploadedFile, 201);
      const device = /luyi_device=([\w-]{22})/.exec(response.headers.getSetCookie().join())![1]!;
      const [row] = await connection.db.select().from(filesTable);
      expect(row!.personId).toBeNull();
      expect(row!.deviceHash).toHaveLength(44);
      expect(JSON.stringify(row)).not.toContain(device);
    });

    it('does not write down who sends a photo for a report', async () => {
      await parsed(
        await handIn(app, await makePhoto(), { purpose: 'report_photo', headers: asOfficer }),
        UploadedFile,
        201,
      );
      const [row] = await connection.db.select().from(filesTable);
      expect(row!.personId).toBeNull();
    });
  });

  describe('bad input', () => {
    it.each<[string, () => Buffer | Promise<Buffer>, string, number, string]>([
      ['a text that says it is a JPEG', () => Buffer.from('hello '.repeat(100)), 'image/jpeg', 422, 'file_lies'],
      [
        'a page that says it is a picture',
        () => Buffer.from('<!doctype html><script>alert(1)</script>'),
        'image/png',
        422,
        'file_lies',
      ],
      ['a PNG that says it is a JPEG', () => makePhoto({ format: 'png' }), 'image/jpeg', 422, 'file_lies'],
      ['a PDF that says it is a JPEG', () => makePdf(), 'image/jpeg', 422, 'file_lies'],
      ['a PDF where a photo belongs', () => makePdf(), 'application/pdf', 415, 'file_type'],
      ['an SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml', 415, 'file_type'],
      ['a GIF', () => Buffer.from('GIF89a'.padEnd(200, '\0')), 'image/gif', 415, 'file_type'],
      ['a HEIC', () => Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic'), 'image/heic', 415, 'file_type'],
      ['nothing', () => Buffer.alloc(0), 'image/jpeg', 422, 'file_empty'],
      ['the head of a JPEG only', () => Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), 'image/jpeg', 422, 'file_broken'],
      [
        'a JPEG that was cut off',
        async () => (await makePhoto({ width: 2000, height: 2000 })).subarray(0, -3000),
        'image/jpeg',
        422,
        'file_broken',
      ],
      [
        'a PNG that was cut off',
        async () => (await makePhoto({ format: 'png' })).subarray(0, 400),
        'image/png',
        422,
        'file_broken',
      ],
      [
        'noise behind a JPEG’s head',
        () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), randomBytes(3000)]),
        'image/jpeg',
        422,
        'file_broken',
      ],
      ['a PNG of a billion pixels', () => bomb(), 'image/png', 413, 'file_too_large'],
      [
        'a picture of 15 MB and more',
        () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(15 * 1024 * 1024)]),
        'image/jpeg',
        413,
        'file_too_large',
      ],
    ])('refuses %s in words and keeps nothing', async (_, make, type, status, code) => {
      const response = await handIn(app, await make(), { type, headers: asOfficer });
      const { detail } = await refused(response, status, code);
      expect(detail).toMatch(/Nothing was stored|cannot be read/);
      await nothingIsKept();
    });

    it.each<[string, () => Buffer, number, string]>([
      ['of 20 MB and more', () => makePdf(20 * 1024 * 1024 + 1), 413, 'file_too_large'],
      ['that was cut off', () => makePdf(9000).subarray(0, 5000), 422, 'file_broken'],
      ['that is a picture', () => Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 422, 'file_lies'],
    ])('refuses a PDF %s', async (_, make, status, code) => {
      const response = await handIn(app, make(), { purpose: 'paper', type: 'application/pdf', headers: asRider });
      await refused(response, status, code);
      await nothingIsKept();
    });

    it('says in words that HEIC is the trouble', async () => {
      const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic');
      const { detail } = await refused(await handIn(app, heic, { type: '', headers: asOfficer }), 415, 'file_type');
      expect(detail).toMatch(/HEIC.*JPEG/);
    });

    it.each([
      ['nobody', {}, 'site_photo', 401, 'not_signed_in'],
      ['nobody', {}, 'paper', 401, 'not_signed_in'],
      ['a rider', signedInAs(rider), 'site_photo', 403, 'not_allowed'],
      ['a keeper', signedInAs(makeActor('keeper', 'a-bank')), 'verification_photo', 403, 'not_allowed'],
    ] as const)('refuses %s (%j) a %s', async (_, headers, purpose, status, code) => {
      await refused(await handIn(app, await makePhoto(), { purpose, headers }), status, code);
      await nothingIsKept();
    });

    it.each<[string, RequestInit, number, string]>([
      ['JSON', { body: '{}', headers: { 'content-type': 'application/json' } }, 415, 'unsupported_media_type'],
      ['no boundary', { body: 'x', headers: { 'content-type': 'multipart/form-data' } }, 415, 'unsupported_media_type'],
      [
        'no parts',
        { body: '--b--\r\n', headers: { 'content-type': 'multipart/form-data; boundary=b' } },
        400,
        'invalid_request',
      ],
      [
        'another field',
        {
          body: '--b\r\ncontent-disposition: form-data; name="other"; filename="x"\r\n\r\nx\r\n--b--\r\n',
          headers: { 'content-type': 'multipart/form-data; boundary=b' },
        },
        400,
        'invalid_request',
      ],
      [
        'an end too early',
        {
          body: '--b\r\ncontent-disposition: form-data; name="file"; filename="x"\r\n\r\n\xff',
          headers: { 'content-type': 'multipart/form-data; boundary=b' },
        },
        400,
        'broken_upload',
      ],
    ])('refuses %s', async (_, init, status, code) => {
      const response = await app.request('/api/files?purpose=site_photo', {
        method: 'POST',
        ...init,
        headers: { ...asOfficer, ...(init.headers as object) },
      });
      await refused(response, status, code);
      await nothingIsKept();
    });

    it('refuses an unknown purpose', async () => {
      const response = await handIn(app, await makePhoto(), { purpose: 'gift' as never, headers: asOfficer });
      await refused(response, 400, 'invalid_request');
    });

    it('lets no phone fill the disk', async () => {
      const first = await handIn(app, await makePhoto({ width: 8, height: 8 }), { purpose: 'report_photo' });
      const cookie = first.headers.getSetCookie()[0]!.split(';')[0]!;
      const [row] = await connection.db.select().from(filesTable);
      const more = Array.from({ length: FILE_LIMITS.device.files - 1 }, () => ({ ...row!, id: randomUUID() }));
      await connection.db.insert(filesTable).values(more);
      const again = async (headers: Record<string, string>) =>
        handIn(app, await makePhoto({ width: 8, height: 8 }), { purpose: 'report_photo', headers });
      await refused(await again({ cookie }), 429, 'too_many_files');
      expect((await again({})).status).toBe(201); // another phone
      app.clock.nowMs = now + 25 * HOUR_MS;
      expect((await again({ cookie })).status).toBe(201);
    });
  });

  describe('links', () => {
    it('open the file and nothing else, for ten minutes', async () => {
      const file = await add(await makePhoto());
      const { response } = await open(file.link.url);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'image/jpeg',
        'content-length': String(file.bytes),
        'content-disposition': `inline; filename="luyi-${file.id.slice(0, 8)}.jpg"`,
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cache-control': 'private, no-store',
      });
      app.clock.nowMs += 599_000;
      expect((await open(file.link.url)).response.status).toBe(200);
      app.clock.nowMs += 1000;
      await refused(await app.request(file.link.url), 403, 'link_not_good');
    });

    it.each<[string, (url: string) => string]>([
      [
        'another signature',
        (url) => url.replace(/signature=./, (was) => (was.endsWith('A') ? 'signature=B' : 'signature=A')),
      ],
      ['no signature', (url) => url.replace(/signature=[^&]+/, 'signature=')],
      ['a later end', (url) => url.replace(/expires=(\d+)/, (_, at: string) => `expires=${Number(at) + 600}`)],
      ['another size', (url) => `${url}&size=thumb`],
      ['another file', (url) => url.replace(/files\/[^?]+/, `files/${randomUUID()}`)],
    ])('do not open with %s', async (_, change) => {
      const file = await add(await makePhoto());
      await refused(await app.request(change(file.link.url)), 403, 'link_not_good');
    });

    it.each(['', '?expires=x&signature=y', '?signature=y'])('are refused half: %j', async (query) => {
      const file = await add(await makePhoto());
      await refused(await app.request(`/api/files/${file.id}${query}`), 400, 'invalid_request');
    });

    it('do not hand out a file whose bytes were altered', async () => {
      const file = await add(await makePhoto());
      const path = (await contents()).find((one) => one.endsWith(file.id))!;
      const bytes = await readFile(path);
      bytes[100]! ^= 1;
      await writeFile(path, bytes);
      expect((await app.request(file.link.url)).status).toBe(500);
    });
  });

  describe('the person whom a file is about', () => {
    const use = { kind: 'claim', subjectId: 'claim-1' } as const;

    it('takes it along when they are erased', async () => {
      const file = await add(makePdf(), { purpose: 'paper', type: 'application/pdf', headers: asRider });
      await erase(rider.personId);
      await refused(await app.request(file.link.url), 404, 'file_not_found');
    });

    it('may be somebody else than who handed it in', async () => {
      const pdf = makePdf();
      const file = await add(pdf, { purpose: 'paper', type: 'application/pdf' });
      await connection.db.transaction(async (tx) => {
        const uploader = app.files.byPerson(officer.personId);
        const rows = await attachFiles(tx, {
          fileIds: [file.id],
          use,
          purpose: 'paper',
          uploader,
          path: 'papers',
          nowMs: now,
        });
        await giveFilesTo(tx, app.files.vault, rows, 'the-claimant');
      });
      await erase(officer.personId);
      expect((await open(file.link.url)).bytes.equals(pdf)).toBe(true);
      await erase('the-claimant');
      await refused(await app.request(file.link.url), 404, 'file_not_found');
    });

    it('does not matter to photos of places', async () => {
      const file = await add(await makePhoto());
      await erase(officer.personId);
      expect((await open(file.link.url)).response.status).toBe(200);
    });
  });

  describe('the sweep', () => {
    it('deletes what nothing uses after a day, and leaves the rest', async () => {
      const [used, unused] = [await add(await makePhoto()), await add(await makePhoto())];
      await connection.db.transaction((tx) =>
        attachFiles(tx, {
          fileIds: [used.id],
          use: { kind: 'site', subjectId: 'x' },
          purpose: 'site_photo',
          uploader: app.files.byPerson(officer.personId),
          path: 'photos',
          nowMs: now,
        }),
      );
      app.clock.nowMs = now + 23 * HOUR_MS;
      expect(await sweepFiles(app.files)).toBe(0);
      app.clock.nowMs = now + 25 * HOUR_MS;
      expect(await sweepFiles(app.files)).toBe(1);
      const rows = await connection.db.select({ id: filesTable.id }).from(filesTable);
      expect(rows).toEqual([{ id: used.id }]);
      expect((await contents()).map((path) => path.includes(unused.id))).toEqual([false, false]);
    });

    it('ends what an earlier one began, and clears up behind a process that died', async () => {
      const [half, doomed] = [await add(await makePhoto()), await add(await makePhoto())];
      await connection.db.update(filesTable).set({ storedAt: null }).where(eq(filesTable.id, half.id));
      await connection.db
        .update(filesTable)
        .set({ doomedAt: new Date(now) })
        .where(eq(filesTable.id, doomed.id));
      const attach = (id: string) =>
        connection.db.transaction((tx) =>
          attachFiles(tx, {
            fileIds: [id],
            use: { kind: 'site', subjectId: 'x' },
            purpose: 'site_photo',
            uploader: app.files.byPerson(officer.personId),
            path: 'photos',
            nowMs: now,
          }),
        );
      await expect(attach(half.id)).rejects.toMatchObject({ code: 'no_such_file' });
      await expect(attach(doomed.id)).rejects.toMatchObject({ code: 'no_such_file' });
      expect(await sweepFiles(app.files)).toBe(1);
      app.clock.nowMs = now + 25 * HOUR_MS;
      expect(await sweepFiles(app.files)).toBe(1);
      await nothingIsKept();
    });
  });

  describe('in pieces', () => {
    it('comes together, also after the process was another one', async () => {
      const pdf = makePdf(3_000_000);
      const { id } = await parsed(await begin(pdf), UploadState, 201);
      expect(await head(id)).toBe(0);
      const one = await parsed(await send(id, 0, pdf.subarray(0, 1_700_000)), UploadState);
      expect(one).toMatchObject({ offset: 1_700_000, bytes: 3_000_000, file: null });
      // All that a new process has are the database, the storage and the master key.
      const { db, vault, storage, clock, log } = app.files;
      Object.assign(app.files, createFiles({ db, vault, storage, clock, log }));
      expect(await head(id)).toBe(1_700_000);
      const last = await parsed(await send(id, 1_700_000, pdf.subarray(1_700_000)), UploadState);
      expect(last.file).toMatchObject({ type: 'application/pdf', bytes: 3_000_000 });
      expect((await open(last.file!.link.url)).bytes.equals(pdf)).toBe(true);
      expect(await contents()).toHaveLength(1);
      // An answer that got lost is asked for again.
      const again = await parsed(await send(id, 3_000_000, Buffer.alloc(0)), UploadState);
      expect(again.file!.id).toBe(last.file!.id);
    });

    it('keeps what arrived before the line broke', async () => {
      const pdf = makePdf(2_000_000);
      const { id } = await parsed(await begin(pdf), UploadState, 201);
      let turn = 0;
      const breaking = new ReadableStream({
        pull(controller) {
          if (turn++ < 3) controller.enqueue(new Uint8Array(pdf.subarray((turn - 1) * 500_000, turn * 500_000)));
          else controller.error(new Error('the line broke'));
        },
      });
      await refused(await send(id, 0, breaking), 400, 'broken_upload');
      expect(await head(id)).toBe(1_500_000);
      const done = await parsed(await send(id, 1_500_000, pdf.subarray(1_500_000)), UploadState);
      expect((await open(done.file!.link.url)).bytes.equals(pdf)).toBe(true);
    });

    it('is finished by the next request when the process died at the very end', async () => {
      const pdf = makePdf(1000);
      const { id } = await parsed(await begin(pdf), UploadState, 201);
      const { put } = app.files.storage;
      let puts = 0;
      const died = new Error('killed');
      app.files.storage.put = (key, content) => (puts++ === 0 ? put(key, content) : Promise.reject(died));
      expect((await send(id, 0, pdf)).status).toBe(500);
      app.files.storage.put = put;
      expect(await head(id)).toBe(1000);
      const done = await parsed(await send(id, 1000, Buffer.alloc(0)), UploadState);
      expect((await open(done.file!.link.url)).bytes.equals(pdf)).toBe(true);
    });

    it.each([
      ['too far', 600],
      ['again', 0],
      ['in between', 10],
    ])('refuses a piece %s and says where it is', async (_, offset) => {
      const pdf = makePdf(1000);
      const { id } = await parsed(await begin(pdf), UploadState, 201);
      await parsed(await send(id, 0, pdf.subarray(0, 500)), UploadState);
      const response = await send(id, offset, pdf.subarray(offset, offset + 100));
      expect(response.headers.get('upload-offset')).toBe('500');
      await refused(response, 409, 'upload_offset');
      expect(await head(id)).toBe(500);
    });

    it('counts the bytes of one of two that send the same at once', async () => {
      const pdf = makePdf(1000);
      const { id } = await parsed(await begin(pdf), UploadState, 201);
      const answers = await Promise.all([send(id, 0, pdf.subarray(0, 400)), send(id, 0, pdf.subarray(0, 700))]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const at = await head(id);
      const done = await parsed(await send(id, at, pdf.subarray(at)), UploadState);
      expect((await open(done.file!.link.url)).bytes.equals(pdf)).toBe(true);
    });

    it('refuses more than was announced, and another content', async () => {
      const pdf = makePdf(1000);
      const { id } = await parsed(await begin(pdf), UploadState, 201);
      await refused(await send(id, 0, Buffer.concat([pdf, pdf])), 413, 'body_too_large');
      expect(await head(id)).toBe(0);
      const other = makePdf(1000);
      await refused(await send(id, 0, other), 422, 'file_differs');
      expect(await head(id)).toBe(404);
      await nothingIsKept();
    });

    it('refuses what is not what it says once all is there', async () => {
      const text = Buffer.from('hello '.repeat(50));
      const { id } = await parsed(await begin(text), UploadState, 201);
      await refused(await send(id, 0, text), 422, 'file_lies');
      expect(await head(id)).toBe(404);
      await nothingIsKept();
    });

    it('is nobody else’s', async () => {
      const pdf = makePdf(1000);
      const { id } = await parsed(await begin(pdf), UploadState, 201);
      const other = { ...rider, personId: 'somebody-else' };
      expect(await head(id, other)).toBe(404);
      await refused(await send(id, 0, pdf, other), 404, 'upload_not_found');
    });

    it.each<[object, string]>([
      [{ bytes: 0 }, 'bytes'],
      [{ bytes: 20 * 1024 * 1024 + 1 }, 'bytes'],
      [{ bytes: 1.5 }, 'bytes'],
      [{ sha256: 'abc' }, 'sha256'],
      [{ purpose: 'report_photo' }, 'purpose'],
      [{ purpose: 'gift' }, 'purpose'],
      [{ type: 'text/html' }, 'type'],
      [{ more: 1 }, '(body)'],
    ])('does not begin with %j', async (wanted, path) => {
      const { errors } = await refused(await begin(makePdf(), wanted), 400, 'invalid_request');
      expect(errors![0]!.path).toBe(path);
      const [{ n }] = (await connection.db.select({ n: count() }).from(fileUploads)) as [{ n: number }];
      expect(n).toBe(0);
    });

    it('needs its headers', async () => {
      const { id } = await parsed(await begin(makePdf(1000)), UploadState, 201);
      await refused(await send(id, null, Buffer.from('x')), 400, 'invalid_request');
      await refused(await send(id, '-1', Buffer.from('x')), 400, 'invalid_request');
      await refused(
        await app.as(rider, 'PATCH', `/api/files/uploads/${id}`, {}, { 'upload-offset': '0' }),
        415,
        'unsupported_media_type',
      );
    });

    it('is over after a day, with all that came of it', async () => {
      const pdf = makePdf(1000);
      const { id } = await parsed(await begin(pdf), UploadState, 201);
      await parsed(await send(id, 0, pdf.subarray(0, 500)), UploadState);
      app.clock.nowMs = now + 25 * HOUR_MS;
      expect(await head(id)).toBe(404);
      await sweepFiles(app.files);
      await nothingIsKept();
      expect(await connection.db.select().from(fileUploads)).toEqual([]);
    });
  });
});

/** A PNG of 40,000 by 40,000 white pixels in a few hundred bytes of head; what would be unpacked is 1.6 billion. */
async function bomb(): Promise<Buffer> {
  const png = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
  png.writeUInt32BE(40_000, 16);
  png.writeUInt32BE(40_000, 20);
  png.writeUInt32BE(crcOf(png.subarray(12, 29)), 29);
  return png;
}

/** PNG's checksum. */
function crcOf(bytes: Buffer): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
