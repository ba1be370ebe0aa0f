import { addDays } from '../time/shanghai.ts';

/** 人社厅发〔2024〕4号: mediation ends within 15 days of acceptance, and at most 15 more when both parties agree. */
export const CLOCK_DAYS = 15;
export const EXTENSION_DAYS = 15;

/**
 * The last day of a mediation, `YYYY-MM-DD` in Asia/Shanghai, counted in calendar days from the day after acceptance. It
 * never pauses.
 */
export function lastMediationDay(acceptedOn: string, isExtended: boolean): string {
  return addDays(acceptedOn, CLOCK_DAYS + (isExtended ? EXTENSION_DAYS : 0));
}
