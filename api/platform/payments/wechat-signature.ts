import { createDecipheriv, createSign, createVerify, type KeyObject, randomBytes } from 'node:crypto';
import { PaymentProblem } from './payment-provider.ts';

/**
 * The signatures of WeChat Pay's API v3, as its documents on making and checking signatures describe them
 * (pay.weixin.qq.com, `wechatpay4_0` and `wechatpay4_1`; the public key in place of platform certificates since 2024).
 */
const SCHEMA = 'WECHATPAY2-SHA256-RSA2048';
/** Answers and callbacks older, or further ahead, are refused. */
const MAX_AGE_S = 300;
const TAG_BYTES = 16;

export type Signer = {
  merchantId: string;
  /** Of the merchant's own certificate. */
  serial: string;
  privateKey: KeyObject;
};

/** The `Authorization` of a request. `pathAndQuery` and `body` are exactly what is sent. */
export function authorize(
  { merchantId, serial, privateKey }: Signer,
  { method, pathAndQuery, body }: { method: string; pathAndQuery: string; body: string },
  nowMs: number,
): string {
  const timestamp = Math.floor(nowMs / 1000);
  const nonce = randomBytes(16).toString('hex').toUpperCase();
  const message = `${method}\n${pathAndQuery}\n${timestamp}\n${nonce}\n${body}\n`;
  const signature = createSign('RSA-SHA256').update(message).sign(privateKey, 'base64');
  return `${SCHEMA} mchid="${merchantId}",nonce_str="${nonce}",signature="${signature}",timestamp="${timestamp}",serial_no="${serial}"`;
}

/**
 * Checks that WeChat Pay itself wrote a body, lately. Throws `PaymentProblem` (`not_genuine`) for a missing, wrong or old
 * signature, and for one by a key that is not among `publicKeys`, which are named by `Wechatpay-Serial`.
 */
export function assertGenuine(
  publicKeys: ReadonlyMap<string, KeyObject>,
  headers: Headers,
  body: string,
  nowMs: number,
): void {
  const [serial, timestamp, nonce, signature] = ['serial', 'timestamp', 'nonce', 'signature'].map(
    (name) => headers.get(`wechatpay-${name}`) ?? '',
  ) as [string, string, string, string];
  if (!serial || !nonce || !signature) throw refused('it is not there');
  const publicKey = publicKeys.get(serial);
  if (!publicKey) throw refused('it is by a key that is not configured');
  if (!/^\d{1,12}$/.test(timestamp)) throw refused('it has no time');
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > MAX_AGE_S) throw refused('it is more than five minutes off');
  const message = `${timestamp}\n${nonce}\n${body}\n`;
  if (!createVerify('RSA-SHA256').update(message).verify(publicKey, signature, 'base64')) throw refused('it is wrong');
}

export type SealedResource = {
  algorithm: string;
  ciphertext: string;
  associated_data?: string | undefined;
  nonce: string;
};

/** The plain text of a callback's resource (AEAD_AES_256_GCM). Throws `PaymentProblem` (`not_genuine`). */
export function openResource(apiV3Key: Buffer, resource: SealedResource): string {
  if (resource.algorithm !== 'AEAD_AES_256_GCM') throw unopened();
  const bytes = Buffer.from(resource.ciphertext, 'base64');
  if (bytes.length <= TAG_BYTES) throw unopened();
  try {
    const decipher = createDecipheriv('aes-256-gcm', apiV3Key, Buffer.from(resource.nonce), {
      authTagLength: TAG_BYTES,
    })
      .setAAD(Buffer.from(resource.associated_data ?? ''))
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]).toString();
  } catch {
    throw unopened();
  }
}

const refused = (why: string) => new PaymentProblem('not_genuine', `WeChat Pay's signature was refused: ${why}.`);
const unopened = () =>
  new PaymentProblem('not_genuine', 'The content of a callback of WeChat Pay was not to be opened.');
