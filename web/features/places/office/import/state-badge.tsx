import type { ImportView } from '#domain/places/import-contract.ts';
import { Badge, type BadgeTone } from '../../../../ui/badge.tsx';
import { useImportTexts } from './use-import-texts.ts';

const TONES: Record<ImportView['state'], BadgeTone> = {
  checking: 'accent',
  checked: 'warning',
  storing: 'accent',
  stored: 'good',
  stopped: 'neutral',
  failed: 'warning',
  undone: 'neutral',
};

export function StateBadge({ state }: { state: ImportView['state'] }) {
  const { states } = useImportTexts();
  return <Badge tone={TONES[state]}>{states[state]}</Badge>;
}
