import { CITY_BOX, isInBox } from '#domain/geo/city-box.ts';
import type { LandNetwork } from '#domain/geo/land-network.ts';
import type { Point } from '#domain/geo/point.ts';
import type { ImportSettings, RowIssue } from '#domain/places/import-contract.ts';
import type { ColumnMapping } from '#domain/places/import/columns.ts';
import type { ImportDocument } from '#domain/places/import/import-document.ts';
import type { ImportIssue } from '#domain/places/import/import-issues.ts';
import { keepCorrections } from '#domain/places/import/keep-corrections.ts';
import type { HoursRead } from '#domain/places/import/read-row.ts';
import { createRowJudge, type JudgedRow } from '#domain/places/import/row-fate.ts';
import { isEqual, newsOf, toSiteDocument } from '#domain/places/import/site-of-row.ts';
import { createJurisdictionNames, type DistrictName, type StreetName } from '#domain/places/import/street-names.ts';
import type { TableRow } from '#domain/places/import/table.ts';
import type { SiteDocument } from '#domain/places/site-document.ts';
import { parseChineseHours } from '#domain/time/chinese-hours.ts';
import { decideRow, type Decision } from './decide-row.ts';
import type { KnownSites } from './known-sites.ts';
import type { StagedRow } from './stage-rows.ts';

export type Judging = {
  importId: string;
  settings: ImportSettings;
  listDay: string;
  known: KnownSites;
  network: LandNetwork;
  streets: readonly StreetName[];
  districts: readonly DistrictName[];
  /** The code of the district whose land a point is on. */
  districtOf: (point: Point) => string | null;
  /** Id by name. */
  organisations: ReadonlyMap<string, string>;
  /** Whether the actor may import what lies there. */
  covers: (site: Pick<SiteDocument, 'streetCode' | 'districtCode'>) => boolean;
  decisions: ReadonlyMap<number, Exclude<Decision, null>>;
};

/** What `SiteDocument` can hold less of than a row: the rest is cut off, and said. */
const SHORTER = { phone: 60, accessNote: 300, note: 1000 } as const;

/**
 * Judges rows in their order, many at a time, and makes them ready for staging. New sites get ids made of the import and
 * the row, the same at each check.
 */
export function createBatchJudge(judging: Judging): (rows: readonly TableRow[]) => Promise<StagedRow[]> {
  const { settings, known } = judging;
  // Without a chosen system the points count as missing; storing waits for the choice anyway.
  const { lng: _lng, lat: _lat, coordinates: _pair, ...withoutPoints } = settings.columns;
  const mapping: ColumnMapping = settings.crs ? settings.columns : withoutPoints;
  const judge = createRowJudge(mapping, {
    crs: settings.crs,
    onBadPoint: 'error',
    precisionM: settings.precisionM,
    defaultServices: ['rest'],
    names: createJurisdictionNames(judging.streets, judging.districts),
    isOnLand: (point) => isNearLand(judging.network, point),
    isInCity: (point) => isInBox(point, CITY_BOX),
    districtOf: judging.districtOf,
    readHours,
    known: known.places,
  });

  return async function judgeBatch(rows) {
    const judged = rows.map((row) => {
      const clean = withoutUnstorable(row);
      return { row: clean, judgement: judge(settings.crs || !clean.point ? clean : withoutPoint(clean)) };
    });
    const touched = judged.flatMap(({ judgement }) => [
      ...(judgement.fate === 'changed' ? [judgement.site!] : []),
      ...(judgement.twins ?? []).slice(0, 1).flatMap(({ of }) => ('site' in of ? [of.site] : [])),
    ]);
    const histories = await known.withHistory([...new Set(touched)]);
    return judged.map(({ row, judgement }) => stage(row, judgement));

    function layOver(siteId: string, row: ImportDocument) {
      const before = known.get(siteId);
      const listed = toSiteDocument(row, before.document, organisationOf(row));
      const history = histories.get(siteId);
      const document = history ? keepCorrections(history, listed, judging.listDay) : listed;
      const changes = !isEqual(document, before.document);
      return { document, baseRevision: before.revision, news: newsOf(before.document, document), changes, before };
    }

    function stage(row: TableRow, judgement: JudgedRow): StagedRow {
      const issues = judgement.issues.map(toRowIssue);
      // Written out, not spread: this runs for hundreds of thousands of rows.
      const staged: StagedRow = {
        row: row.row,
        fate: 'error',
        cells: row.cells,
        document: null,
        issues,
        siteId: null,
        baseRevision: null,
        news: [],
        externalId: judgement.document?.externalId ?? null,
        candidate: null,
        ownFate: 'error',
        decision: null,
      };
      if (!judgement.document) return staged;
      const said = shortened(judgement.document, issues);
      if (said.organisation !== undefined && organisationOf(said) === null) {
        issues.push({ field: 'organisation', code: 'organisation_unknown', params: { text: said.organisation } });
      }
      const outside = () => {
        issues.push(OUTSIDE);
        return staged;
      };
      if (judgement.fate === 'changed' || judgement.fate === 'same') {
        const { before, changes, ...outcome } = layOver(judgement.site!, said);
        if (!judging.covers(before.document) || !judging.covers(outcome.document)) return outside();
        staged.fate = staged.ownFate = changes ? 'changed' : 'same';
        return decide(Object.assign(staged, outcome, { siteId: judgement.site! }));
      }
      const document = toSiteDocument(said, null, organisationOf(said));
      if (!judging.covers(document)) return outside();
      staged.siteId = newSiteId(judging.importId, row.row);
      staged.document = document;
      staged.news = newsOf(null, document);
      if (judgement.fate === 'duplicate') {
        staged.candidate = candidateOf(judgement, said, { siteId: staged.siteId, document, news: staged.news });
      }
      staged.fate = staged.ownFate = staged.candidate ? 'duplicate' : 'new';
      return decide(staged);
    }

    function candidateOf(
      { twins }: JudgedRow,
      said: ImportDocument,
      asNew: NonNullable<StagedRow['candidate']>['asNew'],
    ): StagedRow['candidate'] {
      const { of, distanceM, likeness } = twins![0]!;
      const alike = { distanceM, likeness, asNew };
      if ('row' in of) {
        return { ...alike, siteId: newSiteId(judging.importId, of.row), name: said.name, row: of.row, asSame: null };
      }
      const { before, ...asSame } = layOver(of.site, said);
      return { ...alike, siteId: of.site, name: before.document.name, row: null, asSame };
    }
  };

  function decide(row: StagedRow): StagedRow {
    const decision = judging.decisions.get(row.row) ?? null;
    return Object.assign(row, decideRow(row, decision, settings.duplicates), { decision });
  }

  function organisationOf({ organisation }: ImportDocument): string | null {
    return organisation === undefined ? null : (judging.organisations.get(organisation.trim()) ?? null);
  }
}

const OUTSIDE: RowIssue = { field: 'street', code: 'outside_scope' };

/** Stored lists keep to the order of their rows in every index. */
function newSiteId(importId: string, row: number): string {
  return `m${importId.replaceAll('-', '').slice(0, 12)}-${String(row).padStart(6, '0')}`;
}

/** The shore is 300 m rough. */
const SHORE_M = 300;

function isNearLand(network: LandNetwork, point: Point): boolean {
  const place = network.locate(point);
  return !place.outside && place.offshoreM <= SHORE_M;
}

function readHours(text: string): HoursRead {
  const read = parseChineseHours(text);
  if (!read.ok) return { ok: false, reason: read.reason, at: read.at };
  return { ok: true, hours: read.hours, notes: read.notes };
}

function shortened(document: ImportDocument, issues: RowIssue[]): ImportDocument {
  const cut: Partial<ImportDocument> = {};
  for (const [field, max] of Object.entries(SHORTER) as [keyof typeof SHORTER, number][]) {
    if ((document[field]?.length ?? 0) <= max) continue;
    cut[field] = whole(document[field]!.slice(0, max));
    issues.push({ field, code: 'text_shortened', params: { max } });
  }
  return Object.keys(cut).length > 0 ? { ...document, ...cut } : document;
}

// oxlint-disable-next-line no-control-regex
const UNSTORABLE = /\0|\p{Surrogate}/u;

/** Half a character becomes the sign for what cannot be read. */
const whole = (text: string) => text.replace(/\p{Surrogate}/gu, '\uFFFD');

/** PostgreSQL keeps neither NUL nor half a character. */
function withoutUnstorable(row: TableRow): TableRow {
  if (!row.cells.some((cell) => UNSTORABLE.test(cell))) return row;
  return { ...row, cells: row.cells.map((cell) => whole(cell.replaceAll('\0', ''))) };
}

function toRowIssue({ field, code, params }: ImportIssue): RowIssue {
  let flat: RowIssue['params'];
  for (const key in params) {
    const value = params[key as keyof ImportIssue['params']];
    if (value === undefined) continue;
    flat ??= {};
    flat[key] = Array.isArray(value)
      ? value.map((item) => (typeof item === 'string' ? item : item.name)).join('、')
      : value;
  }
  return flat ? { field: field ?? '', code, params: flat } : { field: field ?? '', code };
}

function withoutPoint({ point: _point, ...row }: TableRow): TableRow {
  return row;
}
