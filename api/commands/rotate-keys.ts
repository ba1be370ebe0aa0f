/**
 * `npm run keys:rotate`, with the server stopped: wraps every person's key by a new master key. With MASTER_KEY_OLD and
 * MASTER_KEY set, from the one to the other; without either, from `master.key` in the data folder to a new one, which
 * then takes its place. A run that was cut short is simply started again.
 */
import { rename } from 'node:fs/promises';
import { describeError } from '../http/describe-error.ts';
import { masterKeyFile, type MasterKey, parseMasterKey, readKeyFile, writeKeyFile } from '../platform/master-key.ts';
import { rotateKeys } from '../platform/rotate-keys.ts';
import { openVault } from '../platform/vault.ts';
import { commandSettings, openDatabase, runCommand } from './open-database.ts';

type Keys = { old: MasterKey; next: MasterKey; finish: () => Promise<void> };

async function keysOfEnvironment(old: string, next: string): Promise<Keys> {
  return {
    old: parseMasterKey(old, 'MASTER_KEY_OLD'),
    next: parseMasterKey(next, 'MASTER_KEY'),
    finish: async () => {},
  };
}

async function keysOfFiles(dataDir: string): Promise<Keys> {
  const path = masterKeyFile(dataDir);
  const old = await readKeyFile(path);
  if (!old) throw new Error(`There is no ${path}. Set MASTER_KEY_OLD and MASTER_KEY.`);
  await writeKeyFile(`${path}.next`);
  const next = await readKeyFile(`${path}.next`);
  return {
    old: parseMasterKey(old, path),
    next: parseMasterKey(next!, `${path}.next`),
    finish: async () => {
      await rename(path, `${path}.old`);
      await rename(`${path}.next`, path);
      console.log(
        `${path} is the new key. ${path}.old is needed for older backups only; keep it apart, or destroy it.`,
      );
    },
  };
}

async function chooseKeys(dataDir: string): Promise<Keys> {
  const { MASTER_KEY_OLD: old, MASTER_KEY: next } = process.env;
  if (old && next) return keysOfEnvironment(old, next);
  if (old || next) throw new Error('Set both MASTER_KEY_OLD and MASTER_KEY, or neither to make a new key file.');
  return keysOfFiles(dataDir);
}

await runCommand(async () => {
  const settings = commandSettings(process.env);
  const { old, next, finish } = await chooseKeys(settings.dataDir);
  const connection = await openDatabase(settings, { alone: true });
  try {
    const wrapped = await rotateKeys(connection.db, {
      old,
      next,
      nowMs: Date.now(),
      onBatch: (count) => console.log(`${count} keys …`),
    });
    await openVault(connection.db, next); // throws unless the new key opens it
    await finish();
    console.log(`${wrapped} keys are wrapped by the new master key now.`);
  } catch (error) {
    throw new Error(error instanceof Error && !('code' in error) ? error.message : describeError(error), {
      cause: error,
    });
  } finally {
    await connection.close();
  }
});
