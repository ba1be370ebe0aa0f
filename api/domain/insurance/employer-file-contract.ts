import { z } from 'zod';
import { DayRange, PaymentView } from './enrolment-contract.ts';
import {
  EMPLOYER_COLUMNS,
  EMPLOYER_FILE_PROBLEMS,
  EMPLOYER_FILE_STATES,
  EMPLOYER_ISSUES,
  EMPLOYER_ROW_STATES,
} from './employer-file-states.ts';

const Fen = z.int().min(0);
const Instant = z.iso.datetime({ offset: true });
const Count = z.int().min(0);

/** `GET /api/office/employer-files/:id` */
export const EmployerFileView = z.object({
  id: z.uuid(),
  employerName: z.string(),
  fileName: z.string(),
  state: z.enum(EMPLOYER_FILE_STATES),
  createdAt: Instant,
  rowsTotal: Count,
  /** How many rows the work that runs (checking, holding) is through. */
  rowsDone: Count,
  counts: z.object({ good: Count, bad: Count, already: Count }),
  /** Over the good rows: people, their days, and what that costs. */
  workers: Count,
  coveredDays: Count,
  ownFen: Fen,
  subsidyFen: Fen,
  problem: z.enum(EMPLOYER_FILE_PROBLEMS).nullable(),
  /** Columns of the file that were not used, by their names. */
  unusedColumns: z.array(z.string()),
  payment: PaymentView.nullable(),
  /** Held days are free again then. */
  heldUntil: Instant.nullable(),
  insuredAt: Instant.nullable(),
  /** Messages to workers. */
  told: z.object({ sent: Count, waiting: Count, failed: Count }),
  /** A refund of all of it, when it was paid too late. */
  refundedFen: Fen,
});
export type EmployerFileView = z.infer<typeof EmployerFileView>;

const EmployerIssueView = z.object({
  code: z.enum(EMPLOYER_ISSUES),
  column: z.enum(EMPLOYER_COLUMNS).nullable(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

export const EmployerRowView = z.object({
  /** As a spreadsheet counts. */
  row: z.int(),
  state: z.enum(EMPLOYER_ROW_STATES),
  /** Masked; null where there is nothing to mask, or once the file's rows were destroyed. */
  name: z.string().nullable(),
  idNumber: z.string().nullable(),
  phone: z.string().nullable(),
  days: z.array(DayRange),
  ownFen: Fen,
  subsidyFen: Fen,
  issues: z.array(EmployerIssueView),
});
export type EmployerRowView = z.infer<typeof EmployerRowView>;

export const EmployerRowPage = z.object({ rows: z.array(EmployerRowView), nextCursor: z.string().nullable() });
export type EmployerRowPage = z.infer<typeof EmployerRowPage>;

/** `POST /api/office/employer-files/:id/confirm` */
export const ConfirmEmployerFile = z.strictObject({
  /** Rows that are bad are left out; without it, a file with any is refused. */
  leaveBadRowsOut: z.boolean(),
  /** What was shown; refused when it is another sum by now. */
  ownFen: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
  /** The employer says that the workers know of it. */
  workersKnow: z.literal(true),
});
export type ConfirmEmployerFile = z.infer<typeof ConfirmEmployerFile>;
