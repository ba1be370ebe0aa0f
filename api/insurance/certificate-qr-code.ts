import QRCode from 'qrcode';

/** The code on a certificate: opens the page where anybody can check it. SVG text. */
export function certificateQrCode(publicUrl: string, code: string): Promise<string> {
  return QRCode.toString(`${publicUrl}/certificates/${code}`, { type: 'svg', errorCorrectionLevel: 'Q', margin: 2 });
}
