import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOMS } from '#domain/cases/mediation/session.ts';
import type {
  LinkMade,
  SessionEntries,
  SessionEntry,
  SessionJoined,
} from '#domain/cases/mediation/session-contract.ts';
import type { UploadedFile } from '#domain/files/file-contract.ts';
import type { Connection } from '../../db/connect.ts';
import { openTestDatabase, testEngines } from '../support/database.ts';
import { createTestApp, type TestApp } from '../support/factories.ts';
import {
  addAccepted,
  addMediationStaff,
  follow,
  type Headers,
  type MediationStaff,
  openTestSession,
} from '../support/mediation.ts';
import { makePhoto } from '../support/pictures.ts';
import { seededRandom } from '../support/random.ts';

describe.each(testEngines())('following a session on %s', (engine) => {
  let connection: Connection;
  let app: TestApp;
  /** A second process on the same database. */
  let elsewhere: TestApp;
  let staff: MediationStaff;

  beforeAll(async () => {
    connection = await openTestDatabase(engine);
    app = await createTestApp(connection);
    elsewhere = await createTestApp(connection);
    staff = await addMediationStaff(app);
  });
  afterAll(async () => {
    await elsewhere.close();
    await app.close();
    await connection.close();
  });

  const post = (path: string, who: Headers, body: unknown, through = app) =>
    through.post(`/api/sessions/${path}`, body, who);
  const get = (path: string, who: Headers) => app.request(path, { headers: who });
  const list = async (id: string, who: Headers, after = 0) =>
    ((await (await get(`/api/sessions/${id}/messages?after=${after}`, who)).json()) as SessionEntries).entries;
  const joinByLink = async (sessionId: string): Promise<Headers> => {
    const { token } = (await (await post(`${sessionId}/links`, staff.mediator.headers, {})).json()) as LinkMade;
    const joined = await app.post('/api/sessions/join', { token, id: randomUUID() });
    return { 'x-session-token': ((await joined.json()) as SessionJoined).token };
  };

  it.each([1, 2])('gives everybody each entry once and in order, over lines that break (seed %i)', async (seed) => {
    const random = seededRandom(seed);
    const request = await addAccepted(app, staff, 'anonymous');
    const session = await openTestSession(app, staff, request);
    const people: Record<string, Headers> = {
      claimant: request.claimant,
      respondent: await joinByLink(session.id),
      mediator: staff.mediator.headers,
    };
    const roomsOf: Record<string, string[]> = {
      claimant: ['plenary', 'caucus_claimant'],
      respondent: ['plenary', 'caucus_respondent'],
      mediator: [...ROOMS],
    };
    const MESSAGES = 10;
    const LAST = 'the last';

    /** Sends some things twice, as a phone does whose answer was lost, and through either process. */
    async function talk(name: string): Promise<void> {
      for (let i = 0; i < MESSAGES; i += 1) {
        const rooms = roomsOf[name]!;
        const room = rooms[Math.floor(random() * rooms.length)]!;
        const body = { id: randomUUID(), room, text: `${name} ${i}` };
        const times = random() < 0.4 ? 2 : 1;
        const answers = await Promise.all(
          Array.from({ length: times }, () =>
            post(`${session.id}/messages`, people[name]!, body, random() < 0.5 ? app : elsewhere),
          ),
        );
        expect(answers.map(({ status }) => status).sort()).toEqual(times === 1 ? [201] : [200, 201]);
      }
    }
    /** Follows, breaks off after a few entries, and comes back to either process with the last number it has. */
    async function listen(name: string): Promise<SessionEntry[]> {
      const got: SessionEntry[] = [];
      for (;;) {
        if (got.at(-1)?.text === LAST) return got;
        const last = got.at(-1)?.seq ?? 0;
        const line = follow(random() < 0.5 ? app : elsewhere, session.id, people[name]!, last);
        await line.has(1 + Math.floor(random() * 4), LAST);
        await line.leave();
        got.push(...line.entries);
      }
    }
    const listening = ['claimant', 'respondent', 'mediator'].map(async (name) => [name, await listen(name)] as const);
    await Promise.all(['claimant', 'respondent', 'mediator'].map(talk));
    await post(`${session.id}/messages`, people.mediator!, { id: randomUUID(), room: 'plenary', text: LAST });
    for (const [name, got] of await Promise.all(listening)) {
      expect(got.map(({ seq }) => seq)).toEqual(got.map((_, i) => i + 1));
      expect(new Set(got.map(({ by, id }) => `${by} ${id}`)).size).toBe(got.length);
      for (const speaker of ['claimant', 'respondent', 'mediator']) {
        const heard = got.filter(({ by, kind, text }) => by === speaker && kind === 'text' && text !== LAST);
        const numbers = heard.map(({ text }) => Number(text!.split(' ')[1]));
        expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
        if (speaker === name || name === 'mediator') expect(numbers).toHaveLength(MESSAGES);
      }
      for (const { room } of got) expect(roomsOf[name]).toContain(room);
      expect(got).toHaveLength((await list(session.id, people[name]!)).length);
    }
  });

  it('keeps a caucus between two, by every way that there is', async () => {
    const SECRET = '底线是两百元';
    const request = await addAccepted(app, staff);
    const session = await openTestSession(app, staff, request);
    const { mediator, employer, otherEmployer, stranger, officer } = staff;
    const path = `/api/sessions/${session.id}`;
    const link = await joinByLink(session.id);
    const before = await list(session.id, employer.headers);

    const stream = follow(app, session.id, employer.headers, before.at(-1)!.seq);
    const photo = new FormData();
    photo.append('file', new Blob([new Uint8Array(await makePhoto())], { type: 'image/jpeg' }), 'a.jpg');
    const uploaded = await app.request(`${path}/files`, { method: 'POST', body: photo, headers: request.claimant });
    expect(uploaded.status).toBe(201);
    const { id: fileId } = (await uploaded.json()) as UploadedFile;
    const secret = { id: randomUUID(), room: 'caucus_claimant', text: SECRET, files: [fileId] };
    expect((await post(`${session.id}/messages`, request.claimant, secret)).status).toBe(201);
    for (const who of [request.claimant, mediator.headers]) {
      const entry = (await list(session.id, who)).at(-1)!;
      expect(entry).toMatchObject({ text: SECRET, room: 'caucus_claimant', files: [{ fileId }] });
      expect((await app.request(entry.files[0]!.url)).status).toBe(200);
    }

    // The other side neither reads nor counts it, and learns of no gap by what comes after.
    const last = before.at(-1)!.seq;
    for (const who of [employer.headers, link]) {
      expect(await list(session.id, who)).toEqual(before);
      expect(await (await get(path, who)).json()).toMatchObject({
        lastSeq: last,
        rooms: ['plenary', 'caucus_respondent'],
      });
    }
    for (const who of [employer.headers, link]) {
      const intrude = { id: randomUUID(), room: 'caucus_claimant', text: 'hello' };
      expect((await post(`${session.id}/messages`, who, intrude)).status).toBe(403);
      // Not by its id: their own message of that id is another one.
      const same = await post(`${session.id}/messages`, who, {
        id: secret.id,
        room: 'caucus_respondent',
        text: '你好',
      });
      expect([200, 201]).toContain(same.status);
      // Not by its file.
      const steal = { id: randomUUID(), room: 'plenary', text: '', files: [fileId] };
      expect((await post(`${session.id}/messages`, who, steal)).status).toBe(422);
    }
    await post(`${session.id}/messages`, mediator.headers, { id: randomUUID(), room: 'plenary', text: '继续' });
    await stream.has(2);
    await stream.leave();
    expect(stream.entries.map(({ seq, text }) => [seq, text])).toEqual([
      [last + 1, '你好'],
      [last + 2, '继续'],
    ]);
    const whatTheySee = await Promise.all(
      [
        path,
        `${path}/messages`,
        `/api/requests/${request.id}`,
        `/api/requests/${request.id}/sessions`,
        '/api/office/requests',
      ].map(async (address) => (await get(address, employer.headers)).text()),
    );
    for (const text of [...whatTheySee, JSON.stringify(stream.entries)]) {
      expect(text).not.toContain(SECRET);
      expect(text).not.toContain(fileId);
    }
    // Neither does the claimant see the respondent's.
    expect(JSON.stringify(await list(session.id, request.claimant))).not.toContain('你好');
    // And others see nothing at all: also not the officer who accepted it, or its supervisor.
    for (const who of [otherEmployer, stranger, officer]) {
      for (const address of [path, `${path}/messages`, `${path}/events`]) {
        expect((await get(address, who.headers)).status).toBe(404);
      }
      expect(
        (await post(`${session.id}/messages`, who.headers, { ...secret, id: randomUUID(), files: [] })).status,
      ).toBe(404);
    }
    const stored = JSON.stringify(await connection.sql`select * from session_entries`);
    expect(stored).not.toContain(SECRET);
  });

  it('takes proof from somebody who joined by a link, for the room that they choose', async () => {
    const request = await addAccepted(app, staff, 'anonymous');
    const session = await openTestSession(app, staff, request);
    const link = await joinByLink(session.id);
    const handIn = async (who: Headers) => {
      const photo = new FormData();
      photo.append('file', new Blob([new Uint8Array(await makePhoto())], { type: 'image/jpeg' }), 'a.jpg');
      const uploaded = await app.request(`/api/sessions/${session.id}/files`, {
        method: 'POST',
        body: photo,
        headers: who,
      });
      return ((await uploaded.json()) as UploadedFile).id;
    };
    const send = async (who: Headers, room: string, fileId: string) =>
      (await post(`${session.id}/messages`, who, { id: randomUUID(), room, files: [fileId] })).status;
    const ofClaimant = await handIn(request.claimant);
    expect(await send(link, 'plenary', ofClaimant)).toBe(422);
    expect(await send(request.claimant, 'plenary', ofClaimant)).toBe(201);
    expect(await send(link, 'caucus_respondent', await handIn(link))).toBe(201);
    const seen = await list(session.id, request.claimant);
    expect(seen.flatMap(({ files }) => files.map(({ fileId }) => fileId))).toEqual([ofClaimant]);
    expect((await list(session.id, link)).flatMap(({ files }) => files)).toHaveLength(2);
  });

  it('keeps nothing readable of a claimant who was erased, and takes nothing more', async () => {
    const request = await addAccepted(app, staff);
    const session = await openTestSession(app, staff, request);
    const message = { id: randomUUID(), room: 'plenary', text: '请退还扣款' };
    await post(`${session.id}/messages`, request.claimant, message);
    const other = await post(`${session.id}/messages`, request.claimant, { ...message, text: '另一句' });
    expect([other.status, ((await other.json()) as { code: string }).code]).toEqual([409, 'id_taken']);
    const [row] = await connection.sql`select vault_person_id from requests where id = ${request.id}`;
    await connection.db.transaction((tx) =>
      app.accounts.vault.destroyKey(tx, row!.vault_person_id as string, app.clock.nowMs),
    );
    const seen = await list(session.id, staff.employer.headers);
    expect(seen.map(({ kind, text }) => [kind, text])).toEqual([
      ['opened', null],
      ['text', null],
    ]);
    const late = await post(`${session.id}/messages`, staff.employer.headers, { ...message, id: randomUUID() });
    expect(late.status).toBe(410);
  });

  it('tells nothing more to somebody whose link was taken back', async () => {
    const request = await addAccepted(app, staff);
    const session = await openTestSession(app, staff, request);
    const first = await joinByLink(session.id);
    const line = follow(app, session.id, first);
    await line.has(2);
    await post(`${session.id}/links`, staff.mediator.headers, {});
    await post(`${session.id}/messages`, request.claimant, { id: randomUUID(), room: 'plenary', text: '还在吗' });
    await line.ended;
    expect(JSON.stringify(line.entries)).not.toContain('还在吗');
    await line.leave();
  });
});
