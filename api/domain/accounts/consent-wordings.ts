import type { ConsentPurpose } from './consent.ts';
import type { PersonalField } from './personal-data.ts';

/**
 * What people agree to, in the words they see. A wording that was in use is never changed: a new one is added before
 * it, and the old ones stay, because stored consents name their version.
 */
export type ConsentWording = { version: string; zh: string; en: string };

export const CONSENT_WORDINGS: Readonly<Record<ConsentPurpose, readonly [ConsentWording, ...ConsentWording[]]>> = {
  identity: [
    {
      version: '2026-11',
      zh: '我同意鹭驿保存我的姓名、身份证号和联系电话，仅用于我本人申请的参保、理赔和调解。这些信息逐项加密保存，只有经办人员在说明理由后可以查看，每次查看都会留下记录。我可以随时撤回同意，撤回后这些信息将被删除；撤回不影响地图、找驿站等其他功能。',
      en: 'I agree that Luyi keeps my name, ID number and contact phone, only for the enrolment, claims and mediation that I ask for myself. Each is kept encrypted; staff who handle my case can see it only after giving a reason, and every look is recorded. I can withdraw at any time; the data is then deleted. The map and everything else go on working.',
    },
  ],
  bank_account: [
    {
      version: '2026-11',
      zh: '我同意鹭驿保存我的银行账号，仅用于向我支付理赔款或退款。账号加密保存，屏幕上只显示末四位，每次查看都会留下记录。我可以随时撤回同意，撤回后账号将被删除，尚未支付的款项需要另行约定领取方式。',
      en: 'I agree that Luyi keeps my bank account, only to pay me a benefit or a refund. It is kept encrypted, screens show the last four digits only, and every look is recorded. I can withdraw at any time; the account is then deleted, and for money not yet paid another way has to be agreed.',
    },
  ],
  medical: [
    {
      version: '2026-11',
      zh: '我同意鹭驿保存我提交的伤情和诊疗信息，仅用于办理我本人的理赔。这些信息加密保存，屏幕上默认不显示，每次查看都会留下记录。我可以随时撤回同意，撤回后这些信息将被删除，正在办理的理赔可能因此无法继续。',
      en: 'I agree that Luyi keeps the medical information that I hand in, only to settle my own claim. It is kept encrypted and not shown on screens, and every look is recorded. I can withdraw at any time; the data is then deleted, and a claim in progress may have to stop.',
    },
  ],
};

/** The consent that keeping a field needs. */
export const CONSENT_FOR_FIELD = {
  name: 'identity',
  id_number: 'identity',
  phone: 'identity',
  bank_account: 'bank_account',
  medical: 'medical',
} as const satisfies Record<PersonalField, ConsentPurpose>;

export function currentWording(purpose: ConsentPurpose): ConsentWording {
  return CONSENT_WORDINGS[purpose][0];
}
