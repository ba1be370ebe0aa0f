import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FileLink, UploadedFile } from '#domain/files/file-contract.ts';
import { DraftView, OfficeSite, RevisionView, Workbench } from '#domain/places/office-contract.ts';
import { SiteFeature } from '#domain/places/site.ts';
import type { SiteDocument } from '#domain/places/site-document.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import { sweepFiles } from '../../api/platform/files/sweep-files.ts';
import { files, fileUses } from '../../db/tables/files.ts';
import { siteRevisions } from '../../db/tables/office.ts';
import { siteReports } from '../../db/tables/places.ts';
import type { Connection } from '../../db/connect.ts';
import { signedInAs } from '../support/actors.ts';
import { openTestDatabase, testEngines } from '../support/database.ts';
import { addSite, createTestApp, NOON, type TestApp } from '../support/factories.ts';
import * as people from '../support/office.ts';
import { handIn, makePhoto } from '../support/pictures.ts';

const { officer, neighbour, keeper, supervisor, centre, stranger, put, saved, parsed, refused, documentOf } = people;
const HOUR_MS = 3_600_000;

const shown = (file: string, caption: string | null = null) => ({ file, caption });

describe.each(testEngines())('photos on %s', (engine) => {
  let connection: Connection;
  let app: TestApp;

  beforeAll(async () => {
    connection = await openTestDatabase(engine);
    app = await createTestApp(connection, { trustedProxies: 1 });
  });
  afterAll(async () => {
    await app.close();
    await connection.close();
  });

  async function photoBy(actor: Actor, purpose: 'site_photo' | 'verification_photo' = 'site_photo'): Promise<string> {
    const response = await handIn(app, await makePhoto({ width: 40, height: 30 }), {
      purpose,
      headers: signedInAs(actor),
    });
    return (await parsed(response, UploadedFile, 201)).id;
  }
  const place = (site: Parameters<typeof addSite>[1] = {}) =>
    addSite(connection.db, { ...people.JIALIAN_PLACE, ...site });
  async function savePhotos(id: string, photos: SiteDocument['photos'], actor = officer) {
    const { revision } = await people.siteRow(connection.db, id);
    const document = { ...(await documentOf(connection.db, id)), photos };
    return put(app, actor, id, revision, { document });
  }
  const statusOf = async (id: string, query = '') => (await app.request(`/api/photos/${id}${query}`)).status;

  const report = (photo: string) => ({
    id: randomUUID(),
    kind: 'locked',
    observedAt: new Date(app.clock.nowMs).toISOString(),
    photo,
  });
  const send = (id: string, body: object, { cookie, address }: { cookie?: string; address: string }) =>
    app.post(`/api/sites/${id}/reports`, body, { 'x-forwarded-for': address, ...(cookie && { cookie }) });

  describe('of a place', () => {
    it('are seen by everybody once the place shows them, and for ever by caches', async () => {
      const id = await place();
      const [a, b] = [await photoBy(officer), await photoBy(officer)];
      expect(await statusOf(a)).toBe(404);
      const answer = await saved(await savePhotos(id, [shown(b, ' 门口 '), shown(a)]));
      expect(answer.changes.map(({ path }) => path)).toEqual(['photos']);
      await app.store.refresh();
      const feature = SiteFeature.parse(await (await app.request(`/api/sites/${id}`)).json());
      expect(feature.properties.photos).toEqual([{ id: b, caption: '门口' }, { id: a }]);

      const response = await app.request(`/api/photos/${b}`);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'image/jpeg',
        'cache-control': 'public, max-age=31536000, immutable',
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
      });
      expect((await sharp(Buffer.from(await response.arrayBuffer())).metadata()).format).toBe('jpeg');
      const thumb = await app.request(`/api/photos/${b}?size=thumb`);
      expect(thumb.headers.get('content-type')).toBe('image/webp');
      const etag = thumb.headers.get('etag')!;
      const again = await app.request(`/api/photos/${b}?size=thumb`, { headers: { 'if-none-match': etag } });
      expect(again.status).toBe(304);
    });

    it('are not seen when the place is planned, is gone, or shows them no more', async () => {
      const id = await place({ status: 'planned' });
      const photo = await photoBy(officer);
      await saved(await savePhotos(id, [shown(photo)]));
      expect(await statusOf(photo)).toBe(404);
      await saved(
        await put(app, officer, id, 1, { document: { ...(await documentOf(connection.db, id)), status: 'open' } }),
      );
      expect(await statusOf(photo)).toBe(200);
      await saved(await savePhotos(id, []));
      expect(await statusOf(photo)).toBe(404);
    });

    it('come back with a revision that named them, though a day has passed', async () => {
      const id = await place();
      const photo = await photoBy(officer);
      await saved(await savePhotos(id, [shown(photo)]));
      await saved(await savePhotos(id, []));
      app.clock.nowMs += 30 * HOUR_MS;
      await sweepFiles(app.files);
      const restore = { revision: 1 };
      await saved(await app.as(officer, 'POST', `/api/office/sites/${id}/restore`, restore, { 'if-match': '"r2"' }));
      expect(await statusOf(photo)).toBe(200);
      const { revisions } = await parsed(
        await app.as(officer, 'GET', `/api/office/sites/${id}/revisions`),
        z.object({ revisions: z.array(RevisionView) }),
      );
      expect(revisions[0]!.changes).toEqual([{ path: 'photos', before: [], after: [shown(photo)] }]);
    });

    it('are none in revisions of before there were photos', async () => {
      const id = await place();
      const { photos: _, ...old } = await documentOf(connection.db, id);
      await connection.db
        .insert(siteRevisions)
        .values({ siteId: id, revision: 0, document: old as SiteDocument, at: new Date(NOON) });
      await saved(await savePhotos(id, [shown(await photoBy(officer))]));
      const back = await saved(
        await app.as(officer, 'POST', `/api/office/sites/${id}/restore`, { revision: 0 }, { 'if-match': '"r1"' }),
      );
      expect(back.document.photos).toEqual([]);
    });

    it('can be added to a place together with it', async () => {
      const photo = await photoBy(officer);
      const document = people.makeDocument({ photos: [shown(photo)] });
      await saved(await app.as(officer, 'POST', '/api/office/sites', { document }), 201);
      expect(await statusOf(photo)).toBe(200);
    });

    it.each<[string, () => Promise<string>]>([
      ['somebody else’s', () => photoBy(neighbour)],
      ['handed in for a check', () => photoBy(officer, 'verification_photo')],
      ['not there', async () => randomUUID()],
    ])('are refused when they are %s', async (_, find) => {
      const id = await place();
      const file = await find();
      const { errors } = await refused(await savePhotos(id, [shown(file)]), 422, 'no_such_file');
      expect(errors![0]!.path).toBe('document.photos');
      expect((await documentOf(connection.db, id)).photos).toEqual([]);
      expect(await connection.db.select().from(fileUses).where(eq(fileUses.fileId, file))).toEqual([]);
    });

    it.each<[string, (file: string) => unknown]>([
      ['no id', () => [{ file: 'x', caption: null }]],
      ['one twice', (file) => [shown(file), shown(file)]],
      ['13 of them', () => Array.from({ length: 13 }, () => shown(randomUUID()))],
      ['a long caption', (file) => [shown(file, 'x'.repeat(101))]],
      ['half a character', (file) => [shown(file, 'a\ud800')]],
      ['more keys', (file) => [{ ...shown(file), url: 'https://elsewhere.example/x.jpg' }]],
    ])('are refused with %s', async (_, make) => {
      const id = await place();
      const photos = make(await photoBy(officer)) as SiteDocument['photos'];
      await refused(await savePhotos(id, photos), 400, 'invalid_request');
    });

    it('stay in a draft for colleagues, and until it is withdrawn', async () => {
      const id = await place();
      const photo = await photoBy(officer);
      const document = { ...(await documentOf(connection.db, id)), photos: [shown(photo)] };
      const draftId = randomUUID();
      const draft = { kind: 'draft', siteId: id, baseRevision: 0, document };
      await parsed(await app.as(officer, 'PUT', `/api/office/drafts/${draftId}`, draft), DraftView);
      app.clock.nowMs += 30 * HOUR_MS;
      await sweepFiles(app.files);
      const linksFor = async (actor: Actor) => {
        const body = await app.as(actor, 'GET', `/api/office/photo-links?ids=${photo},${randomUUID()}`);
        return (await parsed(body, z.object({ links: z.record(z.string(), FileLink) }))).links;
      };
      expect(await linksFor(stranger)).toEqual({});
      expect((await app.request((await linksFor(centre))[photo]!.thumb!)).status).toBe(200);
      expect((await savePhotos(id, [shown(photo)], centre)).status).toBe(200); // a colleague goes on with it
      const other = await place();
      await refused(await savePhotos(other, [shown(photo)], centre), 422, 'no_such_file');
      expect((await app.as(officer, 'DELETE', `/api/office/drafts/${draftId}`)).status).toBe(204);
      const uses = await connection.db.select({ kind: fileUses.kind }).from(fileUses).where(eq(fileUses.fileId, photo));
      expect(uses).toEqual([{ kind: 'site' }]);
    });

    it('come from a keeper by a proposal that the street accepts', async () => {
      const id = await place({ organisationId: 'xiamen-ftu' });
      const photo = await photoBy(keeper);
      const document = { ...(await documentOf(connection.db, id)), photos: [shown(photo, '二楼')] };
      const draftId = randomUUID();
      const proposal = { kind: 'proposal', siteId: id, baseRevision: 0, document };
      await parsed(await app.as(keeper, 'PUT', `/api/office/drafts/${draftId}`, proposal), DraftView);
      expect(await statusOf(photo)).toBe(404);
      await parsed(
        await app.as(officer, 'POST', `/api/office/drafts/${draftId}/decision`, { accept: true }),
        DraftView,
      );
      expect(await statusOf(photo)).toBe(200);
    });
  });

  it('show to the office how a fact was checked', async () => {
    const id = await place();
    const photo = await photoBy(officer, 'verification_photo');
    const verify = { id: randomUUID(), fact: 'location', method: 'on_site', day: '2026-03-10', photo };
    app.clock.nowMs = NOON + 20 * 24 * HOUR_MS;
    const response = await app.as(officer, 'POST', `/api/office/sites/${id}/verifications`, verify);
    expect(response.status, await response.clone().text()).toBe(201);
    const site = await parsed(await app.as(officer, 'GET', `/api/office/sites/${id}`), OfficeSite);
    expect(site.verificationPhotos).toMatchObject([{ fact: 'location', day: '2026-03-10' }]);
    expect((await app.request(site.verificationPhotos[0]!.link.url)).status).toBe(200);
    const foreign = { ...verify, id: randomUUID(), photo: await photoBy(centre, 'verification_photo') };
    await refused(await app.as(officer, 'POST', `/api/office/sites/${id}/verifications`, foreign), 422, 'no_such_file');
  });

  describe('of a report', () => {
    async function phone() {
      const response = await handIn(app, await makePhoto({ width: 40, height: 30 }), {
        purpose: 'report_photo',
        headers: { 'x-forwarded-for': `10.9.0.${++phones}` },
      });
      const { id } = await parsed(response, UploadedFile, 201);
      return { photo: id, cookie: response.headers.getSetCookie()[0]!.split(';')[0]!, address: `10.9.0.${phones}` };
    }
    let phones = 0;
    it('are seen by whoever may answer it, and by nobody else', async () => {
      const id = await place();
      const mine = await phone();
      const body = report(mine.photo);
      expect((await send(id, body, mine)).status).toBe(201);
      expect((await send(id, body, mine)).status).toBe(200);
      const groupFor = async (actor: Actor) => {
        const { reports } = await parsed(await app.as(actor, 'GET', '/api/office/workbench'), Workbench);
        return reports.find(({ site }) => site.id === id)!;
      };
      const group = await groupFor(officer);
      expect(group.photos).toHaveLength(1);
      expect((await app.request(group.photos[0]!.thumb!)).status).toBe(200);
      const site = await parsed(await app.as(officer, 'GET', `/api/office/sites/${id}`), OfficeSite);
      expect(site.reports[0]!.photos).toHaveLength(1);
      expect((await groupFor(supervisor)).photos).toEqual([]); // may see the place, not answer
      expect(await statusOf(mine.photo)).toBe(404);
      expect(await (await app.request(`/api/reports/${body.id}`)).text()).not.toContain(mine.photo);
      app.clock.nowMs += 30 * HOUR_MS;
      await sweepFiles(app.files);
      expect(await connection.db.select({ id: files.id }).from(files).where(eq(files.id, mine.photo))).toHaveLength(1);
    });

    it('come from the phone that sends it', async () => {
      const id = await place();
      const [mine, theirs] = [await phone(), await phone()];
      const body = report(theirs.photo);
      await refused(await send(id, body, mine), 422, 'no_such_file');
      await refused(await send(id, report(mine.photo), { address: mine.address }), 422, 'no_such_file');
      await refused(await send(id, report(await photoBy(officer)), mine), 422, 'no_such_file');
      await refused(await send(id, report('x'), mine), 400, 'invalid_request');
      expect(await connection.db.select().from(siteReports).where(eq(siteReports.siteId, id))).toEqual([]);
    });

    it('give a phone no name when there is none', async () => {
      const id = await place();
      const { photo: _, ...plain } = report(randomUUID());
      const response = await send(id, plain, { address: '10.9.1.1' });
      expect(response.status).toBe(201);
      expect(response.headers.getSetCookie()).toEqual([]);
    });
  });

  it('are merged photo by photo when two save at once', async () => {
    const id = await place();
    const photo = await photoBy(officer);
    await saved(await savePhotos(id, [shown(photo)]));
    const response = await put(app, officer, id, 0, {
      document: { ...(await documentOf(connection.db, id)), photos: [] },
    });
    const { current } = await refused(response, 412, 'changed_meanwhile');
    expect((current as { document: SiteDocument }).document.photos).toEqual([shown(photo)]);
  });
});
