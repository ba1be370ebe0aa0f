import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The one secret of an installation. Everything else that must stay secret is wrapped by it. */
export type MasterKey = {
  /** Says which key wrapped something, without telling anything about the key. */
  id: string;
  bytes: Buffer;
};

export const masterKeyFile = (dataDir: string): string => join(dataDir, 'master.key');

/** A master key from its base64 text. Throws in words when it is not 32 bytes. */
export function parseMasterKey(text: string, name: string): MasterKey {
  const bytes = Buffer.from(text.trim(), 'base64');
  if (bytes.length !== 32 || bytes.toString('base64') !== text.trim()) {
    throw new Error(`${name} must be 32 random bytes in base64. Make one: openssl rand -base64 32`);
  }
  return { id: createHash('sha256').update(deriveKey(bytes, 'id')).digest('hex').slice(0, 16), bytes };
}

/**
 * The master key of MASTER_KEY or, without one, of a file that is made at the first start and that only its owner may
 * read. Throws in words when either does not hold a key.
 */
export async function readMasterKey(
  { masterKey, dataDir }: { masterKey?: string | undefined; dataDir: string },
  warn: (line: string) => void,
): Promise<MasterKey> {
  if (masterKey) return parseMasterKey(masterKey, 'MASTER_KEY');
  const path = masterKeyFile(dataDir);
  const found = await readKeyFile(path);
  if (!found) await writeKeyFile(path);
  warn(
    `Personal data is encrypted under the key in ${path}${found ? '' : ' (just made)'}. Who has that file and the database can read everything; who loses it loses the data. Set MASTER_KEY to keep it elsewhere.`,
  );
  return parseMasterKey(found ?? (await readFile(path, 'utf8')), path);
}

export async function readKeyFile(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

/** Writes a new key into a file of its own, mode 600. A file that another process has just made stays as it is. */
export async function writeKeyFile(path: string): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  try {
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(`${randomBytes(32).toString('base64')}\n`);
    await file.sync();
    await file.close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** 32 bytes that follow from a secret and a purpose (HKDF-SHA-256, RFC 5869), and from which the secret does not. */
export function deriveKey(secret: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'luyi', purpose, 32));
}
