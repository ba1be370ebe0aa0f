import { employer as en } from '../../../client/messages/en/employer.ts';
import { employer as zh } from '../../../client/messages/zh/employer.ts';
import { useRefusals } from '../../../client/refusals.ts';
import { RequestRefused } from '../../../client/request.ts';
import { useTexts } from '../../../client/texts.ts';

export type EmployerTexts = typeof zh;

export function useEmployerTexts(): EmployerTexts {
  return useTexts({ zh, en });
}

/** Why something was refused: a list that cannot be read, a step that is not possible now, or what every page says. */
export function useEmployerRefusals(): (error: unknown) => string {
  const m = useEmployerTexts();
  const refusal = useRefusals();
  return (error) => {
    if (error instanceof RequestRefused && error.problem) {
      const { code, current } = error.problem as { code: string; current?: { code?: string } };
      const words = (code === 'table_unreadable' && m.tables[current?.code ?? '']) || m.refusals[code];
      if (words) return words;
    }
    return refusal(error);
  };
}
