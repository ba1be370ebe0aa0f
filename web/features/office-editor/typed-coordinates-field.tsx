import { useState } from 'react';
import { COORDINATE_SYSTEMS, type CoordinateSystem } from '#domain/geo/coordinates.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import styles from './site-editor.module.css';
import { readCoordinates, type TypedCoordinates } from './typed-coordinates.ts';
import { useEditorTexts } from './use-editor-texts.ts';

/** Coordinates from a table or a map. Which map is always asked: a wrong guess looks right and is not. */
export function TypedCoordinatesField({ onUse }: { onUse: (typed: Extract<TypedCoordinates, { ok: true }>) => void }) {
  const t = useEditorTexts();
  const m = t.position;
  const [text, setText] = useState('');
  const [crs, setCrs] = useState<CoordinateSystem | ''>('');
  const [said, setSaid] = useState<{ words: string; wrong: boolean } | null>(null);

  function use(): void {
    if (!crs) return setSaid({ words: m.crsMissing, wrong: true });
    const typed = readCoordinates(text, crs);
    if (!typed.ok) return setSaid({ words: m.unreadable, wrong: true });
    setSaid(
      typed.farAway ? { words: m.farAway, wrong: true } : typed.swapped ? { words: m.swapped, wrong: false } : null,
    );
    onUse(typed);
  }

  return (
    <form
      className={styles.typed}
      onSubmit={(event) => {
        event.preventDefault();
        use();
      }}
    >
      <TextField
        label={m.typed}
        hint={said && !said.wrong ? said.words : m.typedHint}
        error={said?.wrong ? said.words : null}
        value={text}
        onChange={(value) => {
          setText(value);
          setSaid(null);
        }}
      />
      <SelectField
        label={m.crs}
        value={crs}
        onChange={(value) => {
          setCrs(value as CoordinateSystem | '');
          setSaid(null);
        }}
      >
        <option value="">{m.crsChoose}</option>
        {COORDINATE_SYSTEMS.map((system) => (
          <option key={system} value={system}>
            {m.crsNames[system]}
          </option>
        ))}
      </SelectField>
      <Button type="submit" disabled={!text.trim()}>
        {m.use}
      </Button>
    </form>
  );
}
