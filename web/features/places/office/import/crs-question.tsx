import { COORDINATE_SYSTEMS, type CoordinateSystem } from '#domain/geo/coordinates.ts';
import type { CrsHint } from '#domain/places/import-contract.ts';
import { Badge } from '../../../../ui/badge.tsx';
import styles from './import.module.css';
import { useImportTexts } from './use-import-texts.ts';

/** The numbers stand beside each answer; none is chosen for the person. */
export function CrsQuestion({
  hint,
  value,
  onChange,
}: {
  hint: CrsHint | null;
  value: CoordinateSystem | null;
  onChange: (crs: CoordinateSystem) => void;
}) {
  const m = useImportTexts().crs;
  return (
    <fieldset className={styles.question} id="import-crs" tabIndex={-1}>
      <legend>{m.legend}</legend>
      <p className={styles.quiet}>{m.why}</p>
      <div className={styles.choices}>
        {COORDINATE_SYSTEMS.map((crs) => (
          <label key={crs} className={styles.choice}>
            <input type="radio" name="crs" value={crs} checked={value === crs} onChange={() => onChange(crs)} />
            <span className={styles.choiceText}>
              <strong>{m.names[crs]}</strong>
              <Numbers fit={hint?.fits.find((fit) => fit.crs === crs)} />
              {hint?.best === crs && <Badge tone="accent">{m.fits}</Badge>}
            </span>
          </label>
        ))}
      </div>
      {hint && hint.best === null && <p className={styles.quiet}>{m.noHint}</p>}
    </fieldset>
  );
}

function Numbers({ fit }: { fit: CrsHint['fits'][number] | undefined }) {
  const m = useImportTexts().crs;
  if (!fit) return null;
  const { compared, medianM, onLand, inDistrict } = fit;
  return (
    <>
      <span>
        {medianM !== null && compared > 0 ? m.median(compared, String(Math.round(medianM))) : m.nothingCompared}
      </span>
      {onLand !== null && <span>{m.onLand(Math.round(onLand * 100))}</span>}
      {inDistrict !== null && <span>{m.inDistrict(Math.round(inDistrict * 100))}</span>}
    </>
  );
}
