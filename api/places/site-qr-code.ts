import QRCode from 'qrcode';

/** The code on a site's poster: opens the site's page, and says that it came by the poster. SVG text. */
export function siteQrCode(publicUrl: string, siteId: string): Promise<string> {
  return QRCode.toString(`${publicUrl}/sites/${siteId}?from=qr`, { type: 'svg', errorCorrectionLevel: 'Q', margin: 2 });
}
