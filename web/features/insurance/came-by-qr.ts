let scannedSiteId: string | null = null;

/**
 * Whether this place was opened by the code on its poster (`?from=qr`). Other places that are opened afterwards keep
 * the query, but nobody scanned theirs.
 */
export function cameByQr(siteId: string): boolean {
  if (scannedSiteId === null && new URLSearchParams(window.location.search).get('from') === 'qr')
    scannedSiteId = siteId;
  return scannedSiteId === siteId;
}
