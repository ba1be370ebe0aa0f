import type { Role } from '#domain/accounts/roles.ts';

/** What the roles are called, on every page that names one. */
export const roles = {
  rider: '骑手 / 劳动者',
  employer: '平台企业',
  keeper: '站点单位',
  officer: '街道工作人员',
  district_officer: '区工作人员',
  insurer: '保险公司',
  assessor: '理赔审核',
  approver: '理赔批准',
  mediator: '调解员',
  department_officer: '部门工作人员',
  coordinator: '市级统筹',
  supervisor: '督导',
  administrator: '管理员',
} satisfies Record<Role, string> as Record<Role, string>;
