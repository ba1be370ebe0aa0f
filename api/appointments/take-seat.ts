import { findSlot, freeSeats, type Seat, type Slot } from '#domain/appointments/slots.ts';
import type { HolidayLookup } from '#domain/time/holidays.ts';
import type { Transaction } from '../../db/connect.ts';
import { Problem, refuseField } from '../http/problem.ts';
import { type OfferAtSite, takenSeats } from './load-offers.ts';

/**
 * The slot that begins then, and a free seat in it. The offer must be locked: then the seat stays free until it is
 * written. Throws `slot_not_offered` and `slot_taken`.
 */
export async function findSeat(
  tx: Transaction,
  { offer, schedule }: OfferAtSite,
  holidays: HolidayLookup,
  { startMs, nowMs, except }: { startMs: number; nowMs: number; except?: string },
): Promise<{ slot: Slot; seat: Seat }> {
  const slot = offer.isBookable ? findSlot(schedule, holidays, startMs, nowMs) : undefined;
  if (!slot) {
    throw refuseField(
      'slot_not_offered',
      'startsAt',
      'No slot that can still be booked begins then. Choose one from the list.',
    );
  }
  const around = { fromMs: slot.startMs - 86_400_000, toMs: slot.endMs + 86_400_000 };
  const taken = await takenSeats(tx, [offer.id], around, except);
  const [seat] = freeSeats(schedule, slot, taken.get(offer.id) ?? []);
  if (!seat) throw slotTaken();
  return { slot, seat };
}

function slotTaken(): Problem {
  return new Problem(
    'slot_taken',
    'Somebody else has just taken the last seat. Choose another slot, or wait for one to be freed.',
  );
}

/** Runs what writes a seat, and says in words what the database refuses. Throws `slot_taken` and `appointment_overlaps`. */
export async function writingSeat<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const cause =
      error instanceof Error ? (error.cause as { code?: string; constraint_name?: string } | undefined) : undefined;
    if (cause?.code !== '23P01') throw error;
    if (cause.constraint_name === 'appointments_one_place_at_a_time') {
      throw new Problem('appointment_overlaps', 'You have another appointment at that time. Cancel or move it first.');
    }
    throw slotTaken();
  }
}
