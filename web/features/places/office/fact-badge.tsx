import type { FactState, Freshness } from '#domain/places/office-contract.ts';
import { office as en } from '../../../client/messages/en/office.ts';
import { office as zh } from '../../../client/messages/zh/office.ts';
import { useTexts } from '../../../client/texts.ts';
import { Badge, type BadgeTone } from '../../../ui/badge.tsx';
import type { Sign } from '../../../ui/icon-paths.ts';
import { laterIcons } from '../../../ui/later-icons.ts';
import { useDetails } from '../use-details.ts';
import { agoWords } from '../words.ts';

const LOOK: Record<Freshness, { tone: BadgeTone; icon: Sign }> = {
  fresh: { tone: 'good', icon: 'check' },
  ageing: { tone: 'neutral', icon: 'clock' },
  stale: { tone: 'warning', icon: 'warning' },
  contested: { tone: 'warning', icon: 'megaphone' },
  never: { tone: 'outline', icon: laterIcons.question },
};

/** How sure a fact is: a shape and words first, the colour only repeats them. */
export function FactBadge({ state, nowMs, named }: { state: FactState; nowMs: number; named?: boolean }) {
  const m = useTexts({ zh, en });
  const card = useDetails();
  const { tone, icon } = LOOK[state.freshness];
  const ago = state.verifiedOn && agoWords(state.verifiedOn, nowMs, card);
  const words = m.freshness[state.freshness];
  const text = named
    ? m.factState(card.facts[state.fact], words, ago)
    : state.freshness === 'fresh' && ago
      ? ago
      : [words, ago].filter(Boolean).join(' · ');
  return (
    <span title={[m.factState(card.facts[state.fact], words, ago), state.source].filter(Boolean).join(' · ')}>
      <Badge tone={tone} icon={icon}>
        {text}
      </Badge>
    </span>
  );
}
