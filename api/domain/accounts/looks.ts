/** What others did with somebody's data or account, as the audit trail names it; that person sees all of it. */
export const LOOK_KINDS = [
  'person.find',
  'person.reveal',
  'account.reset_link',
  'account.password_reset',
  'account.second_factor_reset',
] as const;
export type LookKind = (typeof LOOK_KINDS)[number];
