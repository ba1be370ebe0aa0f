import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wechatPay } from '../../api/platform/payments/wechat-pay.ts';
import type { WechatPayOptions } from '../../api/platform/payments/wechat-caller.ts';
import type { PaymentProblem, PaymentProvider } from '../../api/platform/payments/payment-provider.ts';
import {
  API_V3_KEY,
  APP_ID,
  makeNotice,
  MERCHANT,
  MERCHANT_SERIAL,
  merchantPrivateKey,
  PLATFORM_SERIAL,
  platformPublicKey,
  type Spoil,
  startWechatPay,
  strangerPrivateKey,
  transactionOf,
  type WechatPayServer,
} from './wechat-pay-server.ts';

const NOW = Date.parse('2026-03-10T12:00:00+08:00');
const ORDER = {
  tradeNo: 'luyi0001',
  amountFen: 280,
  description: '益鹭保 7 天',
  expiresAt: new Date('2026-03-10T12:15:00+08:00'),
};
const BILL_TITLES =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注';
const SUM_TITLES = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';
const billLine = (values: string) =>
  values
    .split(',')
    .map((value) => `\`${value}`)
    .join(',');
function makeBill(sums = '2,2.80,0.40,0.00,0.00000,2.80,0.40'): string {
  const payment =
    '2026-03-09 08:00:01,wxd678efh567hg6787,1900000109,0,,4200001,luyi0001,openid,NATIVE,SUCCESS,OTHERS,CNY,2.80,0.00,0,0,0.00,0.00,,,益鹭保,,0.00000,0.60%,2.80,0.00,';
  const refund =
    '2026-03-09 09:00:00,wxd678efh567hg6787,1900000109,0,,4200001,luyi0001,openid,NATIVE,REFUND,OTHERS,CNY,0.00,0.00,5000001,back0001,0.40,0.00,ORIGINAL,SUCCESS,益鹭保,,0.00000,0.60%,0.00,0.40,';
  return [BILL_TITLES, billLine(payment), billLine(refund), SUM_TITLES, billLine(sums), ''].join('\n');
}

const problem = async (promise: Promise<unknown>): Promise<PaymentProblem> =>
  promise.then(
    () => expect.fail('nothing was thrown'),
    (error: PaymentProblem) => {
      expect(error.name).toBe('PaymentProblem');
      return error;
    },
  );

describe('WeChat Pay', () => {
  let server: WechatPayServer;
  let provider: PaymentProvider;
  let nowMs: number;
  const clock = () => nowMs;
  const open = (options: Partial<WechatPayOptions> = {}) =>
    wechatPay({
      merchantId: MERCHANT,
      appId: APP_ID,
      serial: MERCHANT_SERIAL,
      privateKey: merchantPrivateKey,
      apiV3Key: API_V3_KEY,
      platformKeys: new Map([[PLATFORM_SERIAL, platformPublicKey]]),
      noticeUrl: 'https://luyi.example/api/payments/wechat/notice',
      apiRoot: server.url,
      clock,
      ...options,
    });
  beforeEach(async () => {
    nowMs = NOW;
    server = await startWechatPay(clock);
    provider = open();
  });
  afterEach(() => server.close());

  it('makes H5 orders for a browser and codes to scan inside WeChat or without an address', async () => {
    expect(await provider.create({ ...ORDER, payerIp: '203.0.113.7' })).toEqual({
      payUrl: 'https://wx.tenpay.com/weixin/luyi0001',
      codeUrl: null,
    });
    const native = { payUrl: null, codeUrl: 'weixin://wxpay/bizpayurl?pr=luyi0002' };
    const inWeChat = { ...ORDER, tradeNo: 'luyi0002', payerIp: '203.0.113.7', inWeChat: true };
    expect(await provider.create(inWeChat)).toEqual(native);
    expect(await provider.create(inWeChat)).toEqual(native); // the same order again
    expect((await provider.create({ ...ORDER, tradeNo: 'luyi0003' })).codeUrl).toContain('luyi0003');
    expect(server.orders.get('luyi0001')!.body).toMatchObject({ time_expire: '2026-03-10T12:15:00+08:00' });
    expect(server.orders.get('luyi0002')!.body).not.toHaveProperty('scene_info');
    expect(server.refused).toEqual([]);
  });

  it('asks what became of an order, and closes one', async () => {
    expect(await provider.query('luyi0001')).toEqual({ state: 'open' }); // never arrived
    await provider.close('luyi0001');
    await provider.create(ORDER);
    expect(await provider.query('luyi0001')).toEqual({ state: 'open' });
    server.pay('luyi0001');
    const paid = {
      state: 'paid',
      providerRef: '42luyi0001',
      paidAt: new Date('2026-03-10T12:01:02+08:00'),
      amountFen: 280,
    };
    expect(await provider.query('luyi0001')).toEqual(paid);
    await provider.close('luyi0001'); // stays as it is
    expect(await provider.query('luyi0001')).toEqual(paid);
    await provider.create({ ...ORDER, tradeNo: 'luyi0002' });
    await provider.close('luyi0002');
    expect(await provider.query('luyi0002')).toEqual({ state: 'closed' });
    expect((await problem(provider.create(ORDER))).kind).toBe('refused');
  });

  it('gives money back once under one number, and asks what became of it', async () => {
    await provider.create(ORDER);
    server.pay('luyi0001');
    const refund = { tradeNo: 'luyi0001', refundNo: 'back0001', amountFen: 40, totalFen: 280, reason: '取消 1 天' };
    expect(await provider.queryRefund('back0001')).toEqual({ state: 'open' });
    for (let times = 0; times < 2; times++) {
      expect(await provider.refund(refund)).toEqual({ state: 'open', providerRef: '50back0001' });
    }
    server.refunds.get('back0001')!.status = 'SUCCESS';
    expect(await provider.queryRefund('back0001')).toEqual({ state: 'paid', providerRef: '50back0001' });
    server.refunds.get('back0001')!.status = 'ABNORMAL';
    expect((await provider.queryRefund('back0001')).state).toBe('failed');
    expect(server.refunds.size).toBe(1);
    const tooMuch = await problem(provider.refund({ ...refund, refundNo: 'back0002', amountFen: 281 }));
    expect(tooMuch.kind).toBe('refused');
    // Of a refusal only the code is told; its words may repeat what was sent.
    expect(tooMuch.message).toBe('WeChat Pay answered 400 INVALID_REQUEST.');
  });

  it('is refused by WeChat Pay when it signs with another key, as another merchant or at another time', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    for (const wrong of [open({ privateKey }), open({ merchantId: '1900000110' }), open({ serial: 'AB' })]) {
      expect(await problem(wrong.query('luyi0001'))).toMatchObject({ kind: 'refused' });
    }
    const late = open({ clock: () => NOW - 301_000 });
    expect(await problem(late.query('luyi0001'))).toMatchObject({ kind: 'refused' });
    expect(server.refused).toEqual(['a wrong signature', 'another merchant', 'another merchant', 'old']);
    expect(server.requests).toEqual([]);
  });

  it.each<[Spoil, string]>([
    ['unsigned', 'not_genuine'],
    ['by a stranger', 'not_genuine'],
    ['unknown key', 'not_genuine'],
    ['old', 'not_genuine'],
    ['altered', 'not_genuine'],
    ['broken', 'unreachable'],
  ])('believes no answer that is %s', async (spoil, kind) => {
    server.spoil = spoil;
    expect((await problem(provider.create({ ...ORDER, payerIp: '203.0.113.7' }))).kind).toBe(kind);
  });

  it('waits for an answer so long and no longer', async () => {
    server.spoil = 'silent';
    expect(await problem(open({ timeoutMs: 50 }).query('luyi0001'))).toMatchObject({
      kind: 'unreachable',
      message: 'WeChat Pay did not answer in time.',
    });
    await server.close();
    expect((await problem(provider.query('luyi0001'))).kind).toBe('unreachable');
    server = await startWechatPay(clock);
  });

  const paidOrder = { amountFen: 280, state: 'SUCCESS', paidAt: '2026-03-10T12:01:02+08:00' } as const;
  const content = transactionOf('luyi0001', paidOrder);
  const readNotice = ({ headers, body }: ReturnType<typeof makeNotice>) =>
    provider.readNotice(new Headers(headers), body);

  it('reads callbacks of payments and refunds', async () => {
    expect(await readNotice(makeNotice('TRANSACTION.SUCCESS', content, NOW))).toEqual({
      kind: 'payment',
      tradeNo: 'luyi0001',
      providerRef: '42luyi0001',
      state: 'paid',
      amountFen: 280,
      paidAt: new Date('2026-03-10T12:01:02+08:00'),
    });
    const refund = {
      mchid: MERCHANT,
      out_trade_no: 'luyi0001',
      transaction_id: '42luyi0001',
      out_refund_no: 'back0001',
      refund_id: '50back0001',
      refund_status: 'SUCCESS',
      success_time: '2026-03-10T12:02:03+08:00',
      user_received_account: '招商银行信用卡0403',
      amount: { total: 280, refund: 40, payer_total: 280, payer_refund: 40 },
    };
    const paid = await readNotice(makeNotice('REFUND.SUCCESS', refund, NOW));
    expect(paid).toEqual({
      kind: 'refund',
      tradeNo: 'luyi0001',
      refundNo: 'back0001',
      providerRef: '50back0001',
      state: 'paid',
      amountFen: 40,
      paidAt: new Date('2026-03-10T12:02:03+08:00'),
    });
    const { success_time: _, ...failed } = { ...refund, refund_status: 'ABNORMAL' };
    expect(await readNotice(makeNotice('REFUND.ABNORMAL', failed, NOW))).toMatchObject({ state: 'failed' });
  });

  const altered = (change: (notice: ReturnType<typeof makeNotice>) => void) => {
    const notice = makeNotice('TRANSACTION.SUCCESS', content, NOW);
    change(notice);
    return notice;
  };
  it.each<[string, () => ReturnType<typeof makeNotice>]>([
    ['signed by a stranger', () => makeNotice('TRANSACTION.SUCCESS', content, NOW, { key: strangerPrivateKey })],
    ['naming another key', () => makeNotice('TRANSACTION.SUCCESS', content, NOW, { serial: 'PUB_KEY_ID_X' })],
    ['sent again after six minutes', () => makeNotice('TRANSACTION.SUCCESS', content, NOW - 360_000)],
    ['from six minutes ahead', () => makeNotice('TRANSACTION.SUCCESS', content, NOW + 360_000)],
    ['sealed with another key', () => makeNotice('TRANSACTION.SUCCESS', content, NOW, { apiKey: Buffer.alloc(32, 1) })],
    ['with another body', () => altered((notice) => (notice.body = notice.body.replace('支付', '付款')))],
    ['with another time', () => altered(({ headers }) => (headers['wechatpay-timestamp'] = String(NOW / 1000 + 1)))],
    ['with another nonce', () => altered(({ headers }) => (headers['wechatpay-nonce'] = 'x'))],
    ['without a signature', () => altered(({ headers }) => delete headers['wechatpay-signature'])],
    ['without a key', () => altered(({ headers }) => delete headers['wechatpay-serial'])],
    ['of a probe', () => altered(({ headers }) => (headers['wechatpay-signature'] = 'WECHATPAY/SIGNTEST/abc'))],
    ['for another merchant', () => makeNotice('TRANSACTION.SUCCESS', { ...content, mchid: '1900000110' }, NOW)],
    ['for another app', () => makeNotice('TRANSACTION.SUCCESS', { ...content, appid: 'wx1' }, NOW)],
    ['of an order not paid', () => makeNotice('TRANSACTION.SUCCESS', { ...content, trade_state: 'NOTPAY' }, NOW)],
    [
      'in dollars',
      () => makeNotice('TRANSACTION.SUCCESS', { ...content, amount: { total: 280, currency: 'USD' } }, NOW),
    ],
    ['of another kind', () => makeNotice('PAYSCORE.USER_PAID', content, NOW)],
    ['without content', () => makeNotice('TRANSACTION.SUCCESS', {}, NOW)],
  ])('refuses a callback %s', async (_, make) => {
    expect((await problem(readNotice(make()))).kind).toBe('not_genuine');
  });

  it('fetches the bill of a day, checks its hash and its sums, and reads it to the fen', async () => {
    server.bills.set('2026-03-09', makeBill());
    expect(await provider.tradeBill!('2026-03-09')).toEqual([
      {
        kind: 'payment',
        tradeNo: 'luyi0001',
        refundNo: null,
        providerRef: '4200001',
        amountFen: 280,
        at: new Date('2026-03-09T08:00:01+08:00'),
      },
      {
        kind: 'refund',
        tradeNo: 'luyi0001',
        refundNo: 'back0001',
        providerRef: '5000001',
        amountFen: -40,
        at: new Date('2026-03-09T09:00:00+08:00'),
      },
    ]);
    expect(await provider.tradeBill!('2026-03-08')).toEqual([]);
    server.damagedBill = true;
    expect((await problem(provider.tradeBill!('2026-03-09'))).message).toContain('damaged');
    server.damagedBill = false;
    server.bills.set('2026-03-09', makeBill('2,2.80,0.40,0.00,0.00000,2.81,0.40'));
    expect((await problem(provider.tradeBill!('2026-03-09'))).message).toContain('its own sums');
    server.bills.set('2026-03-09', 'something else');
    expect((await problem(provider.tradeBill!('2026-03-09'))).kind).toBe('unreachable');
  });
});
