/** How many of the latest tiles count. */
const REMEMBERED = 12;
/** Fewer outcomes than this say nothing. */
const NEEDED = 4;

/**
 * Says whether the street map is reachable, from the outcomes of its latest tiles: failing when more than half of
 * them failed. `record` answers the new state when it changed, else null.
 */
export function createTileHealth() {
  let outcomes: boolean[] = [];
  let failing = false;
  return {
    record(loaded: boolean): boolean | null {
      outcomes = [...outcomes.slice(1 - REMEMBERED), loaded];
      const failed = outcomes.filter((outcome) => !outcome).length;
      const now = outcomes.length >= NEEDED ? failed * 2 > outcomes.length : failing;
      if (now === failing) return null;
      failing = now;
      return now;
    },
  };
}
