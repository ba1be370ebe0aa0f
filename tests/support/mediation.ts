/** Requests in mediation for tests, and clients that follow a session over a line that breaks. */
import { randomBytes, randomUUID } from 'node:crypto';
import { currentWording } from '#domain/accounts/consent-wordings.ts';
import { codeOf, RETRIEVAL_CODE_BYTES } from '#domain/cases/case-code.ts';
import type { SessionEntry, SessionView } from '#domain/cases/mediation/session-contract.ts';
import type { RequestView } from '#domain/cases/request-contract.ts';
import { organisations } from '../../db/tables/places.ts';
import { signIn, type SignedIn, signInRider } from './accounts.ts';
import type { TestApp } from './factories.ts';

const STREET = '350203011';
export const SECRET_NAME = '李秘密';
export const SECRET_PHONE = '13800001111';

export type Headers = Record<string, string>;
export type MediationStaff = Record<'officer' | 'mediator' | 'stranger' | 'employer' | 'otherEmployer', SignedIn>;

/** Two platforms, two mediation bodies, and somebody at each. */
export async function addMediationStaff(app: TestApp): Promise<MediationStaff> {
  await app.connection.db.insert(organisations).values([
    { id: 'platform-a', kind: 'platform', name: '甲平台' },
    { id: 'platform-b', kind: 'platform', name: '乙平台' },
    { id: 'union-station', kind: 'union', name: '工会调解站' },
    { id: 'other-station', kind: 'union', name: '另一调解站' },
  ]);
  await app.connection.sql`
    insert into responsibility_rules (id, position, name, kinds, jurisdiction_codes, respondent_ids, target, is_active, version, updated_by, updated_at)
    values (${randomUUID()}, 1, 'street', '{}', '{}', '{}', 'street_of_site', true, 0, 'test', now())`;
  return {
    officer: await signIn(app, { role: 'officer', jurisdictionCode: STREET }),
    mediator: await signIn(app, { role: 'mediator', organisationId: 'union-station' }),
    stranger: await signIn(app, { role: 'mediator', organisationId: 'other-station' }),
    employer: await signIn(app, { role: 'employer', organisationId: 'platform-a' }),
    otherEmployer: await signIn(app, { role: 'employer', organisationId: 'platform-b' }),
  };
}

export type Accepted = { id: string; number: string; claimant: Headers };

/** A request against platform A that was accepted for the union's station. */
export async function addAccepted(
  app: TestApp,
  { officer }: MediationStaff,
  naming: 'named' | 'confidential' | 'anonymous' = 'confidential',
): Promise<Accepted> {
  const rider = naming === 'anonymous' ? null : await signInRider(app);
  const retrievalCode = codeOf(randomBytes(RETRIEVAL_CODE_BYTES));
  const account = { whatHappened: '平台扣了我三百块', name: SECRET_NAME, phone: rider ? SECRET_PHONE : '' };
  const sent = await app.post(
    '/api/requests',
    {
      id: randomUUID(),
      kind: 'deductions',
      naming,
      account,
      respondentId: 'platform-a',
      streetCode: STREET,
      channel: 'me',
      ...(rider ? { identityWording: currentWording('identity').version } : { retrievalCode }),
    },
    rider?.headers,
  );
  if (sent.status !== 201) throw new Error(`No request was stored: ${await sent.text()}`);
  const { id, number } = (await sent.json()) as RequestView;
  const body = { kind: 'organisation', id: 'union-station' };
  const accepted = await app.post(
    `/api/requests/${id}/actions`,
    { action: 'accept', version: 0, body, summary: '一名骑手对一笔扣款有异议' },
    officer.headers,
  );
  if (accepted.status !== 200) throw new Error(`The request was not accepted: ${await accepted.text()}`);
  if (rider) return { id, number, claimant: rider.headers };
  const found = await app.post('/api/requests/retrieve', { number, code: retrievalCode });
  const { token } = (await found.json()) as { token: string };
  return { id, number, claimant: { 'x-request-token': token } };
}

/** Opens a session and answers it as the mediator sees it. */
export async function openTestSession(
  app: TestApp,
  { mediator }: MediationStaff,
  request: Pick<Accepted, 'id'>,
  form: 'online' | 'phone' = 'online',
): Promise<SessionView> {
  const path = `/api/office/requests/${request.id}/sessions`;
  const opened = await app.post(path, { id: randomUUID(), form }, mediator.headers);
  if (opened.status !== 201) throw new Error(`No session was opened: ${await opened.text()}`);
  return (await opened.json()) as SessionView;
}

/** One connection of a follower: collects entries until told to break off. */
export function follow(app: TestApp, sessionId: string, headers: Headers, lastEventId?: number) {
  const gone = new AbortController();
  const entries: SessionEntry[] = [];
  const waiting = new Set<() => void>();
  let text = '';
  let isEnded = false;
  const ended = (async () => {
    const response = await app.request(`/api/sessions/${sessionId}/events`, {
      headers: { ...headers, ...(lastEventId !== undefined && { 'last-event-id': String(lastEventId) }) },
      signal: gone.signal,
    });
    if (response.status !== 200) throw new Error(`Nothing to follow: ${await response.text()}`);
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    gone.signal.addEventListener('abort', () => void reader.cancel().catch(() => {}));
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      text += value;
      for (;;) {
        const end = text.indexOf('\n\n');
        if (end < 0) break;
        const data = /^data: ?(.*)$/m.exec(text.slice(0, end));
        text = text.slice(end + 2);
        if (data) entries.push(JSON.parse(data[1]!) as SessionEntry);
      }
      for (const look of waiting) look();
    }
  })()
    .catch((error: unknown) => {
      if (!gone.signal.aborted) throw error;
    })
    .finally(() => {
      isEnded = true;
      for (const look of waiting) look();
    });
  return {
    entries,
    ended,
    /** Fulfilled when so many entries have come, or one with this text, or the stream has ended. */
    has: (count: number, last?: string) =>
      new Promise<void>((resolve) => {
        const look = () => {
          const isLast = last !== undefined && entries.at(-1)?.text === last;
          if (entries.length < count && !isLast && !isEnded) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    leave: async () => {
      gone.abort();
      await ended;
    },
  };
}
