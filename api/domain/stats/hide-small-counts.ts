/**
 * Counts of a table beside which their sum may be published, with those hidden (null) that could point at somebody:
 * every count below `least`, and with them the smallest other one (all, where several are), so that none can be worked
 * out from the sum: nobody can tell which of the hidden is the one that is not small.
 */
export function hideSmallCounts(counts: readonly number[], least: number): (number | null)[] {
  if (counts.every((count) => count >= least)) return [...counts];
  const smallestOther = Math.min(...counts.filter((count) => count >= least));
  return counts.map((count) => (count < least || count === smallestOther ? null : count));
}

/** The sum that may stand beside them; null where all of them are small, so that it would tell too much. */
export function publicSum(counts: readonly number[], least: number): number | null {
  return counts.some((count) => count >= least) ? counts.reduce((a, b) => a + b, 0) : null;
}
