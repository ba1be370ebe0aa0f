import type { EmployerFileState } from '#domain/insurance/employer-file-states.ts';
import { Badge, type BadgeTone } from '../../../ui/badge.tsx';
import { useEmployerTexts } from './use-employer-texts.ts';

const TONES: Record<EmployerFileState, BadgeTone> = {
  checking: 'accent',
  checked: 'warning',
  holding: 'accent',
  held: 'warning',
  insured: 'good',
  discarded: 'neutral',
};

export function ListState({ state }: { state: EmployerFileState }) {
  const { states } = useEmployerTexts();
  return <Badge tone={TONES[state]}>{states[state]}</Badge>;
}
