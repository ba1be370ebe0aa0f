/**
 * A clock that is set to another time and goes on from there. Loaded with `--import` before a server under test; the
 * pages of the browser tests get the same function.
 */

/** Moves `Date` of this realm by so many milliseconds. It goes into a page as text: it may use nothing from outside. */
export function shiftClock(offsetMs: number): void {
  const RealDate = Date;
  globalThis.Date = class extends RealDate {
    constructor(...given: []) {
      if (given.length === 0) super(RealDate.now() + offsetMs);
      else super(...given);
    }

    static override now(): number {
      return RealDate.now() + offsetMs;
    }
  } as DateConstructor;
}

const startAt = process.env.TEST_CLOCK;
if (startAt) shiftClock(Date.parse(startAt) - Date.now());
