/** The secret inside an `otpauth://` address, in groups of four for typing; null when there is none. */
export function totpSecret(uri: string): string | null {
  const secret = /[?&]secret=([A-Z2-7]+)=*/i.exec(uri)?.[1];
  return secret ? (secret.toUpperCase().match(/.{1,4}/g) ?? []).join(' ') : null;
}
