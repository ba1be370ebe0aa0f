import { createHash } from 'node:crypto';
import { z } from 'zod';
import { instantOf, shanghaiDay } from '#domain/time/shanghai.ts';
import {
  PaymentProblem,
  type PaymentNotice,
  type PaymentOrder,
  type PaymentProvider,
  type RefundOrder,
} from './payment-provider.ts';
import { parseJson, wechatCaller, type WechatPayOptions } from './wechat-caller.ts';
import { assertGenuine, openResource } from './wechat-signature.ts';
import { readTradeBill } from './wechat-trade-bill.ts';

const MAX_DESCRIPTION = 127;
const MAX_REASON = 80;

const OrderAnswer = z.object({ code_url: z.string().min(1).optional(), h5_url: z.url().optional() });
const Transaction = z.object({
  appid: z.string(),
  mchid: z.string(),
  out_trade_no: z.string(),
  transaction_id: z.string().min(1).optional(),
  trade_state: z.string(),
  success_time: z.iso.datetime({ offset: true }).optional(),
  amount: z.object({ total: z.int(), currency: z.string().optional() }).optional(),
});
const Refund = z.object({ refund_id: z.string().min(1), status: z.string() });
const Bill = z.object({ download_url: z.url(), hash_type: z.literal('SHA1'), hash_value: z.string() });
const Notice = z.object({
  event_type: z.string(),
  resource: z.object({
    algorithm: z.string(),
    ciphertext: z.string(),
    associated_data: z.string().optional(),
    nonce: z.string(),
  }),
});
const NoticedRefund = z.object({
  mchid: z.string(),
  out_trade_no: z.string(),
  out_refund_no: z.string(),
  refund_id: z.string().min(1),
  refund_status: z.string(),
  success_time: z.iso.datetime({ offset: true }).optional(),
  amount: z.object({ refund: z.int() }),
});

/** Asked for, and not there: the request that should have made it never arrived. */
const NO_SUCH_ORDER = ['ORDER_NOT_EXIST', 'ORDERNOTEXIST', 'RESOURCE_NOT_EXISTS'] as const;
const ORDER_STATES: Readonly<Record<string, 'open' | 'paid' | 'closed'>> = {
  SUCCESS: 'paid',
  REFUND: 'paid', // it was paid, and some of it went back
  NOTPAY: 'open',
  USERPAYING: 'open',
  ACCEPT: 'open',
  CLOSED: 'closed',
  REVOKED: 'closed',
  PAYERROR: 'open',
};
const REFUND_STATES: Readonly<Record<string, 'open' | 'paid' | 'failed'>> = {
  SUCCESS: 'paid',
  PROCESSING: 'open',
  ABNORMAL: 'failed',
  CLOSED: 'failed',
};

/**
 * WeChat Pay by its API v3: H5 orders for a phone's browser, Native orders (a code to scan) inside WeChat or where the
 * payer's address is not known. Every answer's signature is checked; nothing about a payer is asked for, kept or logged.
 */
export function wechatPay(options: WechatPayOptions): PaymentProvider {
  const { merchantId, appId, noticeUrl, platformKeys, apiV3Key, clock } = options;
  const { call, download } = wechatCaller(options);

  async function create(order: PaymentOrder): Promise<{ payUrl: string | null; codeUrl: string | null }> {
    const { tradeNo, amountFen, description, expiresAt, payerIp, inWeChat } = order;
    const isH5 = payerIp !== undefined && !inWeChat; // WeChat's own browser refuses H5 pages
    const body = {
      appid: appId,
      mchid: merchantId,
      description: Array.from(description).slice(0, MAX_DESCRIPTION).join(''),
      out_trade_no: tradeNo,
      time_expire: inShanghai(expiresAt),
      notify_url: noticeUrl,
      amount: { total: amountFen, currency: 'CNY' },
      ...(isH5 && { scene_info: { payer_client_ip: payerIp, h5_info: { type: 'Wap' } } }),
    };
    const { json } = await call('POST', `/v3/pay/transactions/${isH5 ? 'h5' : 'native'}`, body);
    const { h5_url: payUrl = null, code_url: codeUrl = null } = read(OrderAnswer, json);
    if ((isH5 ? payUrl : codeUrl) === null) throw unreadable();
    return { payUrl, codeUrl };
  }

  async function query(tradeNo: string): ReturnType<PaymentProvider['query']> {
    const path = `/v3/pay/transactions/out-trade-no/${encodeURIComponent(tradeNo)}?mchid=${merchantId}`;
    const { json, code } = await call('GET', path, undefined, NO_SUCH_ORDER);
    if (code !== null) return { state: 'open' }; // its creation did not arrive; it can be created and closed still
    const found = read(Transaction, json);
    if (found.out_trade_no !== tradeNo || found.mchid !== merchantId) throw unreadable();
    const state = ORDER_STATES[found.trade_state];
    if (state === undefined) throw unreadable();
    if (state !== 'paid') return { state };
    if (!found.transaction_id || !found.success_time || !found.amount) throw unreadable();
    return {
      state,
      providerRef: found.transaction_id,
      paidAt: new Date(found.success_time),
      amountFen: found.amount.total,
    };
  }

  async function close(tradeNo: string): Promise<void> {
    const path = `/v3/pay/transactions/out-trade-no/${encodeURIComponent(tradeNo)}/close`;
    await call('POST', path, { mchid: merchantId }, [
      ...NO_SUCH_ORDER,
      'ORDERPAID',
      'ORDER_PAID',
      'ORDER_CLOSED',
      'ORDERCLOSED',
    ]);
  }

  async function refund({
    tradeNo,
    refundNo,
    amountFen,
    totalFen,
    reason,
  }: RefundOrder): ReturnType<PaymentProvider['refund']> {
    const body = {
      out_trade_no: tradeNo,
      out_refund_no: refundNo,
      reason: Array.from(reason).slice(0, MAX_REASON).join(''),
      notify_url: noticeUrl,
      amount: { refund: amountFen, total: totalFen, currency: 'CNY' },
    };
    const { json } = await call('POST', '/v3/refund/domestic/refunds', body);
    const { refund_id: providerRef, status } = read(Refund, json);
    return { state: refundState(status), providerRef };
  }

  async function queryRefund(refundNo: string): ReturnType<PaymentProvider['queryRefund']> {
    const path = `/v3/refund/domestic/refunds/${encodeURIComponent(refundNo)}`;
    const { json, code } = await call('GET', path, undefined, ['RESOURCE_NOT_EXISTS']);
    if (code !== null) return { state: 'open' }; // it did not arrive; asking under the same number is safe
    const found = read(Refund, json);
    return { state: refundState(found.status), providerRef: found.refund_id };
  }

  async function readNotice(headers: Headers, body: string): Promise<PaymentNotice> {
    assertGenuine(platformKeys, headers, body, clock());
    const notice = readNoticePart(Notice, parseJson(body));
    const content = parseJson(openResource(apiV3Key, notice.resource));
    const kind = notice.event_type.split('.')[0];
    if (kind === 'TRANSACTION') return noticedPayment(readNoticePart(Transaction, content));
    if (kind === 'REFUND') return noticedRefund(readNoticePart(NoticedRefund, content));
    throw notGenuine('is of a kind that this service does not know');
  }

  function noticedPayment(found: z.infer<typeof Transaction>): PaymentNotice {
    if (found.mchid !== merchantId || found.appid !== appId) throw notGenuine('is about another merchant');
    const { transaction_id: providerRef, success_time: paidAt, amount, trade_state: tradeState } = found;
    if (tradeState !== 'SUCCESS' || !providerRef || !paidAt || !amount) throw notGenuine('is not about a payment made');
    if (amount.currency !== undefined && amount.currency !== 'CNY') throw notGenuine('is in another currency');
    return {
      kind: 'payment',
      tradeNo: found.out_trade_no,
      providerRef,
      state: 'paid',
      amountFen: amount.total,
      paidAt: new Date(paidAt),
    };
  }

  function noticedRefund(found: z.infer<typeof NoticedRefund>): PaymentNotice {
    if (found.mchid !== merchantId) throw notGenuine('is about another merchant');
    const state = REFUND_STATES[found.refund_status];
    if (state === undefined || state === 'open') throw notGenuine('does not say what became of a refund');
    return {
      kind: 'refund',
      tradeNo: found.out_trade_no,
      refundNo: found.out_refund_no,
      providerRef: found.refund_id,
      state,
      amountFen: found.amount.refund,
      paidAt: new Date(found.success_time ?? clock()),
    };
  }

  return {
    name: 'wechat',
    create,
    query,
    close,
    refund,
    queryRefund,
    readNotice,
    async tradeBill(day) {
      const path = `/v3/bill/tradebill?bill_date=${day}&bill_type=ALL`;
      const { json, code } = await call('GET', path, undefined, ['NO_STATEMENT_EXIST']);
      if (code !== null) return []; // a day without any payment has no bill
      const bill = read(Bill, json);
      const bytes = await download(bill.download_url);
      if (createHash('sha1').update(bytes).digest('hex') !== bill.hash_value.toLowerCase()) {
        throw new PaymentProblem('unreachable', 'A trade bill of WeChat Pay arrived damaged.');
      }
      return readTradeBill(bytes.toString('utf8'));
    },
  };
}

function refundState(status: string): 'open' | 'paid' | 'failed' {
  const state = REFUND_STATES[status];
  if (state === undefined) throw unreadable();
  return state;
}

function read<T extends z.ZodType>(schema: T, json: unknown): z.infer<T> {
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw unreadable();
  return parsed.data;
}

function readNoticePart<T extends z.ZodType>(schema: T, json: unknown): z.infer<T> {
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw notGenuine('has another form');
  return parsed.data;
}

const unreadable = () => new PaymentProblem('unreachable', 'WeChat Pay answered something that was not understood.');
const notGenuine = (what: string) => new PaymentProblem('not_genuine', `A callback of WeChat Pay ${what}.`);

const two = (value: number) => String(value).padStart(2, '0');

/** `2026-11-25T20:00:00+08:00` */
function inShanghai(instant: Date): string {
  const day = shanghaiDay(instant.getTime());
  const seconds = Math.floor((instant.getTime() - instantOf(day, 0)) / 1000);
  return `${day}T${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}+08:00`;
}
