import { TRAVEL_MODES, type TravelMode } from '#domain/geo/travel.ts';
import { FACILITIES, SERVICES, type Service } from '#domain/places/catalogue.ts';
import { categoryStyle } from '../../map/category-style.ts';
import { Button } from '../../ui/button.tsx';
import { Chip, ChipRow } from '../../ui/chip.tsx';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import type { Sign } from '../../ui/icon-paths.ts';
import { laterIcons } from '../../ui/later-icons.ts';
import styles from './filter-panel.module.css';
import { CHIP_SERVICES, clearedFilter, isCleared, type PlaceFilter, toggled } from './place-filter.ts';
import { useDetails } from './use-details.ts';

const MODE_ICONS: Record<TravelMode, Sign> = { foot: laterIcons.walk, ebike: laterIcons.ebike, car: laterIcons.car };
const CHIPS: readonly Service[] = CHIP_SERVICES;
const OTHER_SERVICES = SERVICES.filter((service) => !CHIPS.includes(service));

/** Everything behind "more". A change holds at once; the list behind the panel follows. */
export function FilterPanel({
  open,
  filter,
  count,
  onChange,
  onClose,
}: {
  open: boolean;
  filter: PlaceFilter;
  /** How many places fit now. */
  count: number;
  onChange: (change: Partial<PlaceFilter>) => void;
  onClose: () => void;
}) {
  const m = useDetails();
  return (
    <Dialog open={open} onClose={onClose} title={m.filters.heading} closeLabel={m.place.close}>
      <div className={styles.panel}>
        <ChoiceGroup
          legend={m.filters.mode}
          value={filter.mode}
          onChange={(mode) => onChange({ mode })}
          options={TRAVEL_MODES.map((mode) => ({ value: mode, label: m.modes[mode], icon: MODE_ICONS[mode] }))}
        />
        <h3>
          {m.filters.access} · {m.filters.time}
        </h3>
        <ChipRow label={`${m.filters.access} · ${m.filters.time}`} wrap>
          <Chip icon="door" pressed={filter.freeAccess} onPressedChange={(freeAccess) => onChange({ freeAccess })}>
            {m.filters.freeAccess}
          </Chip>
          <Chip icon={laterIcons.moon} pressed={filter.night} onPressedChange={(night) => onChange({ night })}>
            {m.filters.night} ({m.filters.nightHint})
          </Chip>
        </ChipRow>
        <h3>{m.filters.facilities}</h3>
        <ChipRow label={m.filters.facilities} wrap>
          {FACILITIES.map((facility) => (
            <Chip
              key={facility}
              pressed={filter.facilities.includes(facility)}
              onPressedChange={() => onChange({ facilities: toggled(filter.facilities, facility, FACILITIES) })}
            >
              {m.facilities[facility]}
            </Chip>
          ))}
        </ChipRow>
        <h3>{m.filters.services}</h3>
        <ChipRow label={m.filters.services} wrap>
          {OTHER_SERVICES.map((service) => (
            <Chip
              key={service}
              icon={categoryStyle(service).icon}
              pressed={filter.services.includes(service)}
              onPressedChange={() => onChange({ services: toggled(filter.services, service, SERVICES) })}
            >
              {m.services[service]}
            </Chip>
          ))}
        </ChipRow>
        <div className={styles.foot}>
          <output>{m.list.count(count)}</output>
          <Button variant="plain" disabled={isCleared(filter)} onClick={() => onChange(clearedFilter(filter))}>
            {m.filters.clear}
          </Button>
          <Button variant="primary" onClick={onClose}>
            {m.filters.done}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
