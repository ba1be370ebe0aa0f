/**
 * WeChat Pay as its API v3 is documented, as far as the service uses it: refuses a request whose signature is not right,
 * signs its answers, and makes callbacks, signed and encrypted. Written against the documents, not against the adapter.
 */
import {
  createCipheriv,
  createHash,
  createVerify,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const MERCHANT = '1900000109';
export const APP_ID = 'wxd678efh567hg6787';
export const MERCHANT_SERIAL = '5157F09EFDC096DE15EBE81A47057A7232F1B8E1';
export const PLATFORM_SERIAL = 'PUB_KEY_ID_0119000001092024102900112233445566';
export const API_V3_KEY = Buffer.from('0123456789abcdefghijklmnopqrstuv');

const merchantKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const platformKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const strangerKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });

export const merchantPrivateKey: KeyObject = merchantKeys.privateKey;
export const platformPublicKey: KeyObject = platformKeys.publicKey;
export const strangerPrivateKey: KeyObject = strangerKeys.privateKey;

type Order = {
  amountFen: number;
  state: 'NOTPAY' | 'SUCCESS' | 'CLOSED' | 'REFUND';
  body: Sent;
  paidAt?: string;
};
/** What requests carry, as far as it is looked at. */
type Sent = {
  appid?: string;
  mchid?: string;
  out_trade_no?: string;
  out_refund_no?: string;
  time_expire?: string;
  notify_url?: string;
  description?: string;
  amount?: { total: number; refund?: number; currency: string };
  scene_info?: { payer_client_ip?: string; h5_info?: { type?: string } };
};
type Refund = { tradeNo: string; amountFen: number; status: string };

/** How the next answers are spoiled. */
export type Spoil = 'unsigned' | 'by a stranger' | 'unknown key' | 'old' | 'altered' | 'silent' | 'broken' | null;

export type WechatPayServer = {
  url: string;
  orders: Map<string, Order>;
  refunds: Map<string, Refund>;
  bills: Map<string, string>;
  /** Every request that was refused for its signature, and why. */
  refused: string[];
  requests: { method: string; path: string; body: string }[];
  spoil: Spoil;
  /** Adds to the hash that is said of a bill. */
  damagedBill: boolean;
  pay: (tradeNo: string) => void;
  close: () => Promise<void>;
};

export async function startWechatPay(clock: () => number): Promise<WechatPayServer> {
  const nonces = new Set<string>();
  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const self: WechatPayServer = {
    url,
    orders: new Map(),
    refunds: new Map(),
    bills: new Map(),
    refused: [],
    requests: [],
    spoil: null,
    damagedBill: false,
    pay(tradeNo) {
      const order = self.orders.get(tradeNo)!;
      order.state = 'SUCCESS';
      order.paidAt = '2026-03-10T12:01:02+08:00';
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const [method, path] = [request.method!, request.url!];
    const why = whatIsWrong(request, body);
    if (why !== null) {
      self.refused.push(why);
      response
        .writeHead(401, { 'content-type': 'application/json' })
        .end(JSON.stringify({ code: 'SIGN_ERROR', message: why }));
      return;
    }
    self.requests.push({ method, path, body });
    if (self.spoil === 'silent') return;
    if (self.spoil === 'broken') {
      response.writeHead(502).end('bad gateway');
      return;
    }
    const { status, text, isFile = false } = handle(method, path, body);
    const headers = isFile ? {} : signed(text);
    const sent = self.spoil === 'altered' ? text.replace('weixin', 'weaxin') : text;
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(sent);
  }

  /** `null`, or what is wrong with the request's signature. */
  function whatIsWrong(request: IncomingMessage, body: string): string | null {
    const header = request.headers.authorization ?? '';
    const [, schema, rest = ''] = /^(\S+) (.+)$/.exec(header) ?? [];
    if (schema !== 'WECHATPAY2-SHA256-RSA2048') return 'another schema';
    const values = Object.fromEntries([...rest.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name!, value!]));
    const { mchid, nonce_str: nonce = '', signature = '', timestamp = '', serial_no: serial } = values;
    if (mchid !== MERCHANT || serial !== MERCHANT_SERIAL) return 'another merchant';
    if (Math.abs(clock() / 1000 - Number(timestamp)) > 300) return 'old';
    if (nonce.length < 16 || nonces.has(nonce)) return 'a nonce that was used';
    nonces.add(nonce);
    const message = [request.method, request.url, timestamp, nonce, body, ''].join('\n');
    const isRight = createVerify('RSA-SHA256').update(message).verify(merchantKeys.publicKey, signature, 'base64');
    return isRight ? null : 'a wrong signature';
  }

  function signed(text: string): Record<string, string> {
    if (self.spoil === 'unsigned') return {};
    return signatureHeaders(text, clock() - (self.spoil === 'old' ? 301_000 : 0), {
      ...(self.spoil === 'by a stranger' && { key: strangerKeys.privateKey }),
      ...(self.spoil === 'unknown key' && { serial: 'PUB_KEY_ID_OF_SOMEBODY_ELSE' }),
    });
  }

  function handle(method: string, path: string, body: string): Handled {
    const { pathname, searchParams } = new URL(path, url);
    const parts = pathname.split('/');
    const sent = body ? (JSON.parse(body) as Sent) : {};
    if (method === 'POST' && /^\/v3\/pay\/transactions\/(h5|native)$/.test(pathname))
      return createOrder(pathname, sent);
    if (pathname.startsWith('/v3/pay/transactions/out-trade-no/')) {
      const order = self.orders.get(parts[5]!);
      if (!order) return fail(404, 'ORDER_NOT_EXIST');
      if (method === 'POST' && parts[6] === 'close') {
        if (order.state === 'SUCCESS') return fail(400, 'ORDERPAID');
        order.state = 'CLOSED';
        return { status: 204, text: '' };
      }
      if (searchParams.get('mchid') !== MERCHANT) return fail(400, 'PARAM_ERROR');
      return ok(transactionOf(parts[5]!, order));
    }
    if (method === 'POST' && pathname === '/v3/refund/domestic/refunds') return createRefund(sent);
    if (pathname.startsWith('/v3/refund/domestic/refunds/')) {
      const refund = self.refunds.get(parts[5]!);
      return refund ? ok({ refund_id: `50${parts[5]}`, status: refund.status }) : fail(404, 'RESOURCE_NOT_EXISTS');
    }
    if (pathname === '/v3/bill/tradebill') {
      const bill = self.bills.get(searchParams.get('bill_date')!);
      if (bill === undefined) return fail(400, 'NO_STATEMENT_EXIST');
      const hash = createHash('sha1')
        .update(self.damagedBill ? `${bill} ` : bill)
        .digest('hex');
      const address = `${url}/v3/billdownload/file?token=${searchParams.get('bill_date')}`;
      return ok({ hash_type: 'SHA1', hash_value: hash, download_url: address });
    }
    if (pathname === '/v3/billdownload/file') {
      return { status: 200, text: self.bills.get(searchParams.get('token')!)!, isFile: true };
    }
    return fail(404, 'NOT_FOUND');
  }

  function createOrder(pathname: string, sent: Sent): Handled {
    const isH5 = pathname.endsWith('h5');
    const tradeNo = String(sent.out_trade_no);
    const isWhole =
      sent.appid === APP_ID &&
      sent.mchid === MERCHANT &&
      /^[\w|*-]{6,32}$/.test(tradeNo) &&
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/.test(sent.time_expire ?? '') &&
      /^https:\/\/[^?]+$/.test(sent.notify_url ?? '') &&
      (sent.amount?.total ?? 0) > 0 &&
      sent.amount?.currency === 'CNY' &&
      sent.description &&
      (!isH5 || (sent.scene_info?.payer_client_ip && sent.scene_info.h5_info?.type === 'Wap'));
    if (!isWhole) return fail(400, 'PARAM_ERROR');
    const known = self.orders.get(tradeNo);
    if (known?.state === 'SUCCESS') return fail(400, 'ORDERPAID');
    if (known && JSON.stringify(known.body) !== JSON.stringify(sent)) return fail(403, 'OUT_TRADE_NO_USED');
    self.orders.set(tradeNo, { amountFen: sent.amount!.total, state: 'NOTPAY', body: sent });
    return ok(
      isH5
        ? { h5_url: `https://wx.tenpay.com/weixin/${tradeNo}` }
        : { code_url: `weixin://wxpay/bizpayurl?pr=${tradeNo}` },
    );
  }

  function createRefund(sent: Sent): Handled {
    const order = self.orders.get(sent.out_trade_no!);
    if (!order || order.state === 'NOTPAY') return fail(404, 'RESOURCE_NOT_EXISTS');
    const [refundNo, amountFen] = [String(sent.out_refund_no), sent.amount!.refund!];
    const known = self.refunds.get(refundNo);
    const before = [...self.refunds].filter(([no, refund]) => no !== refundNo && refund.tradeNo === sent.out_trade_no);
    const given = before.reduce((sum, [, refund]) => sum + refund.amountFen, 0);
    if (sent.amount!.total !== order.amountFen || given + amountFen > order.amountFen)
      return fail(400, 'INVALID_REQUEST');
    if (!known) self.refunds.set(refundNo, { tradeNo: sent.out_trade_no!, amountFen, status: 'PROCESSING' });
    order.state = 'REFUND';
    return ok({ refund_id: `50${refundNo}`, out_refund_no: refundNo, status: self.refunds.get(refundNo)!.status });
  }

  return self;
}

type Handled = { status: number; text: string; isFile?: boolean };
const ok = (value: object): Handled => ({ status: 200, text: JSON.stringify(value) });
const fail = (status: number, code: string): Handled => ({
  status,
  text: JSON.stringify({ code, message: 'words that repeat 350203199001011234' }),
});

/** What a query and a callback say of an order. */
export function transactionOf(
  tradeNo: string,
  { amountFen, state, paidAt }: Pick<Order, 'amountFen' | 'state' | 'paidAt'>,
) {
  const paid = paidAt && {
    transaction_id: `42${tradeNo}`,
    success_time: paidAt,
    payer: { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
  };
  return {
    appid: APP_ID,
    mchid: MERCHANT,
    out_trade_no: tradeNo,
    trade_state: state,
    ...paid,
    amount: { total: amountFen, currency: 'CNY' },
  };
}

type Signing = { key?: KeyObject; serial?: string };

function signatureHeaders(
  body: string,
  atMs: number,
  { key = platformKeys.privateKey, serial = PLATFORM_SERIAL }: Signing = {},
): Record<string, string> {
  const [timestamp, nonce] = [String(Math.floor(atMs / 1000)), randomBytes(16).toString('hex')];
  return {
    'wechatpay-serial': serial,
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-signature': sign('RSA-SHA256', Buffer.from(`${timestamp}\n${nonce}\n${body}\n`), key).toString('base64'),
  };
}

/** A callback as it is sent: a body with its encrypted resource, and the headers of its signature. */
export function makeNotice(
  eventType: string,
  content: object,
  atMs: number,
  { apiKey = API_V3_KEY, ...signing }: Signing & { apiKey?: Buffer } = {},
): { headers: Record<string, string>; body: string } {
  const originalType = eventType.startsWith('REFUND') ? 'refund' : 'transaction';
  const nonce = randomBytes(6).toString('hex');
  const cipher = createCipheriv('aes-256-gcm', apiKey, Buffer.from(nonce)).setAAD(Buffer.from(originalType));
  const sealed = Buffer.concat([cipher.update(JSON.stringify(content)), cipher.final(), cipher.getAuthTag()]);
  const body = JSON.stringify({
    id: randomBytes(16).toString('hex'),
    create_time: new Date(atMs).toISOString(),
    resource_type: 'encrypt-resource',
    event_type: eventType,
    summary: '支付成功',
    resource: {
      original_type: originalType,
      algorithm: 'AEAD_AES_256_GCM',
      ciphertext: sealed.toString('base64'),
      associated_data: originalType,
      nonce,
    },
  });
  return { headers: signatureHeaders(body, atMs, signing), body };
}
