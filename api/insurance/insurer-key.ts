import { createHash, createHmac, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import type { FeedKey } from '#domain/insurance/ledger-contract.ts';
import type { Vault } from '../platform/vault.ts';

/** The DER of an Ed25519 private key (RFC 8410) up to its 32 bytes. */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
const PSEUDONYM_HEX = 32;

/** The key under which files for insurers are signed; it follows from the program's secret, so that every process has it. */
function privateKey(vault: Vault): KeyObject {
  const seed = vault.secretFor('insurer feed, Ed25519');
  return createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: 'der', type: 'pkcs8' });
}

/** What an insurer checks signatures with. */
export function getFeedKey(vault: Vault): FeedKey {
  const publicKey = createPublicKey(privateKey(vault));
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url');
  return {
    algorithm: 'Ed25519',
    keyId: createHash('sha256').update(raw).digest('hex'),
    publicKeyPem: publicKey.export({ format: 'pem', type: 'spki' }) as string,
  };
}

/** The detached signature of a file: the 64 bytes of Ed25519 over all its bytes. */
export function signFile(vault: Vault, bytes: Uint8Array): Buffer {
  return sign(null, bytes, privateKey(vault));
}

/**
 * Names a person to one insurer: the same in every file for it, different for every other insurer, and without the key
 * nobody can tell whose it is.
 */
export function pseudonymsFor(vault: Vault, insurerId: string): (personId: string) => string {
  const key = vault.secretFor('insurer feed, pseudonyms');
  return (personId) =>
    createHmac('sha256', key).update(`${insurerId}\n${personId}`).digest('hex').slice(0, PSEUDONYM_HEX);
}
