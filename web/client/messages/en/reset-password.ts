import type { resetPassword as zh } from '../zh/reset-password.ts';

export const resetPassword: typeof zh = {
  title: 'New password',
  looking: 'Checking the link…',
  incomplete: 'The link is not whole. Open it just as your administrator gave it to you, or ask for another.',
  whose: (name, username) => `A new password for ${name} (account ${username}).`,
  until: (time) => `The link is good until ${time} and works once.`,
  notYou: 'If this is not your account, close the page and tell your administrator.',
  signsOut: 'It signs this account out on every device.',
  removes: 'The authenticator is taken away too. Set it up anew under “Mine” once you are in.',
  keeps: 'The authenticator stays; signing in still asks for its code.',
  next: 'New password',
  hint: (min) => `At least ${min} characters`,
  again: 'Once more',
  tooShort: (min) => `The password needs at least ${min} characters.`,
  differs: 'The two are not the same.',
  show: 'Show the password',
  save: 'Set the password',
  saving: 'Saving…',
  done: 'The new password is set. Sign in with it.',
  toSignIn: 'Sign in',
};
