import { CLAIMANT_NAME } from './session.ts';

export type SettlementTerms = {
  requestNumber: string;
  respondentName: string;
  version: number;
  text: string;
  amountFen: number | null;
  /** `YYYY-MM-DD`; null: nothing is paid, or at once. */
  payBy: string | null;
};

/**
 * The document that both sides see word by word and confirm: its hash is over exactly this text. It names no claimant.
 * What was written keeps its lines.
 */
export function settlementDocument(terms: SettlementTerms): string {
  const { requestNumber, respondentName, version, text, amountFen, payBy } = terms;
  return [
    '调解协议书',
    `案号：${requestNumber}　第 ${version} 稿`,
    `申请人：${CLAIMANT_NAME}`,
    `被申请人：${respondentName}`,
    '',
    text,
    '',
    amountFen === null ? '金额：无' : `金额：人民币 ${yuan(amountFen)} 元`,
    payBy === null ? '支付期限：无' : `支付期限：${payBy} 前（含当日）`,
    '双方以本人手机收到的验证码确认本协议全文。',
  ].join('\n');
}

function yuan(fen: number): string {
  return `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
}
