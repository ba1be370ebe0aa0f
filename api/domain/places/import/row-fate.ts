import type { ROW_FATES } from '../office.ts';
import type { ColumnMapping } from './columns.ts';
import {
  applyFacts,
  changedFields,
  type DocumentField,
  type ImportDocument,
  type RowFacts,
} from './import-document.ts';
import { ISSUE_CODES, type ImportIssue } from './import-issues.ts';
import { addressed, type KnownPlaces } from './known-places.ts';
import { createNearDuplicates } from './near-duplicates.ts';
import { createRowReader, type RowReading } from './read-row.ts';
import type { TableRow } from './table.ts';

/** What a row comes to by itself; `skipped` only comes of a decision. */
type RowFate = Exclude<(typeof ROW_FATES)[number], 'skipped'>;

/** What a row may be a duplicate of: a place that is known, or an earlier row of the same file. */
export interface LikelyTwin {
  of: { site: string } | { row: number };
  /** Null where one of the two has no point. */
  distanceM: number | null;
  likeness: number;
}

export interface JudgedRow {
  row: number;
  fate: RowFate;
  issues: ImportIssue[];
  /** The place as it would be stored; absent for an error. */
  document?: ImportDocument;
  /** With `changed` and `same`: which place it is, and the fields that differ. */
  site?: string;
  changed?: DocumentField[];
  /** With `duplicate`. */
  twins?: LikelyTwin[];
}

export interface JudgingContext extends RowReading {
  known: KnownPlaces;
}

/**
 * Judges the rows of one file, in their order: what each would become, with what is odd about it. A row is a known place
 * by its number (external id), else by the very same name, address and street; whatever is only near and alike is for a
 * person to decide. Never throws; remembers under a kilobyte per row, to find duplicates within the file.
 */
export function createRowJudge(mapping: ColumnMapping, context: JudgingContext): (row: TableRow) => JudgedRow {
  const readRow = createRowReader(mapping, context);
  const rowOfExternalId = new Map<string, number>();
  const rowOfIdentity = new Map<string, number>();
  const earlier = createNearDuplicates<number>();

  return function judge(row) {
    const { facts, issues } = readRow(row);
    const { externalId } = facts;
    if (externalId !== undefined) {
      const firstRow = rowOfExternalId.get(externalId);
      if (firstRow === undefined) rowOfExternalId.set(externalId, row.row);
      else issues.push({ field: 'externalId', code: 'external_id_repeated', params: { firstRow, text: externalId } });
    }
    const error: JudgedRow = { row: row.row, fate: 'error', issues };
    if (!hasName(facts) || issues.some(({ code }) => ISSUE_CODES[code] === 'error')) return error;

    const nameAndAddress = addressed(facts.name, facts.address);
    const place = findKnown(facts, nameAndAddress);
    const before = place && place.document; // read once: it is made anew each time
    const document = applyFacts(before, facts, context.defaultServices);
    if (!facts.services && document.services.length > 0 && !place) {
      const services = document.services.map(({ service }) => service);
      issues.push({ field: 'services', code: 'services_assumed', params: { services } });
    }
    const judged = { row: row.row, issues, document };
    if (place && before) {
      const changed = changedFields(before, document);
      return { ...judged, fate: changed.length === 0 ? 'same' : 'changed', site: place.id, changed };
    }
    const identity = `${nameAndAddress}\n${document.street ?? ''}`;
    const twins = findTwins(document, identity);
    if (!rowOfIdentity.has(identity)) rowOfIdentity.set(identity, row.row);
    if (document.position) earlier.add(row.row, document.name, document.position.point);
    return twins.length > 0 ? { ...judged, fate: 'duplicate', twins } : { ...judged, fate: 'new' };
  };

  function findKnown(facts: RowFacts, nameAndAddress: string) {
    const numbered = facts.externalId === undefined ? null : context.known.findByExternalId(facts.externalId);
    if (numbered) return numbered;
    const same = context.known.findSame({
      addressed: nameAndAddress,
      street: facts.street ?? null,
      position: facts.position ?? null,
    });
    // Two different numbers are two places, whatever they are called.
    const isOther = facts.externalId !== undefined && same?.document.externalId !== undefined;
    return isOther ? null : same;
  }

  function findTwins(document: ImportDocument, identity: string): LikelyTwin[] {
    const twins: LikelyTwin[] = context.known
      .findNear(document)
      .map(({ id, distanceM, likeness }) => ({ of: { site: id }, distanceM, likeness }));
    const { position } = document;
    const rows = position ? earlier.find(document.name, position.point) : [];
    for (const { id, distanceM, likeness } of rows) twins.push({ of: { row: id }, distanceM, likeness });
    const sameRow = rowOfIdentity.get(identity);
    if (sameRow !== undefined && !rows.some(({ id }) => id === sameRow)) {
      twins.push({ of: { row: sameRow }, distanceM: null, likeness: 1 });
    }
    return twins;
  }
}

/** Judges one row by itself, without the rows before it. */
export function judgeRow(row: TableRow, mapping: ColumnMapping, context: JudgingContext): JudgedRow {
  return createRowJudge(mapping, context)(row);
}

function hasName(facts: RowFacts): facts is RowFacts & { name: string } {
  return facts.name !== undefined;
}
