import type { VerificationMethod } from './office.ts';

/** As riders read it behind the office. A phone needs these offline, so no module of the office is loaded for them. */
const METHOD_WORDS: Readonly<Record<VerificationMethod, string>> = {
  on_site: '现场核实',
  by_phone: '电话核实',
  from_document: '依据文件核实',
};
const CHANGED = /^(.+)（\d{4}-\d{2}-\d{2} 更改）$/;

/** Who stands behind a fact, and how they know; `changed`: an office wrote it without saying that anybody looked. */
export type FactSource = { who: string; how: VerificationMethod | 'changed' | null };

/** The source of a fact that an office checked: `嘉莲街道（现场核实）`. */
export function checkedSource(office: string, method: VerificationMethod): string {
  return `${office}（${METHOD_WORDS[method]}）`;
}

/** The source of a fact that an office changed on a day: `嘉莲街道（2026-03-10 更改）`. */
export function changedSource(office: string, day: string): string {
  return `${office}（${day} 更改）`;
}

/** Reads what the two above wrote; any other source (a publication, a list) stands as it is. */
export function readFactSource(source: string): FactSource {
  for (const how of Object.keys(METHOD_WORDS) as VerificationMethod[]) {
    const ending = checkedSource('', how);
    if (source.length > ending.length && source.endsWith(ending)) return { who: source.slice(0, -ending.length), how };
  }
  const changed = CHANGED.exec(source);
  return changed ? { who: changed[1]!, how: 'changed' } : { who: source, how: null };
}
