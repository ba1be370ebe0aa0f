import { count, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyChange } from '#domain/places/document-changes.ts';
import { mergeDocuments } from '#domain/places/merge-documents.ts';
import type { ChangedMeanwhile, RevisionView, SavedSite } from '#domain/places/office-contract.ts';
import type { SiteDocument } from '#domain/places/site-document.ts';
import { verifyAudit } from '../../api/platform/audit.ts';
import type { Connection } from '../../db/connect.ts';
import { auditRecords } from '../../db/tables/audit.ts';
import { openTestDatabase, testEngines } from '../support/database.ts';
import { addSites, AT, createTestApp, eastOf, makeActor, makeSite, type TestApp } from '../support/factories.ts';
import {
  documentOf,
  JIALIAN,
  JIALIAN_PLACE,
  put,
  revisionsOf,
  SIMING,
  siteRow,
  supervisor,
} from '../support/office.ts';
import { seededRandom } from '../support/random.ts';

const SEED = 30;
const OFFICERS = 30;
const PLACES = 100;
const EDITS_EACH = 8;
/** Of all requests: never arrive; arrive, and the answer is lost. */
const REQUEST_LOST = 0.08;
const ANSWER_LOST = 0.15;

const HOMES = [makeActor('officer', JIALIAN), makeActor('district_officer', SIMING), makeActor('coordinator')];

type Known = { revision: number; document: SiteDocument };
type Acknowledged = SavedSite & { personId: string; token: string };

/** An edit that nobody else makes: a word added to the note, and a field that others fill in too. */
function editOf(document: SiteDocument, token: string, random: () => number): SiteDocument {
  const edited = { ...document, note: document.note === null ? token : `${document.note} ${token}` };
  const [rest] = document.services;
  const field = Math.floor(random() * 5);
  if (field === 0) return { ...edited, phone: token };
  if (field === 1) return { ...edited, accessNote: token };
  if (field === 2) return { ...edited, point: eastOf(AT.centre, Math.floor(random() * 300)), precisionM: 10 };
  if (field === 3) return { ...edited, services: [{ ...rest!, hours: random() < 0.5 ? '24/7' : '08:00-20:00' }] };
  return { ...edited, services: [{ ...rest!, facilities: { ...rest!.facilities, toilet: random() < 0.5 } }] };
}

const wordsOf = ({ note }: SiteDocument) => note?.split(' ') ?? [];

/** What an officer chooses who sees the other's save: both words in the note, and in everything else their own. */
function mergeByHand(base: SiteDocument, mine: SiteDocument, theirs: SiteDocument, token: string): SiteDocument {
  const { merged } = mergeDocuments(base, mine, theirs);
  return { ...merged, note: [...wordsOf(theirs), token].join(' ') };
}

describe.each(testEngines())('30 officers who edit the same 100 places, on %s', (engine) => {
  let connection: Connection;
  let app: TestApp;

  beforeEach(async () => {
    connection = await openTestDatabase(engine);
    app = await createTestApp(connection);
  });
  afterEach(async () => {
    await app.close();
    await connection.close();
  });

  /** One in sixteen transactions fails at its very last step; which, depends on everything that was stored before. */
  async function failNowAndThen(): Promise<void> {
    await connection.sql.unsafe(`create function fail_for_test() returns trigger language plpgsql as
      $$ begin if left(new.hash, 1) = '0' then raise exception 'cut off'; end if; return new; end $$`);
    await connection.sql.unsafe(
      'create trigger fail_for_test before insert on audit_records for each row execute function fail_for_test()',
    );
  }
  async function failNoMore(): Promise<void> {
    await connection.sql.unsafe('drop trigger fail_for_test on audit_records');
    await connection.sql.unsafe('drop function fail_for_test()');
  }

  it('lose no edit, and the history replays to what is there', async () => {
    const ids = await addSites(
      connection.db,
      ...Array.from({ length: PLACES }, (_, i) => makeSite({ id: `shared-${i}`, ...JIALIAN_PLACE })),
    );
    await failNowAndThen();
    const acknowledged: Acknowledged[] = [];
    const unanswered: Promise<Response>[] = [];
    const seen = { collisions: 0, cutOff: 0, failed: 0, repeated: 0 };

    async function work(number: number): Promise<void> {
      const random = seededRandom(SEED + number);
      const actor = { ...HOMES[number % HOMES.length]!, personId: `officer-${number}` };
      const known = new Map<string, Known>();
      for (let k = 0; k < EDITS_EACH; k++) {
        // Some places are edited far more often than others.
        const id = ids[Math.floor(random() ** 3 * PLACES)]!;
        const token = `${number}.${k}`;
        // An editor may have stood open since its last save.
        let base = known.get(id) ?? { revision: 0, document: await documentOf(connection.db, id) };
        let mine = editOf(base.document, token, random);
        for (;;) {
          app.clock.nowMs += 1000;
          const fate = random();
          if (fate < REQUEST_LOST) {
            seen.cutOff += 1;
            continue;
          }
          const request = put(app, actor, id, base.revision, { document: mine });
          if (fate < REQUEST_LOST + ANSWER_LOST) {
            seen.cutOff += 1;
            unanswered.push(request);
            continue; // and try again while the first may still be at work
          }
          const response = await request;
          if (response.status === 500) {
            seen.failed += 1;
            continue;
          }
          if (response.status === 200) {
            const saved = (await response.json()) as SavedSite;
            acknowledged.push({ ...saved, personId: actor.personId, token });
            known.set(id, saved);
            break;
          }
          expect(response.status).toBe(412);
          const { current } = (await response.json()) as { current: ChangedMeanwhile };
          if (wordsOf(current.document).includes(token)) {
            seen.repeated += 1; // it had got through after all
            known.set(id, current);
            break;
          }
          seen.collisions += 1;
          mine = mergeByHand(base.document, mine, current.document, token);
          base = current;
        }
      }
    }
    await Promise.all(Array.from({ length: OFFICERS }, (_, number) => work(number)));
    await Promise.all(unanswered);
    await failNoMore();

    let revisions = 0;
    const words: string[] = [];
    for (const id of ids) {
      const present = await documentOf(connection.db, id);
      const history = await revisionsOf(connection.db, id);
      expect(history.map(({ revision }) => revision)).toEqual(history.map((_, i) => i));
      expect((await siteRow(connection.db, id)).revision).toBe(Math.max(0, history.length - 1));
      words.push(...wordsOf(present));
      if (history.length === 0) continue;
      revisions += history.length - 1;
      const answer = await app.as(supervisor, 'GET', `/api/office/sites/${id}/revisions`);
      const { revisions: views } = (await answer.json()) as { revisions: RevisionView[] };
      const replayed = views
        .toReversed()
        .flatMap(({ changes }) => changes)
        .reduce((document, { path, after }) => applyChange(document, path, after), history[0]!.document);
      expect(replayed).toEqual(present);
      for (const saved of acknowledged.filter((one) => one.id === id && one.changes.length > 0)) {
        const view = views.find(({ revision }) => revision === saved.revision)!;
        expect(view).toMatchObject({ by: saved.personId, changes: saved.changes });
        expect(history[saved.revision]!.document).toEqual(saved.document);
      }
    }
    // Every edit is there, and none of those that were sent again is there twice.
    const all = Array.from({ length: OFFICERS }, (_, n) => Array.from({ length: EDITS_EACH }, (__, k) => `${n}.${k}`));
    expect(words.toSorted()).toEqual(all.flat().sort());
    expect(revisions).toBe(OFFICERS * EDITS_EACH);
    const [audited] = await connection.db
      .select({ n: count() })
      .from(auditRecords)
      .where(eq(auditRecords.action, 'site.edit'));
    expect(audited!.n).toBe(revisions);
    expect(await verifyAudit(connection.db)).toEqual({ records: revisions, fault: null });

    expect(seen.collisions).toBeGreaterThan(20);
    expect(seen.cutOff).toBeGreaterThan(20);
    expect(seen.failed).toBeGreaterThan(2);
    const faults = app.log.filter((line) => !/ P0001/.test(line));
    expect(faults).toEqual([]);

    await app.store.refresh();
    const fresh = await createTestApp(connection);
    expect(app.store.sites).toEqual(fresh.store.sites);
    await fresh.close();
  }, 120_000);
});
