import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { masterKeyFile, parseMasterKey, readMasterKey } from '../../api/platform/master-key.ts';
import { rotateKeys } from '../../api/platform/rotate-keys.ts';
import { KeyDestroyed, openVault, type Vault } from '../../api/platform/vault.ts';
import type { PersonalField } from '#domain/accounts/personal-data.ts';
import type { Connection } from '../../db/connect.ts';
import { personalFields, personKeys } from '../../db/tables/accounts.ts';
import { auditRecords } from '../../db/tables/audit.ts';
import { emptyTestDatabase, openTestDatabase, testEngines } from '../support/database.ts';
import { NOON } from '../support/factories.ts';
import { TEST_MASTER_KEY } from '../support/test-master-key.ts';

const newMasterKey = () => parseMasterKey(randomBytes(32).toString('base64'), 'a key');
const ID_NUMBER = '11010519491231002X';

describe.each(testEngines())('the vault on %s', (engine) => {
  let connection: Connection;
  let vault: Vault;

  beforeAll(async () => {
    connection = await openTestDatabase(engine);
    vault = await openVault(connection.db, TEST_MASTER_KEY);
  });
  afterAll(() => connection.close());

  const put = (personId: string, field: PersonalField, value: string) =>
    connection.db.transaction((tx) => vault.putPersonal(tx, { personId, field, value, atMs: NOON }));
  const get = (personId: string, field: PersonalField) => vault.getPersonal(connection.db, personId, field);

  it('gives back what it was given, and the database holds none of it', async () => {
    const person = randomUUID();
    const values = {
      name: '王小明',
      id_number: ID_NUMBER,
      phone: '13812345678',
      bank_account: '6222021234567890123',
      medical: '右腿骨折',
    } as const;
    for (const [field, value] of Object.entries(values)) await put(person, field as PersonalField, value);
    for (const [field, value] of Object.entries(values)) expect(await get(person, field as PersonalField)).toBe(value);
    const stored = JSON.stringify([
      await connection.db.select().from(personalFields),
      await connection.db.select().from(personKeys),
    ]);
    for (const value of Object.values(values)) {
      expect(stored).not.toContain(value);
      expect(stored).not.toContain(Buffer.from(value).toString('base64').slice(0, 8));
    }
  });

  it('encrypts the same value differently each time, under each person’s own key', async () => {
    const [a, b] = [randomUUID(), randomUUID()];
    const { after: first } = await put(a, 'name', '王小明');
    const again = await put(a, 'name', '王小明');
    const { after: other } = await put(b, 'name', '王小明');
    expect(again.before).toBe(first);
    expect(new Set([first, again.after, other]).size).toBe(3);
  });

  it('refuses a value that was moved to another field or person, or changed', async () => {
    const [a, b] = [randomUUID(), randomUUID()];
    await put(a, 'name', '王小明');
    await put(a, 'medical', '右腿骨折');
    await put(b, 'name', '李四');
    const [mine] = await connection.db.select().from(personalFields).where(eq(personalFields.personId, a)).limit(1);
    const setAll = (ciphertext: string) => connection.db.update(personalFields).set({ ciphertext });
    await setAll(mine!.ciphertext).where(eq(personalFields.personId, b));
    await expect(get(b, 'name')).rejects.toThrow();
    await setAll(mine!.ciphertext).where(eq(personalFields.personId, a));
    await expect(get(a, mine!.field === 'name' ? 'medical' : 'name')).rejects.toThrow();
    const bytes = Buffer.from(mine!.ciphertext, 'base64');
    bytes[13]! ^= 1;
    await setAll(bytes.toString('base64')).where(eq(personalFields.personId, a));
    await expect(get(a, mine!.field)).rejects.toThrow();
    await setAll(mine!.ciphertext.slice(0, 24)).where(eq(personalFields.personId, a));
    await expect(get(a, mine!.field)).rejects.toThrow();
  });

  it('finds people by a number in any spelling, and by nothing else', async () => {
    const [a, b] = [randomUUID(), randomUUID()];
    const number = '350203199003071233';
    await put(a, 'id_number', number);
    await put(b, 'id_number', number);
    await put(b, 'phone', '13900001111');
    const find = (value: string) => vault.findByLookup(connection.db, 'id_number', value);
    expect((await find(' 350203 19900307 1233 ')).sort()).toEqual([a, b].sort());
    expect(await find('13900001111')).toEqual([]);
    expect(await vault.findByLookup(connection.db, 'phone', '+86 139-0000-1111')).toEqual([b]);
    const [name] = await connection.db.select().from(personalFields).where(eq(personalFields.field, 'name')).limit(1);
    expect(name!.lookup).toBeNull();
  });

  it('forgets a person for good when their key is destroyed', async () => {
    const person = randomUUID();
    const { after: ciphertext } = await put(person, 'id_number', ID_NUMBER);
    await connection.db.transaction((tx) => vault.destroyKey(tx, person, NOON));
    expect(await get(person, 'id_number')).toBeNull();
    expect(await vault.findByLookup(connection.db, 'id_number', ID_NUMBER)).not.toContain(person);
    // Also when the row comes back from a backup, nothing opens it.
    await connection.db
      .insert(personalFields)
      .values({ personId: person, field: 'id_number', ciphertext, updatedAt: new Date(NOON) });
    expect(await get(person, 'id_number')).toBeNull();
    await expect(put(person, 'name', '王小明')).rejects.toThrow(KeyDestroyed);
    const [key] = await connection.db.select().from(personKeys).where(eq(personKeys.personId, person));
    expect(key).toMatchObject({ wrappedKey: null, destroyedAt: new Date(NOON) });
  });

  it('makes one key for a person whose first values come at the same time', async () => {
    const person = randomUUID();
    await Promise.all([
      put(person, 'name', '王小明'),
      put(person, 'medical', '右腿骨折'),
      put(person, 'phone', '13812345678'),
    ]);
    expect([await get(person, 'name'), await get(person, 'medical'), await get(person, 'phone')]).toEqual([
      '王小明',
      '右腿骨折',
      '13812345678',
    ]);
  });

  it('cannot be opened with another master key, and says so', async () => {
    await expect(openVault(connection.db, newMasterKey())).rejects.toThrow(/master key is not the one/);
  });

  describe('after a change of the master key', () => {
    beforeEach(async () => {
      await emptyTestDatabase(connection);
      vault = await openVault(connection.db, TEST_MASTER_KEY);
    });

    it('opens with the new key and not with the old one; nothing is encrypted anew', async () => {
      const people = Array.from({ length: 7 }, () => randomUUID());
      for (const person of people) await put(person, 'id_number', ID_NUMBER);
      await connection.db.transaction((tx) => vault.destroyKey(tx, people[6]!, NOON));
      const before = await connection.db.select().from(personalFields);
      const secret = vault.secretFor('sessions');
      const next = newMasterKey();

      const counts: number[] = [];
      const rotated = await rotateKeys(connection.db, {
        old: TEST_MASTER_KEY,
        next,
        nowMs: NOON,
        batch: 3,
        onBatch: (n) => counts.push(n),
      });
      expect(rotated).toBe(7);
      expect(counts).toEqual([3, 6, 7]);
      const after = await openVault(connection.db, next);
      for (const person of people.slice(0, 6)) {
        expect(await after.getPersonal(connection.db, person, 'id_number')).toBe(ID_NUMBER);
      }
      expect(await after.getPersonal(connection.db, people[6]!, 'id_number')).toBeNull();
      expect(await connection.db.select().from(personalFields)).toEqual(before);
      expect(after.secretFor('sessions')).toEqual(secret);
      expect(await after.findByLookup(connection.db, 'id_number', ID_NUMBER)).toHaveLength(6);
      await expect(openVault(connection.db, TEST_MASTER_KEY)).rejects.toThrow(/master key/);
      const deeds = await connection.db.select().from(auditRecords).where(eq(auditRecords.action, 'keys.rotate'));
      expect(deeds.map(({ after: what }) => (what as { keys: number }).keys)).toEqual([3, 3, 1]);
      expect(JSON.stringify(deeds)).not.toContain(next.bytes.toString('base64'));
    });

    it('goes on where it was cut short', async () => {
      for (let i = 0; i < 5; i++) await put(randomUUID(), 'name', '王小明');
      const next = newMasterKey();
      const options = { old: TEST_MASTER_KEY, next, nowMs: NOON, batch: 2 };
      const cut = rotateKeys(connection.db, {
        ...options,
        onBatch: (count) => {
          if (count === 4) throw new Error('the power went');
        },
      });
      await expect(cut).rejects.toThrow('the power went');
      expect(await rotateKeys(connection.db, options)).toBe(2);
      expect(await rotateKeys(connection.db, options)).toBe(0);
      await openVault(connection.db, next);
    });

    it('changes nothing when the old key is not the one', async () => {
      await put(randomUUID(), 'name', '王小明');
      const before = await connection.db.select().from(personKeys).orderBy(personKeys.personId);
      const wrong = rotateKeys(connection.db, { old: newMasterKey(), next: newMasterKey(), nowMs: NOON });
      await expect(wrong).rejects.toThrow(/master key/);
      expect(await connection.db.select().from(personKeys).orderBy(personKeys.personId)).toEqual(before);
    });
  });
});

describe('the master key', () => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'luyi-key-'));
  });
  afterAll(() => rm(dataDir, { recursive: true }));

  it('is made in a file that only its owner reads, with a warning, and is the same at the next start', async () => {
    const said: string[] = [];
    const first = await readMasterKey({ dataDir }, (line) => said.push(line));
    expect(said.join()).toContain('MASTER_KEY');
    expect(said.join()).not.toContain(first.bytes.toString('base64'));
    expect((await stat(masterKeyFile(dataDir))).mode & 0o777).toBe(0o600);
    expect(await readMasterKey({ dataDir }, () => {})).toEqual(first);
    expect((await readFile(masterKeyFile(dataDir), 'utf8')).trim()).toBe(first.bytes.toString('base64'));
  });

  it('of the environment comes before the file, without a warning', async () => {
    const said: string[] = [];
    const text = randomBytes(32).toString('base64');
    const key = await readMasterKey({ masterKey: text, dataDir }, (line) => said.push(line));
    expect([key.bytes.toString('base64'), said]).toEqual([text, []]);
  });

  it.each([
    '',
    'x',
    randomBytes(31).toString('base64'),
    randomBytes(33).toString('base64'),
    randomBytes(32).toString('hex'),
    'not base64 '.repeat(4),
  ])('that is none is refused in words, without repeating it: %j', async (text) => {
    await writeFile(masterKeyFile(dataDir), text);
    const error = await readMasterKey({ dataDir }, () => {}).then(
      () => null,
      (thrown: unknown) => thrown as Error,
    );
    expect(error?.message).toContain('openssl rand -base64 32');
    if (text.length > 1) expect(error?.message).not.toContain(text);
  });
});
