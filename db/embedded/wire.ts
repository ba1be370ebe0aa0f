/**
 * The PostgreSQL protocol in front of one PGlite, so that ordinary drivers with ordinary pools can use it.
 *
 * PGlite is a single session: it runs one message after the other and knows nothing of connections. Serving several
 * clients correctly rests on these rules:
 * - Messages are collected up to Sync, Query or Flush and run as one batch.
 * - A connection keeps the engine until its batch has ended and it is not in a transaction.
 * - The client gets exactly one ReadyForQuery per batch, last.
 * - After an error in a batch that ended with Flush, messages are ignored up to the next Sync.
 * - A client that leaves is rolled back, and its prepared statements are closed.
 * - Notifications go to the connections that listen, whoever was running when they came.
 *
 * What is one session stays one session: SET, temporary tables and advisory locks are shared by all connections, and
 * a running statement cannot be cancelled.
 */
import type { Socket } from 'node:net';
import {
  encodeFatalError,
  encodeMessage,
  encodeQuery,
  findBoundStatement,
  findStatement,
  ProtocolError,
  readClientMessages,
  readText,
  splitMessages,
  type ClientMessage,
} from './messages.ts';
import { Turns } from './turns.ts';

/** Runs whole protocol messages and answers with whole protocol messages. Never called twice at a time. */
export type Engine = (messages: Buffer) => Promise<Buffer>;

export type WireOptions = {
  /** A client that leaves a transaction open without a query for so long is rolled back and disconnected. */
  idleTransactionLimitMs: number;
  /** Told what a client is not: a driver may hide why its connection has ended. */
  onWarning: (text: string) => void;
};

type Connection = {
  socket: Socket;
  /** Messages waiting for the Sync, Query or Flush that runs them. */
  batch: Buffer[];
  /** Transaction status as of the last ReadyForQuery: `I` idle, `T` in a transaction, `E` in a failed one. */
  status: string;
  ignoresUntilSync: boolean;
  /** Prepared statements that the engine keeps for this connection, by name. */
  statements: Map<string, string>;
  channels: Set<string>;
  hasUnlistened: boolean;
  mentionedCopy: boolean;
  idleTimer: NodeJS.Timeout | undefined;
};

const SYNC = encodeMessage('S');

/** How long closing waits for a transaction that is still open. */
const CLOSING_PATIENCE_MS = 5_000;

/** COPY FROM STDIN would wait for data inside the engine and never come back. This ends it as an ordinary error. */
const COPY_FAIL = encodeMessage('f', Buffer.from('the embedded database does not take data by COPY FROM STDIN\0'));

export class Wire {
  readonly #engine: Engine;
  readonly #idleTransactionLimitMs: number;
  readonly #onWarning: (text: string) => void;
  readonly #turns = new Turns<object>();
  readonly #connections = new Set<Connection>();

  constructor(engine: Engine, { idleTransactionLimitMs, onWarning }: WireOptions) {
    this.#engine = engine;
    this.#idleTransactionLimitMs = idleTransactionLimitMs;
    this.#onWarning = onWarning;
  }

  /** Serves one client until it leaves. Never rejects on what a client does. */
  async serve(socket: Socket): Promise<void> {
    const connection: Connection = {
      socket,
      batch: [],
      status: 'I',
      ignoresUntilSync: false,
      statements: new Map(),
      channels: new Set(),
      hasUnlistened: false,
      mentionedCopy: false,
      idleTimer: undefined,
    };
    this.#connections.add(connection);
    socket.on('error', () => socket.destroy()); // a broken client is one that has left
    try {
      for await (const message of readClientMessages(socket)) {
        if (message.type === 'X' || message.type === 'cancel-request') break;
        await this.#receive(connection, message);
      }
    } catch (error) {
      if (error instanceof ProtocolError) socket.write(encodeFatalError('08P01', error.message));
      else if (!socket.destroyed) socket.write(encodeFatalError('XX000', `The embedded database failed: ${error}`));
    } finally {
      socket.destroySoon();
      await this.#leave(connection);
    }
  }

  /** Runs something while no connection has the engine and no transaction is open. */
  async exclusively<T>(work: () => Promise<T>): Promise<T> {
    const holder = {};
    await this.#turns.take(holder);
    try {
      return await work();
    } finally {
      this.#turns.pass(holder);
    }
  }

  /**
   * Lets running batches and open transactions finish, for up to five seconds, then ends every connection. Nothing
   * runs on the engine afterwards.
   */
  async close(): Promise<void> {
    const disconnectAll = (): void => {
      for (const connection of this.#connections) this.#disconnect(connection, '57P01', 'The database is closing.');
    };
    const patience = setTimeout(disconnectAll, CLOSING_PATIENCE_MS);
    await this.#turns.take(this); // and never passed on
    clearTimeout(patience);
    disconnectAll();
  }

  async #receive(connection: Connection, { type, bytes }: ClientMessage): Promise<void> {
    if (type === 'encryption-request') {
      connection.socket.write('N'); // the socket belongs to one user of one machine
      return;
    }
    if (connection.ignoresUntilSync && type !== 'S') return;
    connection.ignoresUntilSync = false;

    const statement = findStatement(bytes);
    if (statement) {
      if (statement.name) connection.statements.set(statement.name, statement.sql);
      else this.#noteStatement(connection, statement.sql);
    }
    // A named statement is prepared once and run many times: what it does, it does when it is bound.
    const bound = findBoundStatement(bytes);
    if (bound) this.#noteStatement(connection, connection.statements.get(bound) ?? '');
    connection.batch.push(bytes);
    const endsBatch = type === 'S' || type === 'Q' || type === 'H' || type === 'F' || type === 'startup';
    if (!endsBatch) return;

    const batch = Buffer.concat(connection.batch);
    connection.batch = [];
    await this.#turns.take(connection);
    clearTimeout(connection.idleTimer);
    await this.#run(connection, batch, type);
    if (connection.hasUnlistened && type !== 'H') await this.#listenAgain(connection);
    if (type !== 'H' && connection.status === 'I') {
      this.#turns.pass(connection);
    } else {
      connection.idleTimer = setTimeout(() => {
        const limitS = this.#idleTransactionLimitMs / 1000;
        const text = `A transaction was left open for ${limitS} s without a query. It was rolled back.`;
        this.#onWarning(text);
        this.#disconnect(connection, '25P03', text);
      }, this.#idleTransactionLimitMs);
    }
  }

  /** Runs one batch and sends the client its answer. */
  async #run(connection: Connection, batch: Buffer, batchEnd: string): Promise<void> {
    // Outside COPY the engine ignores a CopyFail, so it may follow whatever could contain one.
    const messages = connection.mentionedCopy && batchEnd !== 'H' ? [batch, COPY_FAIL, SYNC] : [batch];
    const answer = await this.#engine(Buffer.concat(messages));
    const forClient: Buffer[] = [];
    let ready: Buffer | undefined;
    for (const message of splitMessages(answer)) {
      const type = String.fromCharCode(message[0]!);
      if (type === 'A') {
        this.#notify(message);
      } else if (type === 'Z') {
        ready = message;
      } else if (type !== 'G') {
        // 'G' would ask the client for COPY data, and the error that follows it would come as a surprise.
        if (type === 'E' && batchEnd === 'H') connection.ignoresUntilSync = true;
        forClient.push(message);
      }
    }
    if (batchEnd !== 'H') {
      if (!ready) throw new Error('the engine ended a batch without ReadyForQuery');
      connection.status = String.fromCharCode(ready[5]!);
      forClient.push(ready);
    }
    if (forClient.length > 0 && !connection.socket.destroyed) connection.socket.write(Buffer.concat(forClient));
  }

  /** Keeps in mind what the shared session cannot keep apart: who listens to what, and who may start a COPY. */
  #noteStatement(connection: Connection, sql: string): void {
    if (/copy/i.test(sql)) connection.mentionedCopy = true;
    if (!/listen/i.test(sql)) return;
    for (const [, not, name] of sql.matchAll(/(?:^|;)\s*(un)?listen\s+("(?:[^"]|"")+"|\w+|\*)/gi)) {
      const channel = name!.startsWith('"') ? name!.slice(1, -1).replaceAll('""', '"') : name!.toLowerCase();
      if (!not) {
        connection.channels.add(channel);
      } else {
        connection.hasUnlistened = true;
        if (channel === '*') connection.channels.clear();
        else connection.channels.delete(channel);
      }
    }
  }

  /** UNLISTEN ends a channel for the one session there is: the channels that others still want are opened again. */
  async #listenAgain(connection: Connection): Promise<void> {
    connection.hasUnlistened = false;
    const channels = new Set([...this.#connections].flatMap((other) => [...other.channels]));
    for (const channel of channels) await this.#engine(encodeQuery(`LISTEN "${channel.replaceAll('"', '""')}"`));
  }

  /** Hands a NotificationResponse (process id, channel, payload) to every connection that listens to its channel. */
  #notify(message: Buffer): void {
    const channel = readText(message, 9);
    for (const { socket, channels } of this.#connections) {
      if (channels.has(channel) && !socket.destroyed) socket.write(message);
    }
  }

  #disconnect(connection: Connection, code: string, text: string): void {
    if (!connection.socket.destroyed) connection.socket.write(encodeFatalError(code, text));
    connection.socket.destroySoon(); // ends the loop in serve, which then tidies up
  }

  /** Tidies up after a client: nothing of its transaction and none of its statements may reach the next one. */
  async #leave(connection: Connection): Promise<void> {
    this.#connections.delete(connection);
    clearTimeout(connection.idleTimer);
    const leftovers: Buffer[] = [];
    if (this.#turns.has(connection)) leftovers.push(SYNC, encodeQuery('ROLLBACK'));
    for (const name of connection.statements.keys()) leftovers.push(encodeMessage('C', Buffer.from(`S${name}\0`)));
    if (connection.statements.size > 0) leftovers.push(SYNC);
    if (leftovers.length === 0) return;
    await this.#turns.take(connection);
    try {
      await this.#engine(Buffer.concat(leftovers));
    } finally {
      this.#turns.pass(connection);
    }
  }
}
