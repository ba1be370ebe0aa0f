import { draftStatements } from './chinese-hours-drafts.ts';
import { readItems } from './chinese-hours-reader.ts';
import { type ChineseHoursNote, type ChineseHoursReason, Refused, refuse } from './chinese-hours-reasons.ts';
import { rulesOf } from './chinese-hours-rules.ts';
import { NOT_GIVEN, plainForm } from './chinese-hours-words.ts';
import { formatOpeningHours, parseOpeningHours } from './osm-opening-hours.ts';
import { MAX_HOURS_LENGTH } from './osm-reader.ts';

export type ChineseHours =
  | { ok: true; hours: string; notes: ChineseHoursNote[] }
  | { ok: false; reason: ChineseHoursReason; at: string; readings?: string[] };

/**
 * Reads opening hours as they stand in Chinese spreadsheets, such as 周一至周五 8:30-12:00，14:30-18:00（节假日除外）, or
 * as an OSM text. Never throws, takes time in proportion to the text, and does not guess.
 *
 * ok: `hours` is an OSM text in the form `formatOpeningHours` writes and `parseOpeningHours` reads, seasons included;
 * `notes` say what a person should look at. Otherwise `at` is the piece of the text (full-width signs made plain) that
 * stands in the way, and `readings` are what a time may mean, each as `08:00-18:00`; keep the text, hours not known.
 */
export function parseChineseHours(text: string): ChineseHours {
  if (text.length > MAX_HOURS_LENGTH) return { ok: false, reason: 'too_long', at: '' };
  const osm = readOsm(text.trim());
  if (osm !== null) return { ok: true, hours: osm, notes: [] };
  const plain = plainForm(text);
  if (NOT_GIVEN.test(plain)) return { ok: false, reason: 'not_given', at: plain };
  try {
    const notes: ChineseHoursNote[] = [];
    const items = readItems(plain, notes);
    if (!items.length) refuse('times_missing', plain);
    const hours = formatOpeningHours(rulesOf(draftStatements(items, notes), notes));
    // Many small statements can be longer in OSM's form than in Chinese.
    if (!parseOpeningHours(hours).ok) return { ok: false, reason: 'too_long', at: '' };
    return { ok: true, hours, notes };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { reason, at, readings } = error;
    return { ok: false, reason, at: at || plain.slice(0, 20), ...(readings?.length && { readings }) };
  }
}

/** Figures alone are not taken for OSM: in a spreadsheet 8:00-6:00 may mean the afternoon, which OSM's never does. */
function readOsm(text: string): string | null {
  const bareWord = /^(?:open|off|closed|unknown)$/i.test(text);
  if (bareWord || !/[A-Za-z"]|24\/7/.test(text)) return null;
  const parsed = parseOpeningHours(text);
  return parsed.ok ? formatOpeningHours(parsed.hours) : null;
}
