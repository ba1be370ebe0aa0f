import type { ClaimAction } from './claim-lifecycle.ts';

/** What a message tells: an action that was taken, or that somebody is waited for. */
export type ClaimMessageKind = ClaimAction | 'reminder';

/**
 * The text that goes to a claimant's phone. It names the claim by its number only: no name, amount, injury or place, for
 * a phone lies on tables. Null: this is not told.
 */
export function claimMessage(kind: ClaimMessageKind, claimNumber: string): string | null {
  const news = NEWS[kind];
  return news && `【鹭驿】理赔 ${claimNumber}：${news}登录鹭驿“我的”查看详情。`;
}

const NEWS: Readonly<Record<ClaimMessageKind, string | null>> = {
  report: '已收到您的报案，受理窗口会尽快联系处理。请妥善保管票据和病历。',
  request_materials: '还需要您补充材料，清单和期限见理赔页面。',
  supplement: null,
  receive: '已受理，正在核定。',
  assess: '核定已完成，正在审批。',
  return: null,
  approve: '审批已通过，等待付款。',
  decline: '审批未通过，理由和申诉办法见理赔页面。',
  pay: '赔款已付出，请留意到账。',
  close: '已结案。如有异议，仍可在期限内申诉。',
  appeal: '已收到申诉，由未参与原决定的人员处理。',
  reopen: '申诉成立，将由另一位人员重新核定。',
  uphold: '申诉已处理，维持原决定，理由见理赔页面。',
  withdraw: '已撤回。',
  reminder: '正在等您补充材料，期限将到；材料暂时不齐也可以先交已有的。',
};
