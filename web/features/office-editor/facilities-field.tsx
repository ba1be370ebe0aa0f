import { useId } from 'react';
import { FACILITIES, type Facility } from '#domain/places/catalogue.ts';
import type { Facilities } from '#domain/places/site.ts';
import { Button } from '../../ui/button.tsx';
import styles from './facilities-field.module.css';
import { useEditorTexts } from './use-editor-texts.ts';

/** Has, has not, not known: three answers, and a facility nobody asked about stays at the third. */
export function FacilitiesField({
  facilities,
  onChange,
}: {
  facilities: Facilities;
  onChange: (facilities: Facilities) => void;
}) {
  const t = useEditorTexts();
  const group = useId();
  const answers = [
    { has: true, label: t.services.has },
    { has: false, label: t.services.hasNot },
    { has: undefined, label: t.notKnown },
  ];

  function set(facility: Facility, has: boolean | undefined): void {
    const { [facility]: _was, ...others } = facilities;
    onChange(has === undefined ? others : { ...others, [facility]: has });
  }

  const unknown = FACILITIES.filter((facility) => facilities[facility] === undefined);
  return (
    <div className={styles.field}>
      <ul className={styles.list}>
        {FACILITIES.map((facility) => (
          <li key={facility}>
            <fieldset data-has={facilities[facility] ?? 'unknown'}>
              <legend>{t.names.facilities[facility]}</legend>
              {answers.map(({ has, label }) => (
                <label key={label}>
                  <input
                    type="radio"
                    name={`${group}-${facility}`}
                    checked={facilities[facility] === has}
                    onChange={() => set(facility, has)}
                  />
                  <span>{label}</span>
                </label>
              ))}
            </fieldset>
          </li>
        ))}
      </ul>
      {unknown.length > 0 && unknown.length < FACILITIES.length && (
        <Button
          onClick={() =>
            onChange({ ...facilities, ...Object.fromEntries(unknown.map((facility) => [facility, false])) })
          }
        >
          {t.services.allUnknownToHasNot}
        </Button>
      )}
    </div>
  );
}
