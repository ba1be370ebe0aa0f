/** What tests of claims need: riders who are covered, and claims as they write them. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { currentWording } from '#domain/accounts/consent-wordings.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import type { ActOnClaim, AssessedLine, ClaimView, SubmitClaim } from '#domain/insurance/claim-contract.ts';
import { addDays } from '#domain/time/shanghai.ts';
import type { Database } from '../../db/connect.ts';
import { users } from '../../db/tables/accounts.ts';
import { covers, enrolments, insuredPersons } from '../../db/tables/enrolments.ts';
import { addSite, makeActor, type TestApp } from './factories.ts';
import { JIALIAN, JIALIAN_PLACE } from './office.ts';
import { makePdf } from './pictures.ts';

const INSURER = 'yilubao-insurer';
export const assessor = makeActor('assessor');
export const approver = makeActor('approver');
export const insurer = makeActor('insurer', INSURER);
export const supervisor = makeActor('supervisor');
/** A colleague with the same role. */
export const second = (actor: Actor, n = 2): Actor => ({ ...actor, personId: `${actor.personId}-${n}` });

export const CONSENT = {
  identityWording: currentWording('identity').version,
  medicalWording: currentWording('medical').version,
};

let made = 0;

/** An ID number that fits its check digit and that no other test uses. */
export function nextIdNumber(): string {
  const digits = `35020319900101${String(++made % 1000).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(digits[i]), 0);
  return digits + '10X98765432'[sum % 11];
}

export type Rider = { actor: Actor; name: string; idNumber: string; phone: string };

/** Somebody with an account; nothing is known about them as an insured person yet. */
export async function addRider(db: Database): Promise<Rider> {
  const personId = randomUUID();
  const phone = `139${String(++made).padStart(8, '0')}`;
  await db.insert(users).values({
    id: personId,
    name: '骑手',
    email: `${personId}@rider.invalid`,
    phoneNumber: phone,
    phoneNumberVerified: true,
  });
  const actor = { personId, memberships: [{ role: 'rider' as const, organisationId: null, jurisdictionCode: null }] };
  return { actor, name: '陈小鹭', idNumber: nextIdNumber(), phone };
}

/** Insures a rider from one day to another, both included, past the API; the person is settled by their first claim. */
export async function addCover(
  app: TestApp,
  { actor, idNumber, name }: Rider,
  from: string,
  to: string,
): Promise<{ enrolmentId: string }> {
  const { db } = app.connection;
  const { vault } = app.accounts;
  const at = new Date(app.clock.nowMs);
  const enrolmentId = randomUUID();
  await db.transaction(async (tx) => {
    await tx
      .insert(insuredPersons)
      .values({
        id: actor.personId,
        userId: actor.personId,
        idLookup: vault.lookupOf('id_number', idNumber),
        createdAt: at,
      })
      .onConflictDoNothing();
    for (const [field, value] of [
      ['name', name],
      ['id_number', idNumber],
    ] as const) {
      await vault.putPersonal(tx, { personId: actor.personId, field, value, atMs: app.clock.nowMs });
    }
    await tx.insert(enrolments).values({
      id: enrolmentId,
      insuredPersonId: actor.personId,
      termsVersion: '2026-11',
      insurerId: INSURER,
      state: 'insured',
      payer: 'self',
      ownFen: 40,
      subsidyFen: 40,
      certificateCode: randomUUID(),
      channel: 'me',
      madeBy: actor.personId,
      createdAt: at,
      insuredAt: at,
    });
    await tx.insert(covers).values({
      enrolmentId,
      insuredPersonId: actor.personId,
      insurerId: INSURER,
      payer: 'self',
      days: `[${from},${addDays(to, 1)})`,
      isInsured: true,
      ownFenPerDay: 40,
      subsidyFenPerDay: 40,
    });
  });
  return { enrolmentId };
}

/** An office of 嘉莲街道, or of another street, that receives claims. */
export async function addOffice(app: TestApp, street: string = JIALIAN): Promise<string> {
  const id = await addSite(
    app.connection.db,
    { ...JIALIAN_PLACE, districtCode: street.slice(0, 6), streetCode: street },
    [{ service: 'insurance_office' }],
  );
  await app.store.refresh();
  return id;
}

export function makeClaim(rider: Rider, claim: Partial<SubmitClaim> = {}): SubmitClaim {
  return {
    id: randomUUID(),
    report: true,
    happenedAt: '2026-03-09T19:30:00+08:00',
    account: {
      whatHappened: '送餐途中摔倒，左腕骨折',
      point: null,
      place: '莲前西路',
      witnesses: [],
      work: '',
      hospital: '中山医院',
      phone: '',
    },
    lines: [{ id: randomUUID(), kind: 'medical', claimedFen: 300_000 }],
    files: [],
    name: rider.name,
    idNumber: rider.idNumber,
    consent: CONSENT,
    channel: 'me',
    onBehalf: false,
    ...claim,
  };
}

export async function submitted(app: TestApp, actor: Actor, claim: SubmitClaim, status = 201): Promise<ClaimView> {
  return viewOf(await app.as(actor, 'POST', '/api/claims', claim), status);
}

export async function viewOf(response: Response, status = 200): Promise<ClaimView> {
  const text = await response.text();
  expect(response.status, text).toBe(status);
  return JSON.parse(text) as ClaimView;
}

export async function lookAt(app: TestApp, actor: Actor, id: string): Promise<ClaimView> {
  return viewOf(await app.as(actor, 'GET', `/api/claims/${id}`));
}

/** An action over the claim's present version, as it is answered. */
export async function act(
  app: TestApp,
  actor: Actor,
  { id, version }: Pick<ClaimView, 'id' | 'version'>,
  input: Omit<ActOnClaim, 'version'>,
): Promise<Response> {
  return app.as(actor, 'POST', `/api/claims/${id}/actions`, { version, ...input });
}

/** What an assessor puts in for a claim's lines so that they come to about what is claimed. */
export function assessLines({ lines }: Pick<ClaimView, 'lines'>): AssessedLine[] {
  return lines.map(({ id, kind, claimedFen }): AssessedLine => {
    switch (kind) {
      case 'medical':
        return { id, kind, costFen: claimedFen, notCoveredFen: 0 };
      case 'hospital':
        return { id, kind, stays: [3] };
      case 'disability':
        return { id, kind, grade: 9 };
      case 'death':
        return { id, kind };
    }
  });
}

/** Takes a reported claim to a state by everybody whose turn it is. */
export async function bring(
  app: TestApp,
  claim: ClaimView,
  to: 'received' | 'assessed' | 'approved' | 'declined' | 'paid',
  lines: AssessedLine[] = assessLines(claim),
): Promise<ClaimView> {
  const officer = makeActor('officer', JIALIAN);
  let view = claim;
  const step = async (actor: Actor, input: Omit<ActOnClaim, 'version'>) => {
    view = await viewOf(await act(app, actor, view, input));
  };
  if (view.state === 'reported') await step(officer, { action: 'receive' });
  if (to === 'received') return view;
  if (view.state === 'received' || view.state === 'reopened') await step(assessor, { action: 'assess', lines });
  if (to === 'assessed') return view;
  if (to === 'declined') {
    await step(approver, { action: 'decline', declineCode: 'not_at_work', words: '当时不在工作中' });
    return view;
  }
  if (view.state === 'assessed') await step(approver, { action: 'approve' });
  if (view.state === 'assessed') await step(second(approver), { action: 'approve' });
  if (to === 'approved') return view;
  await step(insurer, { action: 'pay' });
  return view;
}

/** Hands a paper in as somebody and answers its id. */
export async function handInPaper(app: TestApp, by: Actor, bytes: Buffer = makePdf()): Promise<string> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)], { type: 'application/pdf' }), 'paper.pdf');
  app.actors.set(by.personId, by);
  const headers = { authorization: by.personId };
  const response = await app.request('/api/files?purpose=paper', { method: 'POST', body: form, headers });
  if (response.status !== 201) throw new Error(`The paper was not taken: ${await response.text()}`);
  return ((await response.json()) as { id: string }).id;
}
