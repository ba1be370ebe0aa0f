import type { Figure, PolicyTerms } from '#domain/insurance/policy-terms.ts';
import { yuanOf } from '../../../client/money.ts';

type Texts = { parts: Partial<Record<string, string>>; listComma: string };
type NamedFigure = { name: string; figure: Figure<unknown> };

/** Everything in a document of terms that has a source, in its order. What is no figure is left out. */
export function listFigures(terms: PolicyTerms | Record<string, unknown>): NamedFigure[] {
  return Object.entries(terms).flatMap(([name, part]) => (isFigure(part) ? [{ name, figure: part }] : []));
}

/** A figure's value for people: money in yuan, lists with commas, parts under their names. */
export function valueWords(name: string, value: unknown, m: Texts): string {
  if (Array.isArray(value)) return value.map((item) => valueWords('', item, m)).join(m.listComma);
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([part, of]) => `${m.parts[part] ?? part} ${valueWords(part, of, m)}`)
      .join(' · ');
  }
  return typeof value === 'number' && /Fen(PerDay)?$|^fen/.test(name) ? `¥${yuanOf(value)}` : String(value);
}

/** The figures whose value is another one in a new document. */
export function changedFigures(before: PolicyTerms, after: Record<string, unknown>): string[] {
  const known = new Map(listFigures(before).map(({ name, figure }) => [name, JSON.stringify(figure.value)]));
  const given = new Map(listFigures(after).map(({ name, figure }) => [name, JSON.stringify(figure.value)]));
  return [...new Set([...known.keys(), ...given.keys()])].filter((name) => known.get(name) !== given.get(name));
}

function isFigure(part: unknown): part is Figure<unknown> {
  return typeof part === 'object' && part !== null && 'value' in part && 'certainty' in part && 'source' in part;
}
