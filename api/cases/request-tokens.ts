import { createHmac, timingSafeEqual } from 'node:crypto';
import { Problem } from '../http/problem.ts';
import type { Vault } from '../platform/vault.ts';

/** How long the holder of a retrieval code may follow and act before typing it again. */
const REQUEST_TOKEN_MS = 30 * 60_000;
export const REQUEST_TOKEN_HEADER = 'x-request-token';

export type Token = { id: string; token: string; expiresAt: string };
type TokenOptions = { key: Buffer; clock: () => number; goodForMs: number; whenOver: string };

/** Tokens that name one id until an end, signed. Nothing is stored. `whenOver`: what to do when one is not good. */
export function createTokens({ key, clock, goodForMs, whenOver }: TokenOptions) {
  const sign = (text: string) => createHmac('sha256', key).update(text).digest();
  return {
    make(id: string): Token {
      const end = clock() + goodForMs;
      const text = `${id}.${end}`;
      return { id, token: `${text}.${sign(text).toString('base64url')}`, expiresAt: new Date(end).toISOString() };
    },
    /** Throws `not_signed_in` for a token that is not ours or is over. */
    read(token: string): string {
      const [id = '', end = '', signature = ''] = token.split('.');
      const given = Buffer.from(signature, 'base64url');
      const right = sign(`${id}.${end}`);
      if (given.length !== right.length || !timingSafeEqual(given, right) || Number(end) < clock()) {
        throw new Problem('not_signed_in', whenOver);
      }
      return id;
    },
  };
}

/** Tokens for the holder of a retrieval code: they name the request. */
export function requestTokens(vault: Vault, clock: () => number) {
  return createTokens({
    key: vault.secretFor('request tokens'),
    clock,
    goodForMs: REQUEST_TOKEN_MS,
    whenOver: 'Half an hour is over. Give number and code once more.',
  });
}
