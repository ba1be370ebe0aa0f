import { foldText } from './fold-text.ts';

export interface StreetName {
  code: string;
  name: string;
  districtCode: string;
}
export interface DistrictName {
  code: string;
  name: string;
}

export interface JurisdictionNames {
  /** The code of a district given by name or code, null when there is none of that name. */
  findDistrict: (text: string) => string | null;
  /** A street by name or code; a name that several districts have needs the district. */
  findStreet: (text: string, districtCode: string | null) => StreetName | null;
  /** Up to three streets spelt nearly so, those of the district first; none when nothing is near. */
  suggestStreets: (text: string, districtCode: string | null) => StreetName[];
}

const MAX_SUGGESTIONS = 3;
const MAX_NAME_LENGTH = 30;

/** Looks names of districts and streets up as people write them: 金山, 金山街道办事处, 厦门市湖里区金山街道, 350206005. */
export function createJurisdictionNames(
  streets: readonly StreetName[],
  districts: readonly DistrictName[],
): JurisdictionNames {
  const districtByKey = new Map<string, string>();
  for (const { code, name } of districts) {
    districtByKey.set(code, code);
    districtByKey.set(districtKey(name), code);
  }
  const districtNames = districts.map(({ name }) => name).sort((a, b) => b.length - a.length);
  const byKey = new Map<string, StreetName[]>();
  for (const street of streets) {
    for (const key of [street.code, streetKey(street.name)]) byKey.set(key, [...(byKey.get(key) ?? []), street]);
  }

  function keyOf(text: string): string {
    let key = foldText(text)
      .slice(0, MAX_NAME_LENGTH)
      .replace(/[^\p{L}\p{N}]/gu, '')
      .replace(/^(?:福建省?)?(?:厦门市?)?/, '');
    const district = districtNames.find((name) => key.startsWith(name) && key.length > name.length);
    if (district) key = key.slice(district.length);
    // Official statistics write twelve figures, nine for the street and the rest for villages.
    return /^\d{9,12}$/.test(key) ? key.slice(0, 9) : streetKey(key);
  }

  function findStreet(text: string, districtCode: string | null): StreetName | null {
    const found = byKey.get(keyOf(text)) ?? [];
    if (found.length === 1) return found[0]!;
    return found.find((street) => street.districtCode === districtCode) ?? null;
  }

  function suggestStreets(text: string, districtCode: string | null): StreetName[] {
    const key = keyOf(text);
    if (key === '') return [];
    const limit = key.length >= 4 ? 2 : 1;
    return streets
      .map((street) => ({ street, edits: countEdits(key, streetKey(street.name)) }))
      .filter(({ edits, street }) => edits <= limit && edits < streetKey(street.name).length)
      .sort(
        (a, b) =>
          a.edits - b.edits ||
          Number(b.street.districtCode === districtCode) - Number(a.street.districtCode === districtCode),
      )
      .slice(0, MAX_SUGGESTIONS)
      .map(({ street }) => street);
  }

  return { findDistrict: (text) => districtByKey.get(districtKey(text)) ?? null, findStreet, suggestStreets };
}

function districtKey(text: string): string {
  return foldText(text)
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/^(?:福建省?)?(?:厦门市?)?/, '')
    .replace(/[区县市]$/, '');
}

function streetKey(name: string): string {
  return foldText(name).replace(/(?:街道办事处|镇人民政府|街道办|街道|镇|街|乡)$/, '');
}

/** Levenshtein's distance: how many characters to add, drop or change. */
function countEdits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}
