import { SERVICES } from '#domain/places/catalogue.ts';
import { useMessages } from '../../client/messages.ts';
import { categoryStyle } from '../../map/category-style.ts';
import { Chip, ChipRow } from '../../ui/chip.tsx';
import { CHIP_SERVICES, countHidden, type PlaceFilter, toggled } from './place-filter.ts';

/** The one row of large chips: what most riders look for, open now, and the door to everything else. */
export function FilterChips({
  filter,
  onChange,
  onMore,
}: {
  filter: PlaceFilter;
  onChange: (change: Partial<PlaceFilter>) => void;
  onMore: () => void;
}) {
  const { chips } = useMessages().places;
  const hidden = countHidden(filter);
  return (
    <ChipRow label={chips.label}>
      {CHIP_SERVICES.map((service) => (
        <Chip
          key={service}
          icon={categoryStyle(service).icon}
          pressed={filter.services.includes(service)}
          onPressedChange={() => onChange({ services: toggled(filter.services, service, SERVICES) })}
        >
          {chips[service]}
        </Chip>
      ))}
      <Chip icon="clock" pressed={filter.openNow} onPressedChange={(openNow) => onChange({ openNow })}>
        {chips.open}
      </Chip>
      <Chip icon="sliders" pressed={hidden > 0} onPressedChange={onMore}>
        {hidden ? chips.moreActive(hidden) : chips.more}
      </Chip>
    </ChipRow>
  );
}
