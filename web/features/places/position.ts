import { useEffect, useSyncExternalStore } from 'react';
import { distanceM } from '#domain/geo/geodesic.ts';

/**
 * Where the phone is. It stays in this module and on the map: nothing here or in what uses it sends it anywhere.
 * `unavailable`: permitted, but there is no fix (no signal, switched off, too slow).
 */
export type PhonePosition = {
  status: 'idle' | 'asking' | 'following' | 'denied' | 'unavailable' | 'unsupported';
  position: { lng: number; lat: number; accuracyM: number } | null;
};

/** Smaller moves than this are noise and would only make the list restless. */
const MOVED_M = 10;
const OPTIONS: PositionOptions = { enableHighAccuracy: true, maximumAge: 15_000, timeout: 15_000 };

let state: PhonePosition = { status: 'idle', position: null };
let watch: number | null = null;
let users = 0;
const listeners = new Set<() => void>();

/** Follows the position while it is shown. It asks nobody: it starts by itself only where it was allowed before. */
export function usePosition(): PhonePosition {
  useEffect(function followWhereAllowed() {
    users += 1;
    void startIfAllowed();
    return () => {
      users -= 1;
      if (!users) stopWatching();
    };
  }, []);
  return useSyncExternalStore(subscribe, () => state);
}

/** Asks for the position; call it only when the rider taps. */
export function askForPosition(): void {
  if (!('geolocation' in navigator)) return set({ status: 'unsupported', position: null });
  stopWatching();
  if (!state.position) set({ status: 'asking', position: null });
  watch = navigator.geolocation.watchPosition(onPosition, onFailure, OPTIONS);
}

async function startIfAllowed(): Promise<void> {
  if (watch !== null) return;
  try {
    const { state: permission } = await navigator.permissions.query({ name: 'geolocation' });
    if (permission === 'granted' && users && watch === null) askForPosition();
  } catch {
    // Older browsers do not tell; then the rider taps.
  }
}

function onPosition({ coords }: GeolocationPosition): void {
  const next = { lng: coords.longitude, lat: coords.latitude, accuracyM: coords.accuracy };
  const { position } = state;
  const settled = position && next.accuracyM > 0.6 * position.accuracyM && distanceM(position, next) < MOVED_M;
  if (state.status !== 'following' || !settled) set({ status: 'following', position: next });
}

function onFailure({ code }: GeolocationPositionError): void {
  if (code === 1) {
    stopWatching();
    set({ status: 'denied', position: null });
  } else if (!state.position) set({ status: 'unavailable', position: null });
}

function stopWatching(): void {
  if (watch !== null) navigator.geolocation.clearWatch(watch);
  watch = null;
}

function set(next: PhonePosition): void {
  state = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
