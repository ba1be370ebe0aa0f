/**
 * `npm run admin:create -- --username NAME`: makes an administrator, the first one or another. The password is asked
 * for on the terminal, or read as one line from what is piped in; never from the command's parameters, which everybody
 * on the machine can see.
 */
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import {
  createStaffAccount,
  hashStaffPassword,
  MAX_PASSWORD_LENGTH,
  MIN_PASSWORD_LENGTH,
  USERNAME,
} from '../accounts/create-staff-account.ts';
import { storeMembership } from '../accounts/grant-membership.ts';
import { commandSettings, openDatabase, runCommand } from './open-database.ts';

function readUsername(): string {
  const { values } = parseArgs({ options: { username: { type: 'string' } } });
  const username = values.username?.toLowerCase();
  if (!username || !USERNAME.test(username)) {
    throw new Error(
      'Which name? npm run admin:create -- --username NAME (3 to 30 letters, digits, dots or underscores)',
    );
  }
  return username;
}

/** One line from the terminal, which does not show it, or from a pipe. */
async function readPassword(): Promise<string> {
  const { stdin, stderr } = process;
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  if (stdin.isTTY) stderr.write('Password: ');
  const lines = createInterface({ input: stdin, output: nowhere, terminal: stdin.isTTY === true });
  try {
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
    if (stdin.isTTY) stderr.write('\n');
  }
}

await runCommand(async () => {
  const username = readUsername();
  const password = await readPassword();
  if (password.length < MIN_PASSWORD_LENGTH || password.length > MAX_PASSWORD_LENGTH) {
    throw new Error(`The password must have ${MIN_PASSWORD_LENGTH} to ${MAX_PASSWORD_LENGTH} characters.`);
  }
  const passwordHash = await hashStaffPassword(password);
  const connection = await openDatabase(commandSettings(process.env));
  try {
    const nowMs = Date.now();
    await connection.db.transaction(async (tx) => {
      const userId = await createStaffAccount(tx, { username, name: username, passwordHash, createdBy: null }, nowMs);
      const membership = { role: 'administrator', organisationId: null, jurisdictionCode: null } as const;
      await storeMembership(tx, { userId, ...membership, grantedBy: null, nowMs });
    });
    console.log(`${username} is an administrator now and signs in by name and password.`);
  } finally {
    await connection.close();
  }
});
