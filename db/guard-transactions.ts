/**
 * Keeps queries where they belong: what runs inside a transaction's callback goes through that transaction.
 *
 * A query on the pool inside a transaction sees other data than the transaction, and on the embedded database, which
 * has one session, it waits for ever for the transaction it is part of. Here it is an error at once.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as nextTurn } from 'node:timers/promises';
import type { Sql, TransactionSql } from 'postgres';

type Scope = { open: boolean };
type Callback = (transaction: TransactionSql) => unknown;
type Query = (...parameters: unknown[]) => unknown;

const currentScope = new AsyncLocalStorage<Scope>();

/** A query was sent to the pool inside a transaction, or to a transaction that has ended. */
export class MisplacedQuery extends Error {
  override name = 'MisplacedQuery';
}

function assertOutside(): void {
  if (currentScope.getStore()?.open) {
    throw new MisplacedQuery(
      'A query was sent to the connection pool inside a transaction. Send it through the transaction (tx) instead.',
    );
  }
}

/** Wraps a postgres.js client. Everything but queries and `begin` goes through unchanged. */
export function guardTransactions(client: Sql): Sql {
  const begin = async (...parameters: [Callback] | [string, Callback]): Promise<unknown> => {
    assertOutside();
    const callback = parameters.at(-1) as Callback;
    const options = parameters.length === 2 ? parameters[0] : '';
    const scope: Scope = { open: true };
    try {
      return await client.begin(options, (transaction) =>
        currentScope.run(scope, () => runIn(scope, transaction, callback)),
      );
    } finally {
      scope.open = false;
    }
  };
  return intercept(client, assertOutside, { begin: begin as Query });
}

/** Runs a callback with its transaction or savepoint, of which nothing is sent after the scope has ended. */
async function runIn(scope: Scope, transaction: TransactionSql, callback: Callback): Promise<unknown> {
  const assertOpen = (): void => {
    if (!scope.open) throw new MisplacedQuery('A query was sent to a transaction that has ended.');
  };
  const savepoint = (...parameters: [Callback] | [string, Callback]): unknown => {
    assertOpen();
    const inner: Callback = (nested) => runIn(scope, nested, parameters.at(-1) as Callback);
    return parameters.length === 2 ? transaction.savepoint(parameters[0], inner) : transaction.savepoint(inner);
  };
  const guarded = intercept(transaction, assertOpen, { savepoint: savepoint as Query });
  try {
    return await callback(guarded);
  } catch (error) {
    // When the connection broke, `begin` has already failed with the reason. postgres.js 3.4.9 would now send a
    // rollback to the socket that is gone, which ends the process with a TypeError; so it is never told.
    // A timer and not setImmediate: what postgres.js writes it sends in the check phase, and a socket that closes
    // between the two leaves a connection of the pool that never sends anything again.
    await nextTurn();
    if (!scope.open) await new Promise(() => {});
    throw error;
  }
}

/** A client whose queries run `check` first, with some methods replaced. */
function intercept<Client extends Sql | TransactionSql>(
  client: Client,
  check: () => void,
  replacements: Record<string, Query>,
): Client {
  return new Proxy(client, {
    apply(target, self, parameters: unknown[]) {
      const isQuery = Array.isArray(parameters[0]) && 'raw' in parameters[0]; // or else an identifier or a list
      if (isQuery) check();
      return Reflect.apply(target as unknown as Query, self, parameters);
    },
    get(target, key) {
      if (typeof key === 'string' && Object.hasOwn(replacements, key)) return replacements[key];
      if (key === 'unsafe') check();
      return Reflect.get(target, key) as unknown;
    },
  });
}
