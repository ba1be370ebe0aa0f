/** `npm run audit:verify`: checks the whole audit trail and its seals. Exit code 1 and words when something is wrong. */
import { type AuditFault, verifyAudit } from '../platform/audit.ts';
import { commandSettings, openDatabase, runCommand } from './open-database.ts';

const WORDS: Record<AuditFault['what'], string> = {
  missing: 'is missing: it was taken out, or the end of the trail was cut off',
  altered: 'was altered, or does not follow from the one before it',
  seal_broken: 'does not fit the seal of its day, or a seal was taken out',
  head_differs: 'is not what the end of the trail should be',
};

await runCommand(async () => {
  const connection = await openDatabase(commandSettings(process.env));
  try {
    const { records, fault } = await verifyAudit(connection.db);
    if (fault) throw new Error(`The audit trail is broken: record ${fault.seq} ${WORDS[fault.what]}.`);
    console.log(`The audit trail is whole: ${records} records, each following from the one before it.`);
  } finally {
    await connection.close();
  }
});
