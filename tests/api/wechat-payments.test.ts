import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addDays, shanghaiDay } from '#domain/time/shanghai.ts';
import { wechatPay } from '../../api/platform/payments/wechat-pay.ts';
import type { Connection } from '../../db/connect.ts';
import { enrolments } from '../../db/tables/enrolments.ts';
import { ledgerPostings } from '../../db/tables/ledger.ts';
import { emptyTestDatabase, openTestDatabase, testEngines } from '../support/database.ts';
import { addRider, hold } from '../support/enrolments.ts';
import { createTestApp, NOON, type TestApp } from '../support/factories.ts';
import {
  API_V3_KEY,
  APP_ID,
  makeNotice,
  MERCHANT,
  MERCHANT_SERIAL,
  merchantPrivateKey,
  PLATFORM_SERIAL,
  platformPublicKey,
  startWechatPay,
  strangerPrivateKey,
  transactionOf,
  type WechatPayServer,
} from '../support/wechat-pay-server.ts';

describe.each(testEngines())('paying by WeChat Pay on %s', (engine) => {
  let connection: Connection;
  let app: TestApp;
  let server: WechatPayServer;
  beforeAll(async () => {
    connection = await openTestDatabase(engine);
    server = await startWechatPay(() => NOON);
  });
  afterAll(async () => {
    await app.close();
    await server.close();
    await connection.close();
  });
  beforeEach(async () => {
    await app?.close();
    await emptyTestDatabase(connection);
    const provider = wechatPay({
      merchantId: MERCHANT,
      appId: APP_ID,
      serial: MERCHANT_SERIAL,
      privateKey: merchantPrivateKey,
      apiV3Key: API_V3_KEY,
      platformKeys: new Map([[PLATFORM_SERIAL, platformPublicKey]]),
      noticeUrl: 'https://luyi.example/api/payments/wechat/notice',
      apiRoot: server.url,
      clock: () => NOON,
    });
    app = await createTestApp(connection, { payments: { current: provider, all: [provider] } });
  });

  const send = ({ headers, body }: ReturnType<typeof makeNotice>) =>
    app.request('/api/payments/wechat/notice', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });

  it('insures by a genuine callback, once, and by nothing else', async () => {
    const rider = await addRider(connection.db);
    const enrolment = await hold(app, rider, [addDays(shanghaiDay(NOON), 1)]);
    const tradeNo = [...server.orders.keys()].at(-1)!;
    server.pay(tradeNo);
    const content = transactionOf(tradeNo, server.orders.get(tradeNo)!);
    const stateOf = async () => {
      const [row] = await connection.db.select().from(enrolments).where(eq(enrolments.id, enrolment.id));
      return row!.state;
    };
    const genuine = makeNotice('TRANSACTION.SUCCESS', content, NOON);
    for (const forged of [
      makeNotice('TRANSACTION.SUCCESS', content, NOON, { key: strangerPrivateKey }),
      makeNotice('TRANSACTION.SUCCESS', content, NOON - 360_000),
      { ...genuine, body: genuine.body.replace('支付', '付款') },
    ]) {
      expect((await send(forged)).status).toBe(401);
    }
    expect(await stateOf()).toBe('held');
    const answers = await Promise.all([send(genuine), send(genuine), send(genuine)]);
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204]);
    expect((await send(makeNotice('TRANSACTION.SUCCESS', content, NOON))).status).toBe(204); // sent anew by WeChat Pay
    expect(await stateOf()).toBe('insured');
    expect(await connection.db.select().from(ledgerPostings)).toHaveLength(1);
    expect(server.refused).toEqual([]);
    expect(app.log.join('\n')).not.toContain('openid');
  });
});
