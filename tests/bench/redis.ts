import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startProcess } from './processes.ts';

export type RedisServer = { port: number; close: () => Promise<void> };

/** Starts `redis-server`, in memory only; null when it is not installed. */
export async function startRedis(): Promise<RedisServer | null> {
  const port = await freePort();
  const dir = await mkdtemp(join(tmpdir(), 'luyi-bench-redis-'));
  try {
    const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', dir];
    const server = await startProcess('redis-server', args, /Ready to accept connections/);
    return {
      port,
      async close() {
        await server.stop();
        await rm(dir, { recursive: true });
      },
    };
  } catch (error) {
    await rm(dir, { recursive: true });
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

type Reply = string | number | null | Reply[];

/** A pipelining client on one socket, for the few commands asked here: replies come in the order of their commands. */
export class RedisClient {
  private readonly socket: Socket;
  private readonly waiting: { resolve: (reply: Reply) => void; reject: (error: Error) => void }[] = [];
  private buffer = '';

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding('latin1').on('data', (text: string) => this.take(text));
  }

  static async connect(port: number): Promise<RedisClient> {
    const socket = connect(port, '127.0.0.1').setNoDelay();
    await once(socket, 'connect');
    return new RedisClient(socket);
  }

  command(...words: readonly (string | number)[]): Promise<Reply> {
    const parts = words.map((word) => `$${Buffer.byteLength(String(word))}\r\n${word}\r\n`);
    this.socket.write(`*${words.length}\r\n${parts.join('')}`);
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  close(): void {
    this.socket.end();
  }

  private take(text: string): void {
    this.buffer += text;
    let at = 0;
    for (;;) {
      const read = readReply(this.buffer, at);
      if (!read) break;
      at = read.next;
      const { resolve, reject } = this.waiting.shift()!;
      if (read.error) reject(new Error(read.error));
      else resolve(read.reply);
    }
    this.buffer = this.buffer.slice(at);
  }
}

/** One RESP2 reply from `at`; null while it is not all there. */
function readReply(text: string, at: number): { reply: Reply; error?: string; next: number } | null {
  const end = text.indexOf('\r\n', at);
  if (end < 0) return null;
  const line = text.slice(at + 1, end);
  let next = end + 2;
  switch (text[at]) {
    case ':':
      return { reply: Number(line), next };
    case '-':
      return { reply: null, error: line, next };
    case '$': {
      const length = Number(line);
      if (length < 0) return { reply: null, next };
      if (text.length < next + length + 2) return null;
      return { reply: text.slice(next, next + length), next: next + length + 2 };
    }
    case '*': {
      const items: Reply[] = [];
      for (let i = 0; i < Number(line); i++) {
        const item = readReply(text, next);
        if (!item) return null;
        items.push(item.reply);
        next = item.next;
      }
      return { reply: items, next };
    }
    default:
      return { reply: line, next };
  }
}
