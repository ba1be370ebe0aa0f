import { useId, useState } from 'react';
import type { Point } from '#domain/geo/point.ts';
import { claim as en } from '../../client/messages/en/claim.ts';
import { claim as zh } from '../../client/messages/zh/claim.ts';
import { useTexts } from '../../client/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Field, inputClass } from '../../ui/field.tsx';
import { askPositionOnce } from './ask-position.ts';
import styles from './claim-form.module.css';

/** An office and one line about it: how far, how exact, whether it is open. */
export type OfficeOption = { id: string; name: string; words: string };

/** What the page knows of receiving offices; worked out on the phone, so that nobody learns where it is. */
export type Offices = {
  nearest: (from: Point) => OfficeOption[];
  districts: { code: string; name: string; streets: { code: string; name: string }[] }[];
  inStreet: (code: string) => OfficeOption[];
  find: (id: string) => OfficeOption | null;
};

/** Which office shall receive the claim: one of the nearest that can be reached, or by street, or later. */
export function ClaimOffice({
  offices,
  point,
  value,
  onChange,
}: {
  offices: Offices | null;
  /** Where it happened, when that is pinned. */
  point: Point | null;
  value: string | null;
  onChange: (id: string | null) => void;
}) {
  const texts = useTexts({ zh, en });
  const m = texts.office;
  const name = useId();
  const [street, setStreet] = useState('');
  const [here, setHere] = useState<Point | null>(null);
  const [locating, setLocating] = useState<'no' | 'yes' | 'failed'>('no');
  const from = here ?? point;
  const found = street ? (offices?.inStreet(street) ?? []) : from ? (offices?.nearest(from) ?? []) : [];
  const chosen = value ? (offices?.find(value) ?? { id: value, name: value, words: '' }) : null;
  const shown = chosen && !found.some(({ id }) => id === chosen.id) ? [chosen, ...found] : found;

  async function findNear(): Promise<void> {
    setLocating('yes');
    const position = await askPositionOnce();
    setLocating(position ? 'no' : 'failed');
    setHere(position);
    setStreet('');
  }

  return (
    <section className={styles.part} aria-labelledby="claim-office">
      <h2 id="claim-office">{m.heading}</h2>
      <p className={styles.quiet}>{m.hint}</p>
      <div>
        <Button icon="locate" disabled={locating === 'yes'} onClick={() => void findNear()}>
          {locating === 'yes' ? texts.where.locating : m.near}
        </Button>
      </div>
      <p className={styles.quiet}>{m.nearHint}</p>
      {locating === 'failed' && <p role="alert">{texts.where.failed}</p>}
      <Field label={m.byStreet}>
        {(control) => (
          <select
            // A select keeps the choice it made without its options.
            key={offices?.districts.length}
            {...control}
            className={inputClass}
            value={street}
            onChange={({ target }) => setStreet(target.value)}
          >
            <option value="">{m.street}</option>
            {offices?.districts.map((district) => (
              <optgroup key={district.code} label={district.name}>
                {district.streets.map(({ code, name: streetName }) => (
                  <option key={code} value={code}>
                    {streetName}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        )}
      </Field>
      {street && !found.length && <p className={styles.warning}>{m.noneInStreet}</p>}
      {!street && !from && !chosen && <p className={styles.quiet}>{m.none}</p>}
      <fieldset className={styles.offices}>
        <legend className="visually-hidden">{m.heading}</legend>
        {[{ id: '', name: m.later, words: '' }, ...shown].map((office) => (
          <label key={office.id} className={styles.office}>
            <input
              type="radio"
              name={name}
              checked={(value ?? '') === office.id}
              onChange={() => onChange(office.id || null)}
            />
            <span>
              <strong>{office.name}</strong>
              {office.words && <span className={styles.quiet}>{office.words}</span>}
            </span>
          </label>
        ))}
      </fieldset>
    </section>
  );
}
