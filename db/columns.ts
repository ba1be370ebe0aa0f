import { sql, type SQL } from 'drizzle-orm';
import { type AnyPgColumn, timestamp } from 'drizzle-orm/pg-core';

/** A closed list as a CHECK, so that a value the program does not know can't be stored by any other way in. */
export function oneOf(column: AnyPgColumn, values: readonly string[]): SQL {
  return sql`${column} in (${sql.raw(values.map((value) => `'${value}'`).join(', '))})`;
}

export const instant = (name: string) => timestamp(name, { withTimezone: true });
