import { and, eq, inArray, isNotNull, ne, notInArray, or, type SQL, sql } from 'drizzle-orm';
import type { ClaimView } from '#domain/insurance/claim-contract.ts';
import type { Database } from '../../db/connect.ts';
import { personalFields } from '../../db/tables/accounts.ts';
import { claimFiles, claimLines, claims } from '../../db/tables/claims.ts';
import { insuredPersons } from '../../db/tables/enrolments.ts';
import { listSameContent } from './claim-files.ts';
import type { StoredClaim } from './lock-claim.ts';

type Sign = ClaimView['duplicateSigns'][number];

/** More would not be looked through. */
const MAX_OF_EACH = 20;

/**
 * What this claim has in common with others: the same person and day, an invoice's number, a bank account under another
 * name, a file. Shown to who assesses and approves; nothing is decided by it.
 */
export async function listDuplicateSigns(db: Database, claim: StoredClaim): Promise<Sign[]> {
  const find = async (sign: Sign['sign'], where: SQL | undefined): Promise<Sign[]> => {
    const rows = await db
      .select({ claimId: claims.id, number: claims.number })
      .from(claims)
      .where(and(ne(claims.id, claim.id), ne(claims.state, 'draft'), where))
      .orderBy(claims.createdAt, claims.id)
      .limit(MAX_OF_EACH);
    return rows.map((row) => ({ sign, ...row }));
  };
  const { insuredPersonId, happenedOn } = claim;
  return [
    ...(await find('same_day', and(eq(claims.insuredPersonId, insuredPersonId), eq(claims.happenedOn, happenedOn)))),
    ...(await find('same_invoice', inArray(claims.id, claimsWithInvoiceOf(db, claim.id)))),
    ...(await find('same_account', inArray(claims.insuredPersonId, await listAccountSharers(db, insuredPersonId)))),
    ...(await find('same_file', inArray(claims.id, await listFileSharers(db, claim.id)))),
  ];
}

function claimsWithInvoiceOf(db: Database, claimId: string) {
  const invoices = db
    .select({ lookup: claimLines.invoiceLookup })
    .from(claimLines)
    .where(and(eq(claimLines.claimId, claimId), isNotNull(claimLines.invoiceLookup)));
  return db.select({ id: claimLines.claimId }).from(claimLines).where(inArray(claimLines.invoiceLookup, invoices));
}

/** Insured persons other than this one who have the same bank account, kept under their own id or their account's. */
async function listAccountSharers(db: Database, insuredPersonId: string): Promise<string[]> {
  const [person] = await db.select().from(insuredPersons).where(eq(insuredPersons.id, insuredPersonId));
  const own = [insuredPersonId, ...(person?.userId ? [person.userId] : [])];
  const accounts = db
    .select({ lookup: personalFields.lookup })
    .from(personalFields)
    .where(
      and(
        inArray(personalFields.personId, own),
        eq(personalFields.field, 'bank_account'),
        isNotNull(personalFields.lookup),
      ),
    );
  const holders = db
    .select({ id: personalFields.personId })
    .from(personalFields)
    .where(
      and(
        eq(personalFields.field, 'bank_account'),
        inArray(personalFields.lookup, accounts),
        notInArray(personalFields.personId, own),
      ),
    );
  const rows = await db
    .select({ id: insuredPersons.id })
    .from(insuredPersons)
    .where(
      and(
        ne(insuredPersons.id, insuredPersonId),
        or(inArray(insuredPersons.id, holders), sql`${insuredPersons.userId} in ${holders}`),
      ),
    );
  return rows.map(({ id }) => id);
}

async function listFileSharers(db: Database, claimId: string): Promise<string[]> {
  const own = await db.select({ id: claimFiles.fileId }).from(claimFiles).where(eq(claimFiles.claimId, claimId));
  const ids = own.map(({ id }) => id);
  if (ids.length === 0) return [];
  const same = await listSameContent(db, ids);
  const rows = await db
    .selectDistinct({ id: claimFiles.claimId })
    .from(claimFiles)
    .where(inArray(claimFiles.fileId, [...ids, ...same]));
  return rows.map(({ id }) => id);
}
