import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';

/** The body of every error answer (RFC 9457). `code` is stable for programs; `detail` says what to do. */
export const ProblemBody = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  replacedBy: z.string().nullable().optional(),
  /** With `changed_meanwhile`: how it stands now. With `table_unreadable`: `{ code, params }` of what is wrong. */
  current: z.unknown().optional(),
  requestId: z.string().optional(),
});
export type ProblemBody = z.infer<typeof ProblemBody>;

/** The only place that knows status codes and titles. */
const PROBLEMS = {
  invalid_request: [400, 'The request is not valid'],
  broken_json: [400, 'The body is not JSON'],
  not_signed_in: [401, 'Nobody is signed in'],
  code_wrong: [400, 'The code does not fit'],
  sign_in_failed: [401, 'Name and password do not fit'],
  second_factor_failed: [401, 'The second code does not fit'],
  password_wrong: [400, 'The password does not fit'],
  second_factor_state: [409, 'The second factor is not in that state'],
  foreign_page: [403, 'Another page sent this'],
  demo_account: [403, 'A demo account stays as it is'],
  message_not_sent: [503, 'The message could not be sent'],
  person_not_found: [404, 'No such person'],
  membership_not_found: [404, 'No such membership'],
  membership_held: [409, 'This role is held already'],
  name_taken: [409, 'This user name is taken'],
  reset_void: [410, 'This link is worth nothing any more'],
  own_account: [409, 'This is your own account'],
  needs_password: [409, 'Staff need a user name and a password'],
  last_administrator: [409, 'There must be an administrator'],
  consent_missing: [409, 'The consent does not fit'],
  nothing_kept: [404, 'Nothing is kept there'],
  not_allowed: [403, 'You may not do this'],
  not_found: [404, 'There is nothing at this address'],
  site_not_found: [404, 'No such place'],
  report_not_found: [404, 'No such report'],
  request_not_found: [404, 'No such request'],
  revision_not_found: [404, 'No such revision'],
  draft_not_found: [404, 'No such draft'],
  handover_not_found: [404, 'No such hand-over'],
  site_gone: [410, 'This place is gone'],
  body_too_large: [413, 'The body is too large'],
  uri_too_long: [414, 'The address is too long'],
  unsupported_media_type: [415, 'The body must be application/json'],
  broken_upload: [400, 'The upload could not be read'],
  import_not_found: [404, 'There is no such import'],
  import_row_not_found: [404, 'The import has no such row'],
  session_not_found: [404, 'No such session'],
  session_state: [409, 'The session is not at this point'],
  settlement_changed: [409, 'This is not the settlement that stands'],
  join_void: [410, 'This link is worth nothing any more'],
  name_confidential: [422, 'This would tell a name that is confidential'],
  request_state: [409, 'The request is not at this point'],
  import_state: [409, 'The import is not at this point'],
  import_incomplete: [409, 'Something must be decided first'],
  import_busy: [429, 'Other lists are being read'],
  outside_city: [422, 'The point is outside Xiamen'],
  untimely_report: [422, 'The time of the report is not plausible'],
  point_at_sea: [422, 'The point is in the water'],
  other_district: [422, 'The point is in another district'],
  no_such_reference: [422, 'Something that is named here does not exist'],
  replaced_in_circle: [422, 'The replacement leads back to this place'],
  nothing_to_verify: [422, 'There is nothing to verify'],
  day_to_come: [422, 'The day is still to come'],
  terms_not_found: [404, 'No such policy terms'],
  terms_not_usable: [422, 'These policy terms cannot be put in force'],
  terms_changed: [409, 'Other policy terms are in force'],
  days_not_for_sale: [422, 'These days cannot be bought'],
  age_not_insurable: [422, 'The person is too young or too old on a day'],
  days_taken: [409, 'A day is insured already'],
  enrolment_not_found: [404, 'No such enrolment'],
  enrolment_state: [409, 'The enrolment is not at this point'],
  hold_expired: [409, 'The days are not held any more'],
  paid_by_employer: [409, 'An employer has paid for this'],
  cancel_too_late: [422, 'It is too late to cancel this day'],
  nothing_to_cancel: [409, 'There is nothing to cancel'],
  claim_open: [409, 'A claim is not closed yet'],
  certificate_not_found: [404, 'No such certificate'],
  payment_not_found: [404, 'No such payment'],
  payment_not_simulated: [409, 'Real payments are not simulated'],
  payment_amount_differs: [409, 'Another amount was paid than was asked for'],
  payment_unreachable: [503, 'The payment provider does not answer'],
  notice_not_genuine: [401, 'This is not from the payment provider'],
  id_number_held: [409, 'This ID number belongs to somebody else here'],
  id_number_other: [409, 'Another ID number is kept for you'],
  more_than_due: [422, 'This is more than is due'],
  day_not_closed: [409, 'This day is not closed yet'],
  day_differs: [409, 'The day does not agree with its close'],
  employer_file_not_found: [404, 'No such file'],
  employer_file_state: [409, 'The file is not at this point'],
  employer_file_bad_rows: [409, 'Rows of the file are not right'],
  employer_file_changed: [409, 'The sum is another one by now'],
  table_unreadable: [422, 'The file is no list that can be read'],
  needs_handover: [409, 'A place changes street by a hand-over'],
  already_decided: [409, 'This was decided before'],
  handover_open: [409, 'A hand-over of this place is open'],
  report_id_taken: [409, 'Another report has this id'],
  id_taken: [409, 'Something else has this id'],
  too_many_requests: [429, 'Too many requests'],
  changed_meanwhile: [412, 'Somebody else has changed this meanwhile'],
  precondition_required: [428, 'Say which version you changed'],
  too_many_rows: [422, 'Too many rows for one file'],
  too_many_streams: [503, 'Too many follow the changes already'],
  file_not_found: [404, 'There is no such file'],
  photo_not_found: [404, 'There is no such photo'],
  upload_not_found: [404, 'There is no such upload'],
  link_not_good: [403, 'The link is not good'],
  file_type: [415, 'This kind of file is not taken'],
  file_lies: [422, 'The file is not what it says'],
  file_broken: [422, 'The file cannot be read'],
  file_empty: [422, 'The file is empty'],
  file_too_large: [413, 'The file is too large'],
  file_differs: [422, 'What arrived is not what was announced'],
  no_such_file: [422, 'A file that is named here does not exist'],
  upload_offset: [409, 'The upload is at another point'],
  too_many_files: [429, 'Too many files'],
  files_unavailable: [503, 'Files cannot be kept at the moment'],
  claim_not_found: [404, 'No such claim'],
  sample_not_found: [404, 'No such sample'],
  claim_state: [409, 'The claim is not at this point'],
  claim_incomplete: [422, 'Something is missing for this step'],
  four_eyes: [409, 'Somebody else has to do this'],
  appeal_over: [409, 'No appeal is possible any more'],
  cover_used_up: [409, 'The limit of the cover is used up'],
  untimely_accident: [422, 'The time of the accident is not plausible'],
  no_such_office: [422, 'This place does not receive claims'],
  service_not_found: [404, 'No such service there'],
  slot_not_offered: [422, 'There is no such slot'],
  slot_taken: [409, 'The slot is full'],
  appointment_not_found: [404, 'No such appointment'],
  appointment_state: [409, 'The appointment is not at this point'],
  appointment_overlaps: [409, 'You have another appointment then'],
  too_many_appointments: [409, 'You have many appointments already'],
  waiting_not_found: [404, 'You do not wait there'],
  feed_not_found: [404, 'There is no such calendar'],
  no_tickets_now: [409, 'No tickets are given now'],
  ticket_not_found: [404, 'No such ticket'],
  ticket_state: [409, 'The ticket is not at this point'],
  person_erased: [410, 'The person was erased'],
  nothing_to_review: [422, 'There is nothing to draw from'],
  internal_error: [500, 'Something went wrong on our side'],
} as const satisfies Record<string, readonly [ContentfulStatusCode, string]>;
export type ProblemCode = keyof typeof PROBLEMS;

type Extra = Pick<ProblemBody, 'errors' | 'replacedBy' | 'requestId' | 'current'>;

/** Thrown anywhere below a route; `app.onError` answers it. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly extra: Extra;
  readonly headers: Record<string, string>;
  constructor(code: ProblemCode, detail?: string, extra: Extra = {}, headers: Record<string, string> = {}) {
    super(detail);
    this.code = code;
    this.extra = extra;
    this.headers = headers;
  }
}

export function answerProblem(c: Context, problem: Problem): Response {
  const [status, title] = PROBLEMS[problem.code];
  const body: ProblemBody = {
    type: `/api/docs#problem-${problem.code}`,
    title,
    status,
    code: problem.code,
    ...(problem.message && { detail: problem.message }),
    ...problem.extra,
  };
  return c.body(JSON.stringify(body), status, { 'content-type': 'application/problem+json', ...problem.headers });
}

/** Messages repeat what was sent, which may be as long as a body may be. */
const MAX_MESSAGE_LENGTH = 500;
const MAX_ERRORS = 20;

/** Turns zod's findings into a 400 whose words name each field. */
export function invalidRequest(error: z.core.$ZodError): Problem {
  const errors = error.issues.slice(0, MAX_ERRORS).map(({ path, message }) => ({
    path: path.join('.') || '(body)',
    message: message.length > MAX_MESSAGE_LENGTH ? `${message.slice(0, MAX_MESSAGE_LENGTH)} …` : message,
  }));
  return new Problem('invalid_request', errors.map(({ path, message }) => `${path}: ${message}`).join('; '), {
    errors,
  });
}

/** A refusal that is about one field of the body, so that a form can show it there. */
export function refuseField(code: ProblemCode, path: string, message: string): Problem {
  return new Problem(code, message, { errors: [{ path, message }] });
}

export const problemCodes = Object.entries(PROBLEMS).map(([code, [status, title]]) => ({ code, status, title }));

/** The error answers of a route, for the OpenAPI document. */
export function problemResponses(...codes: ProblemCode[]) {
  const responses: Record<number, { description: string; content: Record<string, { schema: typeof ProblemBody }> }> =
    {};
  for (const code of codes) {
    const [status, title] = PROBLEMS[code];
    const known = responses[status];
    responses[status] = {
      description: known ? `${known.description}; ${code}: ${title}` : `${code}: ${title}`,
      content: { 'application/problem+json': { schema: ProblemBody } },
    };
  }
  return responses;
}
