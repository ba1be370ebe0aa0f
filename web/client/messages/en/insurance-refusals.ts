/** Why the insurance said no, by the code of its problem; beside refusals.ts. */
export const insuranceRefusals: Partial<Record<string, string>> = {
  terms_not_found: 'There are no terms for that day.',
  terms_changed: 'The terms have just changed, and so may have the price. Please open this page again.',
  days_not_for_sale:
    'Some of the days cannot be bought now (too soon, too far ahead or too many). Please choose again. Nothing was charged.',
  age_not_insurable: 'On some of the days the age is outside the cover. Please choose again. Nothing was charged.',
  days_taken:
    'Some of the days were covered a moment ago and are marked now. Please choose again. Nothing was charged.',
  enrolment_not_found: 'There is no such enrolment, or it is not yours.',
  enrolment_state: 'It stands differently by now; the page will follow.',
  hold_expired: 'The days were kept no longer and are free again. Please choose anew.',
  paid_by_employer: 'An employer bought this; please ask them.',
  cancel_too_late: 'It is too late for that day, please choose a later one.',
  nothing_to_cancel: 'There is no day left to give back.',
  claim_open: 'A claim is still open; your data can be erased once it is closed.',
  certificate_not_found: 'There is no such certificate.',
  payment_not_found: 'There is no such payment.',
  payment_not_simulated: 'Here one really pays; nothing is simulated.',
  payment_unreachable: 'The payment service does not answer. Your days are kept; please try again.',
  id_number_held:
    'This ID number belongs to somebody else here. Please go to a service counter with your ID card. Nothing was stored.',
  id_number_other:
    'Another ID number is kept for you. If that one is wrong, a service counter can put it right. Nothing was stored.',
  claim_not_found: 'There is no such claim, or it is not yours.',
  claim_state: 'The claim has moved on; the page will follow. Please look again.',
  claim_incomplete: 'Something is missing for this step.',
  appeal_over: 'The time for an appeal is over. Call 12348 for legal aid.',
  untimely_accident: 'The time of the accident cannot be right, please check it.',
  no_such_office: 'That place does not receive claims, please choose another.',
  person_erased: 'The personal data was erased; nothing more can be done.',
  file_failed: 'A file could not be sent. Please hand in another.',
};
