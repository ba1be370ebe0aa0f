/**
 * `npm run admin:create -- --username NAME`: makes an administrator, the first one or another. The password is asked
 * for on the terminal, or read as one line from what is piped in.
 */
import { parseArgs } from 'node:util';
import { createStaffAccount, hashStaffPassword, USERNAME } from '../accounts/create-staff-account.ts';
import { storeMembership } from '../accounts/grant-membership.ts';
import { commandSettings, openDatabase, runCommand } from './open-database.ts';
import { readPassword } from './read-password.ts';

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

await runCommand(async () => {
  const username = readUsername();
  const passwordHash = await hashStaffPassword(await readPassword());
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
