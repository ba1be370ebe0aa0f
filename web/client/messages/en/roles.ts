import type { roles as zh } from '../zh/roles.ts';

export const roles: typeof zh = {
  rider: 'Rider or worker',
  employer: 'Platform company',
  keeper: 'Keeper of places',
  officer: 'Street officer',
  district_officer: 'District officer',
  insurer: "Insurer's clerk",
  assessor: 'Claims assessor',
  approver: 'Claims approver',
  mediator: 'Mediator',
  department_officer: 'Department officer',
  coordinator: 'City coordinator',
  supervisor: 'Supervisor',
  administrator: 'Administrator',
};
