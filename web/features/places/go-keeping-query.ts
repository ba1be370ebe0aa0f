import { navigate } from '../../ui/location.ts';

/** Goes to another page of the map with the same filter and view: query and fragment as they are at this moment. */
export function goKeepingQuery(path: string): void {
  navigate(path + window.location.search + window.location.hash);
}
