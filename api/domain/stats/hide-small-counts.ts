/**
 * Counts of a table whose sum is published beside them, with those hidden (null) that could point at somebody: every
 * count below `least`, and with them as many others, the smallest first, as it takes that no hidden one can be worked
 * out: never only one, and together at least `least`.
 */
export function hideSmallCounts(counts: readonly number[], least: number): (number | null)[] {
  const hidden = new Set(counts.flatMap((count, i) => (count < least ? [i] : [])));
  if (hidden.size === 0) return [...counts];
  const others = counts.flatMap((_, i) => (hidden.has(i) ? [] : [i])).sort((a, b) => counts[a]! - counts[b]!);
  const hiddenSum = () => [...hidden].reduce((sum, i) => sum + counts[i]!, 0);
  while (others.length > 0 && (hidden.size < 2 || hiddenSum() < least)) hidden.add(others.shift()!);
  return counts.map((count, i) => (hidden.has(i) ? null : count));
}

/** The sum that may stand beside them: null where it is small itself, or where it would give a single cell away. */
export function publicSum(counts: readonly number[], least: number): number | null {
  const sum = counts.reduce((a, b) => a + b, 0);
  const shown = hideSmallCounts(counts, least);
  const hidden = shown.filter((count) => count === null).length;
  const hiddenSum = sum - shown.reduce<number>((a, b) => a + (b ?? 0), 0);
  return sum < least || (hidden > 0 && (hidden < 2 || hiddenSum < least)) ? null : sum;
}
