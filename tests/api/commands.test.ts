import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectDatabase } from '../../db/connect.ts';
import { cookiesOf } from '../support/accounts.ts';
import { killServers, type ServerProcess, startServer } from '../support/server-process.ts';
import { newDataDir } from '../support/template.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PASSWORD = 'the first password here';
const NEW_PASSWORD = 'the second password here';

type Ended = { code: number | null; said: string };

/** Runs a command as `npm run` does, with something piped in. */
function run(file: string, parameters: string[], settings: Record<string, string>, input = ''): Promise<Ended> {
  const { PATH, HOME, TMPDIR, TZ } = process.env;
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', `api/commands/${file}.ts`, ...parameters], {
      cwd: ROOT,
      env: { PATH, HOME, TMPDIR, TZ, ...settings } as NodeJS.ProcessEnv,
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.once('close', (code) => resolve({ code, said }));
    child.stdin.end(input);
  });
}

/** Servers and commands are processes of their own, and take their time to start. */
const PATIENCE = { timeout: 120_000 };

describe('the commands', PATIENCE, () => {
  let dataDir: string;
  let server: ServerProcess;
  let url: string;
  const start = async (settings: Record<string, string> = {}) => {
    server = startServer({ DATA_DIR: dataDir, BASEMAP: 'none', ...settings });
    url = await server.ready;
  };
  const stop = async () => {
    server.child.kill('SIGTERM');
    await server.exited;
  };
  const signIn = (username: string, password: string) =>
    fetch(`${url}/api/auth/sign-in/username`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password }),
    });

  beforeAll(async () => {
    dataDir = await newDataDir();
    await start();
  });
  afterAll(async () => {
    killServers();
    await rm(dataDir, { recursive: true });
  });

  it('make the first administrator while the server runs, from a piped password', async () => {
    const made = await run(
      'create-administrator',
      ['--username', 'First.Admin'],
      { DATA_DIR: dataDir },
      `${PASSWORD}\n`,
    );
    expect(made).toEqual({ code: 0, said: 'first.admin is an administrator now and signs in by name and password.\n' });
    const response = await signIn('first.admin', PASSWORD);
    expect(response.status).toBe(200);
    const me = await fetch(`${url}/api/me`, { headers: { cookie: cookiesOf(response) } });
    expect(await me.json()).toMatchObject({ memberships: [{ role: 'administrator' }] });
    const signOut = await fetch(`${url}/api/auth/sign-out`, {
      method: 'POST',
      headers: { cookie: cookiesOf(response) },
    });
    expect(signOut.status).toBe(200);
  });

  it.each([
    [['--username', 'x'], `${PASSWORD}\n`, '--username NAME'],
    [['--username', 'second'], 'short\n', '12 to 128 characters'],
    [['--username', 'first.admin'], `${PASSWORD}\n`, 'Choose another user name'],
    [['--username', 'second', '--password', PASSWORD], '', '--password'],
  ])('make none with %j', async (parameters, input, words) => {
    const { code, said } = await run('create-administrator', parameters, { DATA_DIR: dataDir }, input);
    expect([code, said]).toEqual([1, expect.stringContaining(words)]);
    expect(said).not.toContain(PASSWORD);
  });

  it('give an administrator a new password while the server runs, with a reason', async () => {
    const before = cookiesOf(await signIn('first.admin', PASSWORD));
    const reason = ['--reason', '管理员离职，无人能登录'];
    const wish = ['--username', 'First.Admin', ...reason, '--remove-second-factor'];
    const reset = await run('reset-administrator', wish, { DATA_DIR: dataDir }, `${NEW_PASSWORD}\n`);
    expect(reset).toEqual({ code: 0, said: expect.stringContaining('first.admin signs in by the new password now') });
    expect(reset.said).not.toContain(NEW_PASSWORD);
    expect((await fetch(`${url}/api/me`, { headers: { cookie: before } })).status).toBe(401);
    expect((await signIn('first.admin', PASSWORD)).status).toBe(401);
    const looks = await fetch(`${url}/api/me/looks`, {
      headers: { cookie: cookiesOf(await signIn('first.admin', NEW_PASSWORD)) },
    });
    expect(await looks.json()).toMatchObject({
      looks: [{ what: 'account.password_reset', by: null, reason: '管理员离职，无人能登录' }],
    });
  });

  it.each([
    [['--username', 'first.admin'], `${NEW_PASSWORD}\n`, '--reason'],
    [['--username', 'first.admin', '--reason', '忘记密码了'], 'short\n', '12 to 128 characters'],
    [['--username', 'nobody', '--reason', '忘记密码了'], `${NEW_PASSWORD}\n`, 'nobody is no administrator'],
  ])('reset nobody with %j', async (parameters, input, words) => {
    const { code, said } = await run('reset-administrator', parameters, { DATA_DIR: dataDir }, input);
    expect([code, said]).toEqual([1, expect.stringContaining(words)]);
  });

  it('verify the trail while the server runs, and find what was altered', async () => {
    expect(await run('verify-audit', [], { DATA_DIR: dataDir })).toEqual({
      code: 0,
      said: expect.stringMatching(/^The audit trail is whole: 3 records/),
    });
  });

  it('change no key while the server runs', async () => {
    const { code, said } = await run('rotate-keys', [], { DATA_DIR: dataDir });
    expect([code, said]).toEqual([1, expect.stringContaining('Stop it first')]);
  });

  it('change the master key with the server stopped; sessions and passwords stay good', async () => {
    const cookie = cookiesOf(await signIn('first.admin', NEW_PASSWORD));
    await stop();
    const before = await readFile(join(dataDir, 'master.key'), 'utf8');
    const rotated = await run('rotate-keys', [], { DATA_DIR: dataDir });
    expect(rotated).toEqual({
      code: 0,
      said: expect.stringContaining('1 keys are wrapped by the new master key now.'),
    });
    const after = await readFile(join(dataDir, 'master.key'), 'utf8');
    expect(after).not.toBe(before);
    expect(rotated.said).not.toContain(after.trim());
    expect((await stat(join(dataDir, 'master.key'))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(dataDir, 'master.key.old'), 'utf8')).toBe(before);

    await start();
    expect((await fetch(`${url}/api/me`, { headers: { cookie } })).status).toBe(200);
    await stop();
  });

  it('say in words that the trail was altered', async () => {
    const connection = await connectDatabase({ dataDir, poolSize: 1 });
    await connection.sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`update audit_records set action = 'nothing at all' where seq = 1`;
    });
    await connection.close();
    const { code, said } = await run('verify-audit', [], { DATA_DIR: dataDir });
    expect([code, said]).toEqual([1, expect.stringMatching(/The audit trail is broken: record 1 was altered/)]);
  });

  it('say so where there is no database', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'luyi-empty-'));
    for (const file of ['verify-audit', 'rotate-keys']) {
      const { code, said } = await run(file, [], { DATA_DIR: empty });
      expect([code, said]).toEqual([1, expect.stringMatching(/There is no/)]);
    }
    await rm(empty, { recursive: true });
  });
});

describe('the server', PATIENCE, () => {
  it('does not start a demo that other machines can reach', async () => {
    const dataDir = await newDataDir();
    const server = startServer({ DATA_DIR: dataDir, SEED: 'demo', HOST: '0.0.0.0' });
    expect((await server.exited).code).toBe(1);
    expect(server.said()).toMatch(/SEED: SEED=demo makes staff accounts whose password is public.*DEMO_PUBLIC=1/s);
    await rm(dataDir, { recursive: true });
  });

  it('shows codes on its terminal and in the outbox, and says that nobody can receive them when it serves others', async () => {
    const dataDir = await newDataDir();
    const server = startServer({
      DATA_DIR: dataDir,
      BASEMAP: 'none',
      HOST: '0.0.0.0',
      SEED: 'none',
      PAYMENT: 'simulated',
    });
    await expect.poll(() => /is ready: http:\/\/0\.0\.0\.0:(\d+)/.exec(server.said())?.[1], PATIENCE).toBeDefined();
    const port = /is ready: http:\/\/0\.0\.0\.0:(\d+)/.exec(server.said())![1];
    const response = await fetch(`http://127.0.0.1:${port}/api/auth/phone-number/send-otp`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ phoneNumber: '13812345678' }),
    });
    expect(response.status).toBe(200);
    const line = JSON.parse((await readFile(join(dataDir, 'outbox.jsonl'), 'utf8')).trim()) as {
      to: string;
      code: string;
    };
    expect(line).toEqual({
      to: '13812345678',
      text: expect.stringContaining(line.code),
      code: expect.stringMatching(/^\d{6}$/),
    });
    expect(JSON.stringify(await response.json())).not.toContain(line.code);
    await expect.poll(() => server.said()).toContain(line.code);
    expect(
      server
        .said()
        .split('\n')
        .filter((said) => said.includes(line.code)),
    ).toEqual([expect.stringContaining('Message to')]);
    expect(server.said()).toContain('nobody can receive a sign-in code');
    server.child.kill('SIGTERM');
    await server.exited;
    await rm(dataDir, { recursive: true });
  });
});
