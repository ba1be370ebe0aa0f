import { randomBytes } from 'node:crypto';
import { and, eq, ne, sql } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import { codeOf } from '#domain/cases/case-code.ts';
import { stateAfterJoining } from '#domain/cases/collective.ts';
import type { SubmitRequest } from '#domain/cases/request-contract.ts';
import { REQUEST_DUE } from '#domain/cases/request-lifecycle.ts';
import { respondentKey } from '#domain/cases/respondent-key.ts';
import { addDays, instantOf, shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database, Transaction } from '../../db/connect.ts';
import { collectiveCases, requestEvents, requests } from '../../db/tables/cases.ts';
import { jurisdictions, organisations, sites } from '../../db/tables/places.ts';
import { assertCurrentWording, giveConsent } from '../accounts/keep-personal.ts';
import { Problem, refuseField } from '../http/problem.ts';
import { attachFiles, giveFilesTo } from '../platform/files/attach-files.ts';
import { writeAudit } from '../platform/audit.ts';
import type { CasesDependencies } from './dependencies.ts';
import { findResponsibleBody, type RequestPlace } from './find-responsible-body.ts';

export type Submitted = {
  id: string;
  /** False: this very request was stored before. */
  isNew: boolean;
};

type Dependencies = Pick<CasesDependencies, 'connection' | 'vault' | 'files' | 'store' | 'network'>;

/**
 * Keeps a request and finds who is responsible for it, in one transaction. `actor` is null for somebody who is not signed
 * in, which only an anonymous request allows. Throws `not_signed_in`, `consent_missing`, `no_such_reference`, `invalid_request`, `id_taken`.
 */
export async function submitRequest(
  { connection: { db }, vault, files, store, network }: Dependencies,
  actor: Actor | null,
  request: SubmitRequest,
  nowMs: number,
): Promise<Submitted> {
  const isAnonymous = request.naming === 'anonymous';
  if (!isAnonymous && !actor) {
    throw new Problem('not_signed_in', 'Sign in first, or ask anonymously. Nothing was stored.');
  }
  const userId = isAnonymous || request.onBehalf ? null : actor!.personId;
  const place = await findPlace(db, request);
  const { body, ruleId } = await findResponsibleBody(db, { store, network }, place);
  const retrievalCode = userId === null ? requireCode(request) : null;

  return db.transaction(async (tx) => {
    const [known] = await tx.select().from(requests).where(eq(requests.id, request.id));
    if (known) {
      if (known.userId === userId && known.kind === request.kind) return { id: known.id, isNew: false };
      throw new Problem('id_taken', 'Another request has this id. Make a new id. Nothing was stored.');
    }
    if (userId !== null) await agree(tx, userId, request.identityWording, nowMs);
    const vaultPersonId = userId ?? `request:${request.id}`;
    const at = new Date(nowMs);
    const today = shanghaiDay(nowMs);
    const key = request.respondentId ?? (request.respondentName ? respondentKey(request.respondentName) : null);
    const collectiveId = request.join && key ? await joinCollective(tx, { key, request, nowMs }) : null;
    const accountSealed = await vault.sealFor(
      tx,
      vaultPersonId,
      JSON.stringify(request.account),
      `request ${request.id}`,
    );
    await tx.insert(requests).values({
      id: request.id,
      number: `${today.replaceAll('-', '')}-${codeOf(randomBytes(8))}`,
      kind: request.kind,
      naming: userId === null ? 'anonymous' : request.naming,
      state: 'submitted',
      version: 0,
      vaultPersonId,
      userId,
      retrievalLookup: retrievalCode && vault.lookupOf('request_code', retrievalCode),
      accountSealed,
      respondentId: request.respondentId ?? null,
      respondentName: request.respondentId ? null : (request.respondentName ?? null),
      respondentKey: key,
      amountFen: request.amountFen ?? null,
      since: request.since ?? null,
      siteId: request.siteId ?? null,
      streetCode: place.streetCode,
      districtCode: place.districtCode,
      responsibleStreet: body.kind === 'street' ? body.id : null,
      responsibleOrganisationId: body.kind === 'organisation' ? body.id : null,
      ruleId,
      dueAt: new Date(instantOf(addDays(today, (REQUEST_DUE.submitted!.days as number) + 1), 0)),
      collectiveId,
      channel: request.channel,
      madeBy: isAnonymous && !request.onBehalf ? null : (actor?.personId ?? null),
      createdAt: at,
      stateSince: at,
    });
    await attachProof(tx, { vault, files }, actor, request, vaultPersonId, nowMs);
    await tx.insert(requestEvents).values({
      requestId: request.id,
      version: 0,
      action: 'submit',
      fromState: null,
      toState: 'submitted',
      actorId: userId,
      actorRole: userId === null ? null : 'rider',
      data: { body, ...(ruleId && { ruleId }) },
      at,
    });
    await writeAudit(tx, {
      actorId: request.onBehalf ? actor!.personId : userId,
      action: 'request.submit',
      subject: { kind: 'request', id: request.id },
      after: { kind: request.kind, naming: request.naming, body, account: accountSealed },
      atMs: nowMs,
    });
    return { id: request.id, isNew: true };
  });
}

/** Puts what was handed in beside the request, under the same key as its words. */
async function attachProof(
  tx: Transaction,
  { vault, files }: Pick<CasesDependencies, 'vault' | 'files'>,
  actor: Actor | null,
  request: SubmitRequest,
  vaultPersonId: string,
  nowMs: number,
): Promise<void> {
  if (request.files.length === 0) return;
  if (!actor) throw refuseField('no_such_file', 'files', 'Files need a sign-in. Nothing was stored.');
  const rows = await attachFiles(tx, {
    fileIds: request.files,
    use: { kind: 'case', subjectId: request.id },
    purpose: 'paper',
    uploader: files.byPerson(actor.personId),
    path: 'files',
    nowMs,
  });
  await giveFilesTo(tx, vault, rows, vaultPersonId);
}

function requireCode({ retrievalCode }: SubmitRequest): string {
  if (retrievalCode !== undefined) return retrievalCode;
  throw refuseField(
    'invalid_request',
    'retrievalCode',
    'retrievalCode: an anonymous request needs a code of four groups of four, by which it is found again',
  );
}

/** What is known of where it belongs. A street or place that is named must exist. */
async function findPlace(db: Database, request: SubmitRequest): Promise<RequestPlace> {
  const { kind, siteId, account, respondentId = null } = request;
  if (respondentId !== null) {
    const [known] = await db
      .select({ id: organisations.id })
      .from(organisations)
      .where(eq(organisations.id, respondentId));
    if (!known)
      throw refuseField('no_such_reference', 'respondentId', 'There is no such organisation; type its name instead.');
  }
  const [site] =
    siteId === undefined
      ? []
      : await db
          .select({
            street: sites.streetCode,
            district: sites.districtCode,
            lng: sql<number | null>`ST_X(${sites.point})`,
            lat: sql<number | null>`ST_Y(${sites.point})`,
          })
          .from(sites)
          .where(eq(sites.id, siteId));
  if (siteId !== undefined && !site) throw refuseField('no_such_reference', 'siteId', 'There is no such place.');
  const streetCode = request.streetCode ?? site?.street ?? null;
  let districtCode = site?.district ?? null;
  if (request.streetCode !== undefined) {
    const [street] = await db
      .select({ parent: jurisdictions.parentCode })
      .from(jurisdictions)
      .where(and(eq(jurisdictions.code, request.streetCode), ne(jurisdictions.kind, 'district')));
    if (!street) throw refuseField('no_such_reference', 'streetCode', 'There is no such street or town.');
    districtCode = street.parent;
  }
  const sitePoint = site && site.lng !== null && site.lat !== null ? { lng: site.lng, lat: site.lat } : null;
  return { kind, streetCode, districtCode, respondentId, point: account.point ?? sitePoint };
}

async function agree(tx: Transaction, userId: string, wording: string | undefined, nowMs: number): Promise<void> {
  if (wording === undefined) {
    throw new Problem('consent_missing', 'Read and agree to how your name and phone are kept. Nothing was stored.');
  }
  assertCurrentWording('identity', wording);
  await giveConsent(tx, userId, { purpose: 'identity', wordingVersion: wording }, nowMs);
}

/** The open collective case of this complaint, made when there is none; it opens when enough have joined. */
async function joinCollective(
  tx: Transaction,
  { key, request, nowMs }: { key: string; request: SubmitRequest; nowMs: number },
): Promise<string> {
  const at = new Date(nowMs);
  await tx
    .insert(collectiveCases)
    .values({
      number: `C${shanghaiDay(nowMs).replaceAll('-', '')}-${codeOf(randomBytes(8))}`,
      kind: request.kind,
      respondentKey: key,
      respondentId: request.respondentId ?? null,
      state: 'gathering',
      createdAt: at,
    })
    .onConflictDoNothing();
  const [found] = await tx
    .select()
    .from(collectiveCases)
    .where(
      and(
        eq(collectiveCases.respondentKey, key),
        eq(collectiveCases.kind, request.kind),
        ne(collectiveCases.state, 'concluded'),
      ),
    )
    .for('update');
  const [{ members } = { members: 0 }] = await tx
    .select({ members: sql<number>`count(*)::int` })
    .from(requests)
    .where(eq(requests.collectiveId, found!.id));
  const state = stateAfterJoining(found!.state, members + 1);
  if (state !== found!.state) {
    await tx
      .update(collectiveCases)
      .set({ state, openedAt: at, version: found!.version + 1 })
      .where(eq(collectiveCases.id, found!.id));
  }
  return found!.id;
}
