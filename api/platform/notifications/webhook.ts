import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Message, SendMessage } from './message.ts';

export type WebhookOptions = {
  url: string;
  secret: string;
  clock: () => number;
  /** How long to wait before each further attempt. */
  backOffMs?: readonly number[];
  timeoutMs?: number;
};

const BACK_OFF_MS = [500, 1500, 4000];
const TIMEOUT_MS = 5000;

/** The gateway did not take a message. Says how the last attempt went, never what was to be sent. */
export class MessageNotSent extends Error {
  override name = 'MessageNotSent';
}

/**
 * Hands messages to an HTTP gateway: POST of `{ id, to, text, code }`. `luyi-signature` is `v1=` and the hex
 * HMAC-SHA-256 of `<luyi-timestamp>.<body>`, so the gateway can tell who sends and refuse what is old. Repeated after a
 * 5xx, a 429 or no answer, with the same `id`; not after any other answer.
 */
export function webhook({
  url,
  secret,
  clock,
  backOffMs = BACK_OFF_MS,
  timeoutMs = TIMEOUT_MS,
}: WebhookOptions): SendMessage {
  return async (message) => {
    const body = JSON.stringify({ id: randomUUID(), ...message } satisfies Message & { id: string });
    for (const waitMs of [...backOffMs, null]) {
      const outcome = await attempt(body);
      if (outcome.sent) return;
      if (waitMs === null || !outcome.again) throw new MessageNotSent(outcome.how);
      await pause(waitMs);
    }
  };

  async function attempt(body: string): Promise<{ sent: true } | { sent: false; again: boolean; how: string }> {
    const timestamp = String(Math.floor(clock() / 1000));
    const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'luyi-timestamp': timestamp,
          'luyi-signature': `v1=${signature}`,
        },
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      await response.body?.cancel();
      if (response.ok) return { sent: true };
      const again = response.status >= 500 || response.status === 429;
      return { sent: false, again, how: `The message gateway answered ${response.status}.` };
    } catch (error) {
      const why =
        error instanceof Error && error.name === 'TimeoutError' ? 'did not answer in time' : 'could not be reached';
      return { sent: false, again: true, how: `The message gateway ${why}.` };
    }
  }
}
