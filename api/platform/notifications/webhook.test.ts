import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { MessageNotSent, webhook } from './webhook.ts';

const SECRET = 'a secret of the gateway';
const NOW_MS = Date.parse('2026-03-10T12:00:00+08:00');
const MESSAGE = { to: '13812345678', text: '验证码 482915', code: '482915' };

let server: Server;
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

type Received = { headers: IncomingMessage['headers']; body: string };
type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** A gateway that answers its first request by the first answer and so on, the rest by the last. */
async function gateway(...answers: Answer[]) {
  const received: Received[] = [];
  const listener: RequestListener = (request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      answers[Math.min(received.length, answers.length) - 1]!(response, request);
    });
  };
  server = createServer(listener);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const send = webhook({
    url: `http://127.0.0.1:${port}/sms`,
    secret: SECRET,
    clock: () => NOW_MS,
    backOffMs: [1, 1],
    timeoutMs: 300,
  });
  return { received, send };
}

const status =
  (code: number): Answer =>
  (response) =>
    void response.writeHead(code).end();
const hangUp: Answer = (_, request) => void request.socket.destroy();
const silence: Answer = () => {};

describe('the message gateway', () => {
  it('gets the message with a signature over time and body', async () => {
    const { received, send } = await gateway(status(204));
    await send(MESSAGE);
    expect(received).toHaveLength(1);
    const [{ headers, body }] = received as [Received];
    expect(JSON.parse(body)).toEqual({ id: expect.any(String), ...MESSAGE });
    expect(headers['luyi-timestamp']).toBe(String(NOW_MS / 1000));
    const expected = createHmac('sha256', SECRET)
      .update(`${NOW_MS / 1000}.${body}`)
      .digest('hex');
    expect(headers['luyi-signature']).toBe(`v1=${expected}`);
    const forged = createHmac('sha256', 'another secret')
      .update(`${NOW_MS / 1000}.${body}`)
      .digest('hex');
    expect(headers['luyi-signature']).not.toBe(`v1=${forged}`);
  });

  it.each<[string, Answer]>([
    ['answers 500', status(500)],
    ['answers 503', status(503)],
    ['is too busy', status(429)],
    ['hangs up', hangUp],
    ['never answers', silence],
  ])('that %s is asked again, with the same id', async (_, first) => {
    const { received, send } = await gateway(first, status(200));
    await send(MESSAGE);
    const ids = received.map(({ body }) => (JSON.parse(body) as { id: string }).id);
    expect(ids).toEqual([ids[0], ids[0]]);
  });

  it.each([400, 401, 403, 404, 422])('that answers %i is not asked again', async (code) => {
    const { received, send } = await gateway(status(code));
    await expect(send(MESSAGE)).rejects.toThrow(new MessageNotSent(`The message gateway answered ${code}.`));
    expect(received).toHaveLength(1);
  });

  it('is not followed elsewhere', async () => {
    const { received, send } = await gateway((response) => void response.writeHead(307, { location: '/other' }).end());
    await expect(send(MESSAGE)).rejects.toThrow(MessageNotSent);
    expect(received.every(({ headers }) => headers['luyi-signature'] !== undefined)).toBe(true);
  });

  it.each<[string, Answer]>([
    ['always fails', status(500)],
    ['always hangs up', hangUp],
  ])('that %s is given up after three attempts, in words without the message', async (_, answer) => {
    const { received, send } = await gateway(answer);
    const error = await send(MESSAGE).then(
      () => null,
      (thrown: unknown) => thrown as Error,
    );
    expect(error).toBeInstanceOf(MessageNotSent);
    expect(error!.message + (error!.stack ?? '')).not.toMatch(/482915|13812345678/);
    expect(received).toHaveLength(3);
  });
});
