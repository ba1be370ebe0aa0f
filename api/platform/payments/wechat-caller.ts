import type { KeyObject } from 'node:crypto';
import { PaymentProblem } from './payment-provider.ts';
import { assertGenuine, authorize } from './wechat-signature.ts';

export type WechatPayOptions = {
  merchantId: string;
  appId: string;
  /** Of the merchant's own certificate. */
  serial: string;
  privateKey: KeyObject;
  /** 32 bytes. */
  apiV3Key: Buffer;
  /** WeChat Pay's own public keys by their ids; the first is the one that answers shall be signed with. */
  platformKeys: ReadonlyMap<string, KeyObject>;
  /** Where WeChat Pay sends its callbacks: https, without a query. */
  noticeUrl: string;
  apiRoot?: string;
  clock: () => number;
  timeoutMs?: number;
};

const WECHAT_PAY_ROOT = 'https://api.mch.weixin.qq.com';
const TIMEOUT_MS = 8000;
/** A bill of a hundred thousand payments has some 30 MB. */
const MAX_BILL_BYTES = 128 * 1024 * 1024;

/** `code`: the answer's own error code when it is one of those that the caller knows what to do with; else null. */
export type WechatAnswer = { code: string | null; json: unknown };

export type WechatCaller = {
  /** Throws `PaymentProblem`. `known`: error codes that are an answer too. */
  call: (
    method: 'GET' | 'POST',
    pathAndQuery: string,
    body?: unknown,
    known?: readonly string[],
  ) => Promise<WechatAnswer>;
  /** A file at an address that an answer named. It is signed by nobody; the answer's hash vouches for it. */
  download: (url: string) => Promise<Buffer>;
};

/** Signs requests and checks that WeChat Pay wrote the answers. What goes wrong is told without what was sent or said. */
export function wechatCaller(options: WechatPayOptions): WechatCaller {
  const { platformKeys, clock, apiRoot = WECHAT_PAY_ROOT, timeoutMs = TIMEOUT_MS } = options;
  const [expectedSerial] = platformKeys.keys();

  async function send(
    method: string,
    pathAndQuery: string,
    body: string,
  ): Promise<{ response: Response; bytes: Buffer }> {
    try {
      const response = await fetch(`${apiRoot}${pathAndQuery}`, {
        method,
        headers: {
          accept: 'application/json',
          authorization: authorize(options, { method, pathAndQuery, body }, clock()),
          'user-agent': 'luyi',
          ...(expectedSerial !== undefined && { 'wechatpay-serial': expectedSerial }),
          ...(body !== '' && { 'content-type': 'application/json' }),
        },
        ...(body !== '' && { body }),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (Number(response.headers.get('content-length') ?? 0) > MAX_BILL_BYTES) throw new RangeError('too long');
      return { response, bytes: Buffer.from(await response.arrayBuffer()) };
    } catch (error) {
      const why =
        error instanceof Error && error.name === 'TimeoutError' ? 'did not answer in time' : 'was not reached';
      throw new PaymentProblem('unreachable', `WeChat Pay ${why}.`);
    }
  }

  return {
    async call(method, pathAndQuery, body, known = []) {
      const sent = body === undefined ? '' : JSON.stringify(body);
      const { response, bytes } = await send(method, pathAndQuery, sent);
      const text = bytes.toString('utf8');
      const { status } = response;
      if (status >= 500 || status === 429) {
        throw new PaymentProblem('unreachable', `WeChat Pay answered ${status}.`);
      }
      const code = response.ok ? null : codeOf(text);
      if (code !== null && !known.includes(code)) {
        throw new PaymentProblem('refused', `WeChat Pay answered ${status} ${code}.`);
      }
      assertGenuine(platformKeys, response.headers, text, clock());
      return { code, json: text === '' ? null : parseJson(text) };
    },
    async download(url) {
      const { origin, pathname, search } = new URL(url);
      // The request is signed: it goes to nobody else.
      if (origin !== new URL(apiRoot).origin) {
        throw new PaymentProblem('refused', 'WeChat Pay named a file at another address.');
      }
      const { response, bytes } = await send('GET', `${pathname}${search}`, '');
      if (!response.ok) throw new PaymentProblem('unreachable', `WeChat Pay answered ${response.status} for a file.`);
      return bytes;
    },
  };
}

/** Of an answer only its code is told: its words repeat what was sent. */
function codeOf(text: string): string {
  const { code } = (parseJson(text, null) ?? {}) as { code?: unknown };
  return typeof code === 'string' && /^[A-Z_]{1,60}$/.test(code) ? code : 'without a code';
}

export function parseJson(text: string, otherwise?: null): unknown {
  try {
    return JSON.parse(text);
  } catch {
    if (otherwise === null) return null;
    throw new PaymentProblem('unreachable', 'WeChat Pay sent something that is no JSON.');
  }
}
