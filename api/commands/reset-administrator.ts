/**
 * `npm run admin:reset -- --username NAME --reason WHY [--remove-second-factor]`: a new password for an administrator
 * when nobody who could make a reset link can sign in. It is asked for on the terminal, or read as one line from what is
 * piped in. Every session of theirs ends. The audit trail keeps it with the reason, as done by the program itself.
 */
import { parseArgs } from 'node:util';
import { and, eq, isNull } from 'drizzle-orm';
import { memberships, users } from '../../db/tables/accounts.ts';
import type { Transaction } from '../../db/connect.ts';
import { hashStaffPassword } from '../accounts/create-staff-account.ts';
import { setNewPassword } from '../accounts/set-new-password.ts';
import { commandSettings, openDatabase, runCommand } from './open-database.ts';
import { readPassword } from './read-password.ts';

type Wish = { username: string; reason: string; removeSecondFactor: boolean };

function readWish(): Wish {
  const { values } = parseArgs({
    options: {
      username: { type: 'string' },
      reason: { type: 'string' },
      'remove-second-factor': { type: 'boolean', default: false },
    },
  });
  const reason = values.reason?.trim() ?? '';
  if (!values.username || reason.length < 4 || reason.length > 500) {
    throw new Error(
      'Whose, and why? npm run admin:reset -- --username NAME --reason "WHY" [--remove-second-factor] (a reason has 4 to 500 characters and stays in the audit trail)',
    );
  }
  return { username: values.username.toLowerCase(), reason, removeSecondFactor: values['remove-second-factor'] };
}

async function getAdministrator(tx: Transaction, username: string): Promise<string> {
  const [person] = await tx
    .select({ id: users.id })
    .from(users)
    .innerJoin(memberships, eq(memberships.userId, users.id))
    .where(and(eq(users.username, username), eq(memberships.role, 'administrator'), isNull(memberships.endedAt)));
  if (!person) {
    throw new Error(`${username} is no administrator. Make one: npm run admin:create -- --username NAME`);
  }
  return person.id;
}

await runCommand(async () => {
  const { username, reason, removeSecondFactor } = readWish();
  const passwordHash = await hashStaffPassword(await readPassword());
  const connection = await openDatabase(commandSettings(process.env));
  try {
    await connection.db.transaction(async (tx) => {
      const personId = await getAdministrator(tx, username);
      const after = { byCommand: true };
      const wish = { personId, passwordHash, removeSecondFactor, actorId: null, after, reason };
      await setNewPassword(tx, wish, Date.now());
    });
    const factor = removeSecondFactor ? ' and without a second factor' : '';
    console.log(`${username} signs in by the new password now${factor}. Every earlier session has ended.`);
  } finally {
    await connection.close();
  }
});
