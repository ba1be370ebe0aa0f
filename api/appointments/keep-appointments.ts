import type { HolidayLookup } from '#domain/time/holidays.ts';
import { type MessengerOptions, remindOfAppointments, sendAppointmentMessages } from './appointment-messenger.ts';
import { passOnSlots } from './waiting-list.ts';

/** What housekeeping does for appointments every few minutes: freed slots passed on, reminders, messages sent. */
export async function keepAppointments(
  options: MessengerOptions & { holidays: HolidayLookup },
  nowMs: number,
): Promise<void> {
  await passOnSlots(options.db, options.holidays, nowMs);
  await remindOfAppointments(options.db, nowMs);
  await sendAppointmentMessages(options, nowMs);
}
