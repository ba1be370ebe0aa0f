import { sql } from 'drizzle-orm';
import type { KnownPoint } from '#domain/places/import/crs-hint.ts';
import { createKnownPlaces, type KnownPlace, type KnownPlaces } from '#domain/places/import/known-places.ts';
import type { KnownSite } from '#domain/places/import/keep-corrections.ts';
import { toImportDocument } from '#domain/places/import/site-of-row.ts';
import type { SiteDocument } from '#domain/places/site-document.ts';
import type { Database } from '../../../db/connect.ts';
import { documentOfSite } from './site-document-sql.ts';

/** The sites that a list is compared with: all but those that were replaced or withdrawn. */
export type KnownSites = {
  places: KnownPlaces;
  /** Those whose point is good to some tens of metres. */
  points: () => Generator<KnownPoint>;
  get: (id: string) => { document: SiteDocument; revision: number };
  /** Everything about some of them that decides what a list may change. Ids that are not known are left out. */
  withHistory: (ids: readonly string[]) => Promise<Map<string, KnownSite>>;
};

const PAGE = 5000;
const PRECISE_M = 100;

const parse = (json: Buffer) => JSON.parse(json.toString()) as SiteDocument;

/**
 * Reads them. Documents are kept as bytes and parsed when they are asked for, since there may be hundreds of thousands.
 * `organisations` gives names by id.
 */
export async function loadKnownSites(
  db: Database,
  source: string,
  organisations: ReadonlyMap<string, string>,
): Promise<KnownSites> {
  const kept = new Map<string, { json: Buffer; revision: number; externalId: string | null }>();

  /** The list's numbers by site, of several the first. Read by themselves: a look-up for each site is a bad plan's chance. */
  async function readNumbers(): Promise<Map<string, string>> {
    const numbers = new Map<string, string>();
    for (let last = ''; ;) {
      const rows = await db.execute<{ external_id: string; site_id: string }>(sql`
        select external_id, site_id from site_external_ids
        where source = ${source} and external_id > ${last} order by external_id limit ${PAGE}`);
      for (const row of rows) if (!numbers.has(row.site_id)) numbers.set(row.site_id, row.external_id);
      if (rows.length < PAGE) return numbers;
      last = rows.at(-1)!.external_id;
    }
  }

  async function* read(): AsyncGenerator<{ id: string; document: string; revision: number }[]> {
    for (let lastId = ''; ;) {
      const rows = await db.execute<{ id: string; document: string; revision: number }>(sql`
        select s.id, ${documentOfSite}::text as document, s.revision
        from sites s where s.id > ${lastId} and s.status not in ('replaced', 'withdrawn') order by s.id limit ${PAGE}`);
      if (rows.length > 0) yield [...rows];
      if (rows.length < PAGE) return;
      lastId = rows.at(-1)!.id;
    }
  }

  // A class, so that hundreds of thousands share one getter.
  class StoredPlace implements KnownPlace {
    readonly id: string;
    constructor(id: string) {
      this.id = id;
    }
    get document() {
      const { json, externalId } = kept.get(this.id)!;
      const site = parse(json);
      const organisation = site.organisationId && (organisations.get(site.organisationId) ?? null);
      return toImportDocument(site, { externalId, organisation });
    }
  }

  const numbers = await readNumbers();
  for await (const page of read()) {
    for (const { id, document, revision } of page) {
      kept.set(id, { json: Buffer.from(document), revision, externalId: numbers.get(id) ?? null });
    }
  }
  function* places() {
    for (const id of kept.keys()) yield new StoredPlace(id);
  }

  return {
    places: createKnownPlaces(places()),
    *points() {
      for (const { json } of kept.values()) {
        const { name, address, point, precisionM } = parse(json);
        if (point && precisionM! <= PRECISE_M) yield { name, address, point };
      }
    },
    get(id) {
      const { json, revision } = kept.get(id)!;
      return { document: parse(json), revision };
    },
    async withHistory(ids) {
      if (ids.length === 0) return new Map();
      const list = sql.join(
        ids.map((id) => sql`${id}`),
        sql`, `,
      );
      const [facts, revisions] = [
        await db.execute<{ id: string; location: string | null; hours: string | null; facilities: string | null }>(sql`
          select id, case when location_status = 'verified' then location_date::text end as location,
            case when hours_status = 'verified' then hours_date::text end as hours,
            case when facilities_status = 'verified' then facilities_date::text end as facilities
          from sites where id in (${list})`),
        await db.execute<{ id: string; document: SiteDocument; is_of_list: boolean }>(sql`
          select v.site_id as id, v.document, coalesce(i.source = ${source} and v.restored_from is null
            and i.state <> 'undone', false) as is_of_list
          from site_revisions v left join imports i on i.id = v.import_id
          where v.site_id in (${list}) order by v.site_id, v.revision`),
      ];
      const known = new Map<string, KnownSite & { history: { document: SiteDocument; isOfList: boolean }[] }>();
      for (const { id, ...verifiedOn } of facts) {
        const site = kept.get(id);
        if (site) known.set(id, { document: parse(site.json), verifiedOn, history: [] });
      }
      for (const { id, document, is_of_list: isOfList } of revisions)
        known.get(id)?.history.push({ document, isOfList });
      return known;
    },
  };
}
