import type { FieldControl } from '../../../ui/field.tsx';
import { inputClass } from '../../../ui/field.tsx';
import { AreaOptions } from './area-options.tsx';
import { useAreas } from './use-areas.ts';

/** A street (`districts`: or a whole district) to choose; `none` is what choosing nothing is called. */
export function AreaSelect({
  control,
  value,
  none,
  districts = false,
  onChange,
}: {
  control: FieldControl;
  value: string;
  none: string;
  districts?: boolean;
  onChange: (code: string) => void;
}) {
  const areas = useAreas();
  return (
    <select
      // A select keeps the choice it made without its options: with them it begins anew.
      key={areas.districts.length}
      {...control}
      className={inputClass}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    >
      <option value="">{none}</option>
      <AreaOptions districts={districts} />
    </select>
  );
}
