import { paths } from '../../client/paths.ts';

/**
 * Passes on the link of a place: by the phone's own share sheet, else to the clipboard. The link names the place only,
 * neither the filter nor what part of the map is shown. `cancelled`: the person changed their mind.
 */
export async function sharePlace(site: {
  id: string;
  name: string;
}): Promise<'shared' | 'copied' | 'failed' | 'cancelled'> {
  const url = new URL(paths.site(site.id), window.location.origin).href;
  if ('share' in navigator) {
    try {
      await navigator.share({ title: site.name, url });
      return 'shared';
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return 'cancelled';
    }
  }
  try {
    await navigator.clipboard.writeText(url);
    return 'copied';
  } catch {
    return 'failed';
  }
}
