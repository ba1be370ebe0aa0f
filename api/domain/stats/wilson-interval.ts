/** The standard normal's 97.5 % quantile: 95 % of it lie within ± this. */
const Z_95 = 1.959_963_984_540_054;

/**
 * The 95 % interval of a share of which `count` of `total` were seen (Wilson 1927): with few cases it is wide, and it
 * never leaves 0 to 1. Throws a RangeError unless 0 ≤ count ≤ total and total > 0.
 */
export function wilsonInterval(count: number, total: number): { low: number; high: number } {
  if (!(total > 0 && count >= 0 && count <= total)) throw new RangeError(`${count} of ${total} is no share`);
  const share = count / total;
  const z2 = Z_95 ** 2 / total;
  const middle = share + z2 / 2;
  const spread = Z_95 * Math.sqrt((share * (1 - share)) / total + z2 / (4 * total));
  return { low: Math.max(0, (middle - spread) / (1 + z2)), high: Math.min(1, (middle + spread) / (1 + z2)) };
}
