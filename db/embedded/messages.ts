/**
 * Framing of the PostgreSQL protocol, version 3: how bytes become messages and back.
 * Source: PostgreSQL documentation, "Message Formats" (chapter 54.7).
 *
 * A message is a type byte, an Int32 length that counts itself but not the type, and a body. Only the first message
 * of a connection has no type byte: a startup packet, or a request for encryption or cancelling.
 */
import type { Readable } from 'node:stream';

export type ClientMessage = {
  /** The type byte as a letter (`Q`, `P`, `S` …), or what an untyped first message asks for. */
  type: string;
  bytes: Buffer;
};

/** PostgreSQL itself refuses messages of 1 GiB. */
const LARGEST_MESSAGE_BYTES = 2 ** 30;

const UNTYPED_REQUESTS: Record<number, string> = {
  80877102: 'cancel-request',
  80877103: 'encryption-request',
  80877104: 'encryption-request', // GSSAPI instead of TLS; refused in the same way
};

/** A message that cannot be read. The connection is of no use after it. */
export class ProtocolError extends Error {
  override name = 'ProtocolError';
}

/**
 * Reads a client's messages one by one, however its bytes are cut into chunks. Reading stops while the caller works
 * on a message, so a client that sends faster than the engine answers is held back by its own socket.
 */
export async function* readClientMessages(socket: Readable): AsyncGenerator<ClientMessage> {
  let chunks: Buffer[] = [];
  let receivedBytes = 0;
  let started = false;

  for await (const chunk of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    receivedBytes += chunk.length;
    // Joining only what is complete keeps a large message linear in its size.
    if (receivedBytes < expectedBytes(chunks, started)) continue;

    let bytes = Buffer.concat(chunks);
    while (bytes.length >= expectedBytes([bytes], started)) {
      const length = expectedBytes([bytes], started);
      const message = bytes.subarray(0, length);
      bytes = bytes.subarray(length);
      const type = started ? String.fromCharCode(message[0]!) : (UNTYPED_REQUESTS[message.readInt32BE(4)] ?? 'startup');
      if (type === 'startup') started = true;
      yield { type, bytes: message };
    }
    chunks = [bytes];
    receivedBytes = bytes.length;
  }
}

/** The full length of the message at the front of the chunks, or of its header while that is incomplete. */
function expectedBytes(chunks: Buffer[], typed: boolean): number {
  const lengthAt = typed ? 1 : 0;
  // The code of an untyped message follows its length, so the shortest one has eight bytes.
  const headerBytes = typed ? 5 : 8;
  let head = chunks[0] ?? Buffer.alloc(0);
  if (head.length < headerBytes) head = Buffer.concat(chunks.slice(0, headerBytes));
  if (head.length < headerBytes) return headerBytes;
  const length = lengthAt + head.readInt32BE(lengthAt);
  if (length < headerBytes || length > LARGEST_MESSAGE_BYTES) {
    throw new ProtocolError(`A message of ${length} bytes is not possible.`);
  }
  return length;
}

/** Cuts the engine's answer, which always holds whole messages, into messages. */
export function* splitMessages(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at + 5 <= bytes.length;) {
    const end = at + 1 + bytes.readInt32BE(at + 1);
    yield bytes.subarray(at, end);
    at = end;
  }
}

/** Builds one message from its type letter and its body. */
export function encodeMessage(type: string, body: Buffer = Buffer.alloc(0)): Buffer {
  const message = Buffer.alloc(5 + body.length);
  message.write(type, 0, 'latin1');
  message.writeInt32BE(4 + body.length, 1);
  body.copy(message, 5);
  return message;
}

/** Builds a simple query. */
export function encodeQuery(sql: string): Buffer {
  return encodeMessage('Q', Buffer.from(`${sql}\0`));
}

/** Builds an ErrorResponse that ends the connection, with an SQLSTATE code. */
export function encodeFatalError(code: string, text: string): Buffer {
  return encodeMessage('E', Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${text}\0\0`));
}

/** Reads the text that ends with a zero byte at `from`. */
export function readText(bytes: Buffer, from: number): string {
  return bytes.toString('utf8', from, bytes.indexOf(0, from));
}

/** The name (empty for the unnamed one) and the SQL of the statement in a Query or Parse message; null in another. */
export function findStatement(message: Buffer): { name: string; sql: string } | null {
  const type = String.fromCharCode(message[0]!);
  if (type === 'Q') return { name: '', sql: readText(message, 5) };
  if (type !== 'P') return null;
  const name = readText(message, 5);
  return { name, sql: readText(message, 5 + Buffer.byteLength(name) + 1) };
}

/** The name of the prepared statement that a Bind message is about to run; null in another message. */
export function findBoundStatement(message: Buffer): string | null {
  if (message[0] !== 'B'.charCodeAt(0)) return null;
  const portal = readText(message, 5);
  return readText(message, 5 + Buffer.byteLength(portal) + 1);
}
