import { and, asc, eq, sql } from 'drizzle-orm';
import { grantsFor } from '#domain/accounts/permissions.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import { RequestAccount, type RequestView } from '#domain/cases/request-contract.ts';
import { movesFrom, REQUEST_DUE, REQUEST_MOVES, type RequestAction } from '#domain/cases/request-lifecycle.ts';
import type { Database } from '../../db/connect.ts';
import { collectiveCases, referrals, requestEvents, requests } from '../../db/tables/cases.ts';
import { jurisdictions, organisations, sites } from '../../db/tables/places.ts';
import { listFilesOf } from '../platform/files/attach-files.ts';
import type { Files } from '../platform/files/files.ts';
import type { Vault } from '../platform/vault.ts';
import { requestsSeenAs, requestsToMove, type Viewer, VIEWERS } from './request-scope.ts';

export type RequestRecord = typeof requests.$inferSelect;

/** Whoever looks: somebody signed in, or the holder of a retrieval code of this very request. */
export type Looker = { actor: Actor } | { holderOf: string };

export type Look = { db: Database; vault: Vault; files: Files };

/** As what the looker sees this request; null: not at all. The widest way counts. */
export async function viewerOf(db: Database, looker: Looker, id: string): Promise<Viewer | null> {
  if ('holderOf' in looker) return looker.holderOf === id ? 'person' : null;
  const [row] = await db
    .select(
      Object.fromEntries(
        VIEWERS.map((viewer) => [viewer, sql<boolean>`${requestsSeenAs(db, looker.actor, viewer)}`]),
      ) as Record<Viewer, ReturnType<typeof sql<boolean>>>,
    )
    .from(requests)
    .where(eq(requests.id, id));
  return (row && VIEWERS.find((viewer) => row[viewer])) ?? null;
}

/** The request as this viewer may see it; what is not theirs is null or left out. */
export async function viewRequest(
  { db, vault, files: fileStore }: Look,
  looker: Looker,
  viewer: Viewer,
  record: RequestRecord,
): Promise<RequestView> {
  const account = await openAccount(vault, db, record, viewer);
  const [names] = await db
    .select({
      respondent: organisations.name,
      site: sites.name,
    })
    .from(requests)
    .leftJoin(organisations, eq(organisations.id, requests.respondentId))
    .leftJoin(sites, eq(sites.id, requests.siteId))
    .where(eq(requests.id, record.id));
  const summary =
    record.summarySealed &&
    (await vault.unsealFor(db, record.vaultPersonId, record.summarySealed, summaryOf(record.id)));
  const files =
    viewer === 'person' || viewer === 'handler' || viewer === 'receiver' ? await filesOf(db, fileStore, record.id) : [];
  return {
    id: record.id,
    number: record.number,
    kind: record.kind,
    naming: record.naming,
    state: record.state,
    version: record.version,
    account,
    summary,
    respondent:
      record.respondentId !== null || record.respondentName !== null
        ? { id: record.respondentId, name: names?.respondent ?? record.respondentName ?? '' }
        : null,
    since: record.since,
    amountFen: record.amountFen,
    site: record.siteId !== null && viewer !== 'respondent' ? { id: record.siteId, name: names?.site ?? '' } : null,
    streetCode: viewer === 'respondent' ? null : record.streetCode,
    responsible: await bodyView(db, record),
    receiver: await receiverView(db, record.id),
    waitsFor: REQUEST_DUE[record.state]?.right ?? null,
    dueAt: record.dueAt?.toISOString() ?? null,
    acceptedOn: record.acceptedOn,
    isExtended: record.isExtended,
    outcome: record.outcome,
    collective: viewer === 'respondent' ? null : await collectiveView(db, record.collectiveId),
    files,
    createdAt: record.createdAt.toISOString(),
    timeline: await timelineOf(vault, db, record, viewer, looker),
    actions: await actionsOf(db, looker, record),
    demo: record.demo,
  };
}

export const accountOf = (id: string) => `request ${id}`;
export const summaryOf = (id: string) => `request ${id} summary`;
export const wordsOf = (id: string, version: number) => `request ${id} words ${version}`;

/**
 * Who asked, as this viewer may know it. Handlers and receivers work with the words; a respondent's desk, also as the
 * receiver of a referral against itself, is never a receiver here, and learns at most the name of somebody who gave it.
 */
async function openAccount(
  vault: Vault,
  db: Database,
  record: RequestRecord,
  viewer: Viewer,
): Promise<RequestView['account']> {
  if (viewer === 'supervisor') return null;
  if (viewer === 'respondent' && record.naming !== 'named') return null;
  const text = await vault.unsealFor(db, record.vaultPersonId, record.accountSealed, accountOf(record.id));
  if (text === null) return null;
  const account = RequestAccount.parse(JSON.parse(text));
  if (viewer !== 'respondent') return account;
  return { whatHappened: '—', wanted: '', name: account.name, phone: '', reach: '', point: null, place: '' };
}

const READERS: Record<Viewer, readonly string[]> = {
  person: ['person', 'respondent'],
  handler: ['handlers', 'person', 'respondent'],
  receiver: ['handlers', 'person', 'respondent'],
  respondent: ['respondent'],
  supervisor: [],
};

async function timelineOf(
  vault: Vault,
  db: Database,
  record: RequestRecord,
  viewer: Viewer,
  looker: Looker,
): Promise<RequestView['timeline']> {
  const rows = await db
    .select()
    .from(requestEvents)
    .where(eq(requestEvents.requestId, record.id))
    .orderBy(asc(requestEvents.version));
  const me = 'actor' in looker ? looker.actor.personId : null;
  return Promise.all(
    rows
      // What a respondent's desk cannot read it does not learn of either.
      .filter(({ readers }) => viewer !== 'respondent' || readers === 'respondent')
      .map(async (row) => ({
        version: row.version,
        action: row.action,
        fromState: row.fromState,
        toState: row.toState,
        at: row.at.toISOString(),
        by: byWhom(row, record, viewer, me),
        words:
          row.wordsSealed !== null && READERS[viewer].includes(row.readers)
            ? await vault.unsealFor(db, record.vaultPersonId, row.wordsSealed, wordsOf(record.id, row.version))
            : null,
        data: viewer === 'respondent' ? null : row.data,
      })),
  );
}

function byWhom(
  row: typeof requestEvents.$inferSelect,
  record: RequestRecord,
  viewer: Viewer,
  me: string | null,
): string {
  if (viewer === 'person' && (row.actorId === record.userId || row.action === 'submit')) return 'me';
  if (row.actorId !== null && row.actorId === me) return 'me';
  return row.actorRole ?? (row.action === 'submit' ? 'rider' : 'program');
}

async function filesOf(db: Database, { links }: Files, requestId: string): Promise<RequestView['files']> {
  const found = await listFilesOf(db, 'case', [requestId]);
  return (found.get(requestId) ?? []).map((file) => ({ fileId: file.id, ...links.make(file) }));
}

async function bodyView(
  db: Database,
  {
    responsibleStreet,
    responsibleOrganisationId,
  }: Pick<RequestRecord, 'responsibleStreet' | 'responsibleOrganisationId'>,
): Promise<RequestView['responsible']> {
  if (responsibleOrganisationId !== null) return organisationView(db, responsibleOrganisationId);
  if (responsibleStreet === null) return { kind: 'window', id: null, name: '' };
  const [street] = await db
    .select({ name: jurisdictions.name })
    .from(jurisdictions)
    .where(eq(jurisdictions.code, responsibleStreet));
  return { kind: 'street', id: responsibleStreet, name: street?.name ?? '' };
}

async function organisationView(db: Database, id: string): Promise<RequestView['responsible']> {
  const [row] = await db.select({ name: organisations.name }).from(organisations).where(eq(organisations.id, id));
  return { kind: 'organisation', id, name: row?.name ?? '' };
}

async function receiverView(db: Database, requestId: string): Promise<RequestView['receiver']> {
  const [open] = await db
    .select({ id: referrals.toOrganisationId })
    .from(referrals)
    .where(
      and(
        eq(referrals.requestId, requestId),
        sql`${referrals.sentBackAt} is null and ${referrals.concludedAt} is null`,
      ),
    );
  return open ? organisationView(db, open.id) : null;
}

async function collectiveView(db: Database, id: string | null): Promise<RequestView['collective']> {
  if (id === null) return null;
  const [row] = await db
    .select({
      id: collectiveCases.id,
      number: collectiveCases.number,
      state: collectiveCases.state,
      members: sql<number>`(select count(*)::int from ${requests} m where m.collective_id = collective_cases.id)`,
    })
    .from(collectiveCases)
    .where(eq(collectiveCases.id, id));
  return row ?? null;
}

/** What this looker may do now: by the table, narrowed in SQL to the rows their rights cover. */
async function actionsOf(db: Database, looker: Looker, record: RequestRecord): Promise<RequestAction[]> {
  // Settling is done by the second confirmation, and by nobody's button.
  const fromHere = movesFrom(record.state).filter((action) => action !== 'settle');
  if ('holderOf' in looker) return fromHere.filter((action) => REQUEST_MOVES[action].rights.includes('case.own'));
  const { actor } = looker;
  const rights = [...new Set(fromHere.flatMap((action) => REQUEST_MOVES[action].rights))].filter(
    (right) => grantsFor(actor, right).length > 0,
  );
  if (rights.length === 0) return [];
  const [held] = await db
    .select(
      Object.fromEntries(rights.map((right) => [right, sql<boolean>`${requestsToMove(db, actor, right)}`])) as Record<
        string,
        ReturnType<typeof sql<boolean>>
      >,
    )
    .from(requests)
    .where(eq(requests.id, record.id));
  return fromHere.filter((action) => REQUEST_MOVES[action].rights.some((right) => held?.[right]));
}
