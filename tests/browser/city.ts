/** What the service says, asked past the app: the tests compare the screens with it. */
import type { SiteCollection, SiteFeature } from '#domain/places/site.ts';
import type { Found } from '#domain/places/nearest.ts';
import { inject } from 'vitest';

export async function getJson<T>(path: string, server = inject('serverUrl')): Promise<T> {
  const response = await fetch(server + path);
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

export async function getFeatures(server?: string): Promise<SiteFeature[]> {
  return (await getJson<SiteCollection>('/api/sites', server)).features;
}

export async function getSite(id: string, server?: string): Promise<SiteFeature> {
  return getJson<SiteFeature>(`/api/sites/${id}`, server);
}

export type NearestAnswer = { reachable: Found<SiteFeature>[]; acrossWater: Found<SiteFeature>[] };

export async function askNearest(
  { lng, lat }: { lng: number; lat: number },
  query: Record<string, string> = {},
): Promise<NearestAnswer> {
  const search = new URLSearchParams({ lng: String(lng), lat: String(lat), mode: 'ebike', limit: '20', ...query });
  return getJson(`/api/sites/nearest?${search}`);
}

/** The one place that fits; throws when there is none. */
export function pick(features: readonly SiteFeature[], fits: (feature: SiteFeature) => boolean): SiteFeature {
  const found = features.find(fits);
  if (!found) throw new Error('No place of the demo city fits this test');
  return found;
}
