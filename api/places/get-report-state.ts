import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { ReportState } from '#domain/places/office-contract.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database } from '../../db/connect.ts';
import { reportAnswers } from '../../db/tables/office.ts';
import { siteReports } from '../../db/tables/places.ts';
import { Problem } from '../http/problem.ts';

/** What became of a report, for whoever knows its id: only the phone that sent it does. Throws `report_not_found`. */
export async function getReportState(db: Database, id: string): Promise<z.infer<typeof ReportState>> {
  const [row] = await db
    .select({ answer: reportAnswers })
    .from(siteReports)
    .leftJoin(reportAnswers, eq(reportAnswers.reportId, siteReports.id))
    .where(eq(siteReports.id, id));
  if (!row)
    throw new Problem('report_not_found', 'No report was stored under this id. It may still wait on the phone.');
  const { answer } = row;
  if (!answer) return { state: 'open', outcome: null, words: null, answeredOn: null };
  return {
    state: 'answered',
    outcome: answer.outcome,
    words: answer.words,
    answeredOn: shanghaiDay(answer.at.getTime()),
  };
}
