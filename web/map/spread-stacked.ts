/** How far places at the very same point are moved apart, in CSS pixels. */
const RING_PX = 17;

/**
 * Several places often share one point (the desks of one hall). Where no zoom can part them they stand in a ring, in
 * the order given. Answers one `[dx, dy]` in pixels per point; a place alone stays where it is.
 */
export function spreadStacked(points: readonly { lng: number; lat: number }[]): [number, number][] {
  const stacks = new Map<string, number[]>();
  points.forEach(({ lng, lat }, index) => {
    const key = `${lng.toFixed(5)} ${lat.toFixed(5)}`;
    const stack = stacks.get(key);
    if (stack) stack.push(index);
    else stacks.set(key, [index]);
  });
  const offsets: [number, number][] = points.map(() => [0, 0]);
  for (const stack of stacks.values()) {
    if (stack.length === 1) continue;
    // The ring grows with the number, so that neighbours on it do not overlap.
    const radiusPx = RING_PX / Math.sin(Math.PI / Math.max(stack.length, 2));
    stack.forEach((index, place) => {
      const angle = (2 * Math.PI * place) / stack.length - Math.PI / 2;
      offsets[index] = [radiusPx * Math.cos(angle), radiusPx * Math.sin(angle)];
    });
  }
  return offsets;
}
