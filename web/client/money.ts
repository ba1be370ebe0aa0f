/** `0.40`, `400,000.00`: integer fen as yuan, without the sign. */
export function yuanOf(fen: number): string {
  const [yuan, rest] = (Math.abs(fen) / 100).toFixed(2).split('.') as [string, string];
  return `${fen < 0 ? '-' : ''}${yuan.replaceAll(/\B(?=(\d{3})+$)/g, ',')}.${rest}`;
}

/** Yuan as somebody types them (`1,200.5`, `￥80`) in fen; null when it is no amount. At most 100 million yuan. */
export function readYuan(text: string): number | null {
  const plain = text.normalize('NFKC').replaceAll(/[\s,¥元]/g, '');
  if (!/^\d{1,9}(\.\d{1,2})?$/.test(plain)) return null;
  const [yuan, rest = ''] = plain.split('.') as [string, string?];
  const fen = Number(yuan) * 100 + Number(rest.padEnd(2, '0'));
  return fen <= 100_000_000_00 ? fen : null;
}
