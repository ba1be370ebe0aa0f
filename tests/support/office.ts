/** What tests of the office need: people with roles, documents to save, and a look at what was stored. */
import { expect } from 'vitest';
import { asc, eq } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import type { SavedSite, SaveSite } from '#domain/places/office-contract.ts';
import type { ServiceDocument, SiteDocument } from '#domain/places/site-document.ts';
import { ProblemBody } from '../../api/http/problem.ts';
import { findSiteState } from '../../api/places/site-document-rows.ts';
import type { Database } from '../../db/connect.ts';
import { auditRecords } from '../../db/tables/audit.ts';
import { siteRevisions } from '../../db/tables/office.ts';
import { sites } from '../../db/tables/places.ts';
import { makeActor, type TestApp } from './factories.ts';

/** 嘉莲街道 and 莲前街道 in 思明区, 江头街道 in 湖里区. `AT.centre` lies in the first district, `AT.north` in the second. */
export const JIALIAN = '350203011';
export const LIANQIAN = '350203010';
export const SIMING = '350203';
export const JIANGTOU = '350206004';
export const HULI = '350206';

export const officer = makeActor('officer', JIALIAN);
export const neighbour = makeActor('officer', LIANQIAN);
export const stranger = makeActor('officer', JIANGTOU);
export const siming = makeActor('district_officer', SIMING);
export const huli = makeActor('district_officer', HULI);
export const centre = makeActor('coordinator');
export const keeper = makeActor('keeper', 'xiamen-ftu');
export const supervisor = makeActor('supervisor');
export const rider = makeActor('rider');

export const JIALIAN_PLACE = { districtCode: SIMING, streetCode: JIALIAN };

export function makeService(service: Partial<ServiceDocument> = {}): ServiceDocument {
  return {
    service: 'rest',
    hours: null,
    season: null,
    price: null,
    priceNote: null,
    capacity: null,
    facilities: {},
    note: null,
    ...service,
  };
}

/** A new rest stop of 嘉莲街道 whose place nobody knows yet, and whatever is said otherwise. */
export function makeDocument(document: Partial<SiteDocument> = {}): SiteDocument {
  return {
    name: '新驿站',
    nameEn: null,
    ...JIALIAN_PLACE,
    organisationId: null,
    address: null,
    phone: null,
    status: 'open',
    statusUntil: null,
    replacedBy: null,
    access: 'open',
    accessNote: null,
    photos: [],
    point: null,
    precisionM: null,
    original: null,
    services: [makeService()],
    note: null,
    ...document,
  };
}

export async function documentOf(db: Database, id: string): Promise<SiteDocument> {
  const state = await findSiteState(db, eq(sites.id, id));
  return state!.document;
}

export async function siteRow(db: Database, id: string) {
  const [row] = await db.select().from(sites).where(eq(sites.id, id));
  return row!;
}

export function revisionsOf(db: Database, id: string) {
  return db.select().from(siteRevisions).where(eq(siteRevisions.siteId, id)).orderBy(asc(siteRevisions.revision));
}

export function auditOf(db: Database, kind: string, id: string) {
  return db
    .select()
    .from(auditRecords)
    .where(eq(auditRecords.subjectId, id))
    .orderBy(asc(auditRecords.seq))
    .then((rows) => rows.filter(({ subjectKind }) => subjectKind === kind));
}

export function put(
  app: TestApp,
  actor: Actor,
  id: string,
  revision: number,
  save: Partial<SaveSite>,
): Promise<Response> {
  return app.as(actor, 'PUT', `/api/office/sites/${id}`, save, { 'if-match': `"r${revision}"` });
}

export async function saved(response: Response, status = 200): Promise<SavedSite> {
  const text = await response.text();
  expect(response.status, text).toBe(status);
  return JSON.parse(text) as SavedSite;
}

/** The body of an answer with this status. */
export async function parsed<T>(
  response: Response,
  schema: { parse: (value: unknown) => T },
  status = 200,
): Promise<T> {
  const text = await response.text();
  expect(response.status, text).toBe(status);
  return schema.parse(JSON.parse(text));
}

/** Checks that an answer refuses in words, with this status and code. */
export async function refused(response: Response, status: number, code: string): Promise<ProblemBody> {
  const problem = ProblemBody.parse(await response.json());
  expect({ status: response.status, code: problem.code }, problem.detail).toEqual({ status, code });
  expect(problem.detail!.length).toBeGreaterThan(10);
  return problem;
}
