import type { FieldChange } from '#domain/places/office-contract.ts';
import type { OfficeMessages } from '../../../client/messages/zh/office.ts';
import type { CardMessages } from '../use-details.ts';

/** The longest value that is shown of a change. */
const MOST_CHARACTERS = 80;

/** One changed field: `饮水 · 时间`, before and after in words. */
export function changeWords(
  { path, before, after }: FieldChange,
  m: OfficeMessages,
  card: CardMessages,
): { field: string; before: string; after: string } {
  return { field: fieldWords(path, m, card), before: valueWords(before, m, card), after: valueWords(after, m, card) };
}

function fieldWords(path: string, m: OfficeMessages, card: CardMessages): string {
  const [first, service, field, facility] = path.split('.');
  if (first !== 'services' || !service) return m.fields[first ?? ''] ?? path;
  const parts = [(card.services as Record<string, string>)[service] ?? service];
  if (field) parts.push(m.fields[field] ?? field);
  if (facility) parts.push((card.facilities as Record<string, string>)[facility] ?? facility);
  return parts.join(' · ');
}

function valueWords(value: unknown, m: OfficeMessages, card: CardMessages): string {
  if (value === null || value === undefined || value === '') return m.decide.nothing;
  if (typeof value === 'boolean') return value ? m.decide.yes : m.decide.no;
  if (typeof value === 'string') return shortened(codeWords(value, m, card));
  if (typeof value === 'number') return String(value);
  if (isPoint(value)) return `${value.lng.toFixed(5)}, ${value.lat.toFixed(5)}`;
  const facilities = Object.entries(value as Record<string, unknown>);
  if (!Array.isArray(value) && facilities.every(([, has]) => typeof has === 'boolean')) {
    const names = card.facilities as Record<string, string>;
    const words = facilities.map(([name, has]) => `${names[name] ?? name}: ${has ? m.decide.yes : m.decide.no}`);
    return words.length ? shortened(words.join(m.listComma)) : m.decide.nothing;
  }
  return shortened(JSON.stringify(value));
}

function codeWords(value: string, m: OfficeMessages, card: CardMessages): string {
  const lists: Record<string, string>[] = [m.statuses, card.access, card.prices];
  return lists.find((list) => Object.hasOwn(list, value))?.[value] ?? value;
}

function isPoint(value: unknown): value is { lng: number; lat: number } {
  const { lng, lat } = value as { lng?: unknown; lat?: unknown };
  return typeof lng === 'number' && typeof lat === 'number';
}

function shortened(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}
