import { useEffect, useRef } from 'react';
import { followSites } from '../client/follow-sites.ts';
import { useMessages } from '../client/messages.ts';
import { announce } from '../ui/notices.tsx';
import { type PlaceKeys, usePlaceKeys } from './use-place-keys.ts';

/**
 * What goes with the list and shows nothing: number keys, the number of places said aloud, changes as they happen. It
 * comes after the list.
 */
export function ListCompanion({
  keys,
  count,
  filter,
  nearestName,
}: {
  keys: PlaceKeys;
  /** How many places fit; null while that is not known. */
  count: number | null;
  /** Said anew when this is another object, not when the clock or the rider moves. */
  filter: object;
  nearestName: string | null;
}) {
  usePlaceKeys(keys);
  useSaidCount(count, filter, nearestName);
  useEffect(followSites, []);
  return null;
}

function useSaidCount(count: number | null, filter: object, nearestName: string | null): void {
  const { countAnnounce } = useMessages().places.list;
  const latest = useRef({ count, nearestName });
  useEffect(function rememberCount() {
    latest.current = { count, nearestName };
  });
  const ready = count !== null;
  const saidFor = useRef<object | null>(null);
  useEffect(
    function sayCount() {
      if (!ready || saidFor.current === filter) return;
      const timer = setTimeout(() => {
        saidFor.current = filter;
        announce(countAnnounce(latest.current.count ?? 0, latest.current.nearestName));
      }, 400);
      return () => clearTimeout(timer);
    },
    [ready, filter, countAnnounce],
  );
}
