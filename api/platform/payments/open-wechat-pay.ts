import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Config } from '../../config.ts';
import type { PaymentProvider } from './payment-provider.ts';
import { wechatPay } from './wechat-pay.ts';

const NOTICE_PATH = '/api/payments/wechat/notice';

/** WeChat Pay when it is configured, with its keys read. Throws in words for a file that holds no key. */
export async function openWechatPay(
  { wechatPay: settings, publicUrl }: Pick<Config, 'wechatPay' | 'publicUrl'>,
  clock: () => number,
): Promise<PaymentProvider[]> {
  if (!settings) return [];
  const { merchantId, appId, serial, keyFile, apiKey, publicKeyFile, publicKeyId, apiRoot } = settings;
  const privateKey = await readKey(keyFile, 'WECHAT_PAY_KEY_FILE', createPrivateKey);
  const publicKey = await readKey(publicKeyFile, 'WECHAT_PAY_PUBLIC_KEY_FILE', createPublicKey);
  return [
    wechatPay({
      merchantId,
      appId,
      serial,
      privateKey,
      apiV3Key: Buffer.from(apiKey),
      platformKeys: new Map([[publicKeyId, publicKey]]),
      noticeUrl: `${publicUrl}${NOTICE_PATH}`,
      ...(apiRoot && { apiRoot }),
      clock,
    }),
  ];
}

async function readKey(path: string, name: string, parse: (pem: string) => KeyObject): Promise<KeyObject> {
  const pem = await readFile(path, 'utf8').catch(() => {
    throw new Error(`${name}: there is no file at ${path} that this program may read.`);
  });
  try {
    const key = parse(pem);
    if (key.asymmetricKeyType === 'rsa') return key;
  } catch {
    // It is told below, without a word of what the file holds.
  }
  throw new Error(`${name}: ${path} must hold an RSA key in PEM.`);
}
