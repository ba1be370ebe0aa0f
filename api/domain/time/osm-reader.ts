/** Longer texts are refused; OpenStreetMap itself keeps at most 255 characters. */
export const MAX_HOURS_LENGTH = 500;

/** Why a text was not understood: `at` counts characters from 0, `message` is plain English. */
export type HoursProblem = { ok: false; at: number; message: string };

const SPACE = /\s*/y;
export const COMMA = /,/y;
export const DASH = /[-–]/y;
const KNOWN_BUT_NOT_READ = /sunrise|sunset|dawn|dusk|easter|week|SH(?![a-z])|\(|[ap]\.?m/iy;

export type Reader = {
  at: number;
  /** Takes what the expression matches here, and the spaces after it. */
  take(expression: RegExp): RegExpExecArray | null;
  atEnd(): boolean;
  fail(message: string, at?: number): never;
};

class NotUnderstood extends Error {
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

export function reading<T>(text: string, read: (reader: Reader) => T): T | HoursProblem {
  if (text.length > MAX_HOURS_LENGTH) {
    return { ok: false, at: MAX_HOURS_LENGTH, message: `Longer than ${MAX_HOURS_LENGTH} characters` };
  }
  const reader: Reader = {
    at: 0,
    take(expression) {
      expression.lastIndex = reader.at;
      const match = expression.exec(text);
      if (match) {
        SPACE.lastIndex = expression.lastIndex;
        SPACE.exec(text);
        reader.at = SPACE.lastIndex;
      }
      return match;
    },
    atEnd: () => reader.at === text.length,
    fail(message, at = reader.at) {
      throw new NotUnderstood(at, message);
    },
  };
  try {
    reader.take(SPACE);
    const result = read(reader);
    if (!reader.atEnd()) notUnderstood(reader, 'Did not expect this here');
    return result;
  } catch (error) {
    if (error instanceof NotUnderstood) return { ok: false, at: error.at, message: error.message };
    throw error;
  }
}

/** Says whether what stands here is OSM that is not read, or `otherwise`. */
export function notUnderstood(reader: Reader, otherwise: string): never {
  const { at } = reader;
  const word = reader.take(KNOWN_BUT_NOT_READ)?.[0].trim();
  return reader.fail(word ? `“${word}” is not supported` : otherwise, at);
}

/** `one` after `one` with commas between; a comma that no further one follows is left for what comes next. */
export function readList<T>(reader: Reader, one: (reader: Reader) => T | null): T[] {
  const found: T[] = [];
  let beforeComma = reader.at;
  for (let item = one(reader); item !== null; item = one(reader)) {
    found.push(item);
    beforeComma = reader.at;
    if (!reader.take(COMMA)) return found;
  }
  reader.at = beforeComma;
  return found;
}

export function readNumber(reader: Reader, expression: RegExp): number | null {
  const match = reader.take(expression);
  return match && Number(match[1]);
}

/** The place in `names` of the name that stands here. */
export function readName(reader: Reader, expression: RegExp, names: string[]): number | null {
  const match = reader.take(expression);
  return match && names.findIndex((name) => name.toLowerCase() === match[1]!.toLowerCase());
}

export function pad(number: number): string {
  return String(number).padStart(2, '0');
}
