import { type FormEvent, useState } from 'react';
import { findPeople, type FoundPerson } from '../../client/accounts.ts';
import { people as en } from '../../client/messages/en/people.ts';
import { people as zh } from '../../client/messages/zh/people.ts';
import { useRefusals } from '../../client/refusals.ts';
import { useTexts } from '../../client/texts.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { Field, inputClass } from '../../ui/field.tsx';
import { FoundPersonCard } from './found-person-card.tsx';
import styles from './person-finder.module.css';

const MIN_NUMBER_LENGTH = 4;

/** Finds people by a whole number that they tell; what is found is masked. */
export function PersonFinder() {
  const m = useTexts({ zh, en });
  const refusal = useRefusals();
  const [by, setBy] = useState<'phone' | 'id_number'>('phone');
  const [value, setValue] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [people, setPeople] = useState<FoundPerson[] | null>(null);

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setPeople(null);
    if (value.trim().length < MIN_NUMBER_LENGTH) return setError(m.valueMissing);
    setBusy(true);
    setError(null);
    try {
      setPeople((await findPeople(by, value.trim())).people);
    } catch (failure) {
      setError(refusal(failure));
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <form className={styles.form} onSubmit={(event) => void onSubmit(event)} noValidate>
        <ChoiceGroup
          legend={m.by}
          value={by}
          onChange={setBy}
          options={[
            { value: 'phone', label: m.kinds.phone },
            { value: 'id_number', label: m.kinds.id_number },
          ]}
        />
        <Field label={m.kinds[by]} hint={m.valueHint} error={error}>
          {(control) => (
            <input
              {...control}
              className={inputClass}
              autoComplete="off"
              inputMode={by === 'phone' ? 'tel' : 'text'}
              maxLength={40}
              value={value}
              onChange={({ target }) => setValue(target.value)}
            />
          )}
        </Field>
        <Button type="submit" variant="primary" disabled={busy}>
          {busy ? m.finding : m.find}
        </Button>
      </form>
      <output className={styles.count}>{people && (people.length === 0 ? m.nobody : m.found(people.length))}</output>
      {people?.map((person) => (
        <FoundPersonCard key={person.id} person={person} />
      ))}
    </>
  );
}
