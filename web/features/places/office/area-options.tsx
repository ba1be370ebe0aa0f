import { useAreas } from './use-areas.ts';

/** Streets by district as options of a select; `districts`: each district can be chosen as a whole too. */
export function AreaOptions({ districts = false }: { districts?: boolean }) {
  const areas = useAreas();
  return areas.districts.map(({ code, name, streets }) => (
    <optgroup key={code} label={name}>
      {districts && <option value={code}>{name}</option>}
      {streets.map((street) => (
        <option key={street.code} value={street.code}>
          {street.name}
        </option>
      ))}
    </optgroup>
  ));
}
