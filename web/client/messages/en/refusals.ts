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
    foreign_page: 'This was not sent from a page of Luyi. Use its own pages.',
    code_wrong: 'The code is wrong, used up or too old (5 minutes, 3 tries). Check it, or ask for a new one.',
    sign_in_failed: 'The name or the password is wrong. Riders sign in with their phone.',
    second_factor_failed:
      'The code is wrong or was used. Wait for the next one; after a long wait sign in from the beginning.',
    second_factor_state: 'The authenticator is in another state by now. Load the page again.',
    password_wrong: 'The password is wrong, or the new one is too short. Nothing was changed.',
    demo_account: 'Others use this demo account too; it stays as it is. Nothing was changed.',
    message_not_sent: 'The message could not be sent. Try again in a minute.',
    person_not_found: 'There is no such account. Check the name.',
    membership_not_found: 'There is no such role; it may have ended.',
    membership_held: 'They hold this role already.',
    name_taken: 'This name is taken. Choose another.',
    reset_void:
      'This link was used, is over, or a newer one took its place (it works once, for 30 minutes). Ask your administrator for another.',
    own_account:
      'Nobody makes a link for themselves. Change your password with the old one, or ask another administrator.',
    needs_password: 'Staff need an account with a password. Make one for them first.',
    last_administrator: 'This is the last administrator. Give somebody else that role first.',
    consent_missing: 'The wording has changed. Open this page again, read it and agree anew.',
    nothing_kept: 'Nothing of this kind is kept.',
    import_state: 'It has moved on meanwhile; the page is renewed, please look again.',
    import_incomplete: 'Something must be decided first: see “Before it can be stored”.',
    import_busy: 'Other lists are being read. Try again in a minute.',
    import_not_found: 'There is no such import, or it is not yours.',
    import_row_not_found: 'This row is gone; the page is renewed.',
    broken_upload: 'The upload broke off. Try again; nothing was stored.',
    unsupported_media_type: 'That was not a file. Choose it again.',
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
