import { type ComponentType, lazy } from 'react';
import { firstScreenShown } from './first-screen.ts';

/** A part of the screen whose code comes when it is first wanted. When it cannot be fetched, the error is the page's. */
export function later<Props>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => ({ default: await load() }));
}

/** A part that waits until the first screen has been shown. When it cannot be fetched, `otherwise` stands in its place. */
export function afterFirstScreen<Props>(
  load: () => Promise<ComponentType<Props>>,
  otherwise: ComponentType<Props> = Nothing,
) {
  return later<Props>(() => firstScreenShown.then(load).catch(() => otherwise));
}

function Nothing() {
  return null;
}
