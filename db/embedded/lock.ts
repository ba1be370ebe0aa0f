/**
 * One process owns a data folder. PGlite itself does not notice a second one, and rows that were acknowledged are
 * then lost.
 *
 * The lock is a bound unix socket, `owner.<n>.sock`: it exists in the file system, and whoever connects is told who
 * the owner is. The socket of a process that was killed answers nobody. It is not taken over but followed by the next
 * number, because binding a name is atomic while removing one and binding it again is not: of two processes that find
 * the same dead socket only one can bind the number after it.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, realpath, rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** What the owner of a data folder says about itself. `since` is a UTC ISO string. */
export type Owner = { pid: number; host: string; since: string; url?: string };

/** What another process may ask the owner for. Every question is one line of JSON, and so is its answer. */
export type OwnerQuestion = { ask: 'owner' } | { ask: 'backup' };
export type OwnerAnswer = { owner: Owner } | { backup: string } | { error: string };

export type DataFolderLock = { release: () => Promise<void> };

/** The data folder belongs to another process; `owner` says which, unless it did not answer. */
export class DataFolderInUse extends Error {
  override name = 'DataFolderInUse';
  readonly owner: Owner | null;

  constructor(dataDir: string, owner: Owner | null) {
    const who = owner
      ? `process ${owner.pid} on ${owner.host}${owner.url ? ` (${owner.url})` : ''}, since ${owner.since}`
      : 'a process that does not say who it is';
    super(`The data folder ${dataDir} is in use by ${who}. Stop it first, or choose another DATA_DIR.`);
    this.owner = owner;
  }
}

/** Socket addresses hold 108 bytes on Linux and 104 on macOS. */
const LONGEST_SOCKET_PATH = 100;
const ANSWER_LIMIT_MS = 3_000;
/** A backup of a large city takes its time. */
const BACKUP_LIMIT_MS = 10 * 60_000;

/**
 * The folder for the sockets of a data folder: the data folder itself, or one named after it among the temporary
 * files when its path is too long for a socket.
 */
export async function socketFolder(dataDir: string): Promise<string> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const folder = await realpath(dataDir);
  if (Buffer.byteLength(join(folder, 'owner.999999.sock')) <= LONGEST_SOCKET_PATH) return folder;
  const short = join(tmpdir(), `luyi-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`);
  await mkdir(short, { recursive: true, mode: 0o700 });
  return short;
}

/**
 * Takes the lock on a data folder, or throws `DataFolderInUse`. `owner` may change its `url` later; a `backup`
 * question is answered by `backUp`, which returns the path of the file it wrote.
 */
export async function lockDataFolder(
  dataDir: string,
  { owner, backUp }: { owner: () => Owner; backUp?: () => Promise<string> },
): Promise<DataFolderLock> {
  const folder = await socketFolder(dataDir);
  const answer = async (question: OwnerQuestion): Promise<OwnerAnswer> => {
    if (question.ask === 'owner') return { owner: owner() };
    if (question.ask === 'backup' && backUp) return { backup: await backUp() };
    return { error: 'The owner of this data folder cannot do that.' };
  };

  for (;;) {
    const numbers = await listOwnerNumbers(folder);
    const newest = numbers.at(-1) ?? 0;
    if (newest > 0) await assertDead(dataDir, ownerPath(folder, newest));
    const mine = newest + 1;
    const server = createServer({ allowHalfOpen: true }, (socket) => void answerOne(socket, answer));
    if (!(await listen(server, ownerPath(folder, mine)))) continue; // somebody else was faster: ask it who it is

    // A process that looked long ago may have bound a number below one that lives by now.
    const later = (await listOwnerNumbers(folder)).filter((number) => number > mine);
    if (later.length > 0) {
      await closeServer(server);
      continue;
    }
    for (const dead of numbers) await rm(ownerPath(folder, dead), { force: true });
    return { release: () => closeServer(server) };
  }
}

/** Asks the owner of a data folder. Returns null if nobody owns it; throws if the owner refuses or does not answer. */
export async function askOwner(dataDir: string, question: OwnerQuestion): Promise<OwnerAnswer | null> {
  const folder = await socketFolder(dataDir);
  const newest = (await listOwnerNumbers(folder)).at(-1);
  return newest === undefined ? null : ask(ownerPath(folder, newest), question);
}

const ownerPath = (folder: string, number: number): string => join(folder, `owner.${number}.sock`);

async function listOwnerNumbers(folder: string): Promise<number[]> {
  const names = await readdir(folder);
  return names
    .map((name) => Number(/^owner\.(\d+)\.sock$/.exec(name)?.[1]))
    .filter((number) => number > 0)
    .sort((a, b) => a - b);
}

/** Throws `DataFolderInUse` unless nobody answers on a lock socket. */
async function assertDead(dataDir: string, path: string): Promise<void> {
  let answer = await ask(path, { ask: 'owner' }).catch(() => ({ error: 'no answer' }));
  if (answer === null) {
    // A socket refuses connections for an instant between being bound and listening: look twice.
    await sleep(100);
    answer = await ask(path, { ask: 'owner' }).catch(() => ({ error: 'no answer' }));
  }
  if (answer) throw new DataFolderInUse(dataDir, 'owner' in answer ? answer.owner : null);
}

/** Null if nobody is behind the socket. */
async function ask(path: string, question: OwnerQuestion): Promise<OwnerAnswer | null> {
  const socket = connect(path);
  socket.setTimeout(question.ask === 'backup' ? BACKUP_LIMIT_MS : ANSWER_LIMIT_MS, () => {
    socket.destroy(new Error('The owner of the data folder does not answer.'));
  });
  try {
    socket.end(`${JSON.stringify(question)}\n`);
    return JSON.parse(await readAll(socket)) as OwnerAnswer;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ECONNREFUSED' || code === 'ENOENT') return null;
    throw error;
  } finally {
    socket.destroy();
  }
}

async function answerOne(socket: Socket, answer: (question: OwnerQuestion) => Promise<OwnerAnswer>): Promise<void> {
  try {
    const question = JSON.parse(await readAll(socket)) as OwnerQuestion;
    const line = await answer(question).catch((error: unknown) => ({ error: String(error) }));
    socket.end(`${JSON.stringify(line)}\n`);
  } catch {
    socket.destroy(); // not a question, or nobody waits for the answer any more
  }
}

async function readAll(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket.setEncoding('utf8').iterator({ destroyOnReturn: false })) text += chunk;
  return text;
}

/** False if the name is taken. */
function listen(server: Server, path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    server.listen(path, () => resolve(true));
  });
}

/** Closing a server removes its socket. It does not wait for those who are just asking. */
function closeServer(server: Server): Promise<void> {
  server.unref();
  server.close();
  return Promise.resolve();
}
