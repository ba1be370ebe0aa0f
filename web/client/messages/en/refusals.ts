import type { refusals as zh } from '../zh/refusals.ts';

export const refusals: typeof zh = {
  codes: {
    invalid_request: 'Something in it is not valid. Check it and try again.',
    not_signed_in: 'You are not signed in, or not any more. Sign in again.',
    not_allowed: 'Your role does not allow this. Ask an administrator if you need it.',
    not_found: 'Not found; it may have been removed.',
    site_not_found: 'There is no such place, or it is not yours to keep.',
    site_gone: 'This place is gone.',
    body_too_large: 'That is too large. Send less.',
    too_many_requests: 'Too many attempts. Wait a few minutes.',
    changed_meanwhile: 'Somebody has just changed it. Open it again.',
    precondition_required: 'The page is too old. Open it again.',
    INVALID_OTP: 'The code is wrong or has expired.',
    OTP_EXPIRED: 'The code has expired. Ask for a new one.',
    OTP_NOT_FOUND: 'The code is wrong or has expired.',
    TOO_MANY_ATTEMPTS: 'Too many wrong tries; this code no longer holds. Ask for a new one.',
    INVALID_PHONE_NUMBER: 'Enter a mobile number of 11 digits.',
    INVALID_USERNAME_OR_PASSWORD: 'The name or the password is wrong.',
    INVALID_USERNAME: 'The name or the password is wrong.',
    INVALID_PASSWORD: 'The password is wrong.',
    INVALID_CODE: 'The code is wrong. Take the latest 6 digits from the authenticator.',
    INVALID_TWO_FACTOR_COOKIE: 'That took too long. Sign in from the beginning.',
  },
  statuses: {
    '401': 'You are not signed in, or not any more. Sign in again.',
    '403': 'Your role does not allow this.',
    '404': 'Not found.',
    '429': 'Too many attempts. Wait a few minutes.',
  },
  offline: 'No network. Connect and try again; nothing was saved.',
  slow: 'No answer for 20 seconds. Try again.',
  serverError: (requestId) =>
    requestId
      ? `Something went wrong on the server. Try again later. Number: ${requestId}`
      : 'Something went wrong on the server. Try again later.',
  unknown: 'That did not work. Try again.',
};
