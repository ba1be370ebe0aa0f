import type { Role } from './roles.ts';

/** One account per staff role in a demo. The password is public: these exist only where a demo is wanted. */
export const DEMO_PASSWORD = 'luyi-demo-2026';

export type DemoAccount = {
  username: string;
  role: Role;
  name: string;
  organisationId?: string;
  jurisdictionCode?: string;
};

export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  { username: 'officer', role: 'officer', name: '演示·嘉莲街道专员', jurisdictionCode: '350203011' },
  { username: 'district', role: 'district_officer', name: '演示·思明区专员', jurisdictionCode: '350203' },
  { username: 'keeper', role: 'keeper', name: '演示·银行驿站管理员', organisationId: 'demo-bank' },
  { username: 'employer', role: 'employer', name: '演示·平台企业专员', organisationId: 'demo-platform' },
  { username: 'insurer', role: 'insurer', name: '演示·保险公司经办', organisationId: 'yilubao-insurer' },
  { username: 'assessor', role: 'assessor', name: '演示·理赔查勘' },
  { username: 'approver', role: 'approver', name: '演示·理赔审批' },
  { username: 'mediator', role: 'mediator', name: '演示·调解员', organisationId: 'demo-mediation' },
  { username: 'department', role: 'department_officer', name: '演示·部门专员', organisationId: 'demo-department' },
  { username: 'coordinator', role: 'coordinator', name: '演示·中心统筹' },
  { username: 'supervisor', role: 'supervisor', name: '演示·监督' },
  { username: 'admin', role: 'administrator', name: '演示·系统管理员' },
];
