import { currentWording } from '#domain/accounts/consent-wordings.ts';
import type { ConsentPurpose } from '#domain/accounts/consent.ts';
import { enrol as en } from '../../client/messages/en/enrol.ts';
import { enrol as zh } from '../../client/messages/zh/enrol.ts';
import { useLanguage } from '../../client/messages.ts';
import { useTexts } from '../../client/texts.ts';
import { Field, inputClass } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { isName, judgeIdNumber } from './identity.ts';
import { Folded } from './folded.tsx';
import styles from './insurance.module.css';

export type TypedIdentity = { name: string; idNumber: string };

/** Name and ID number; the number is checked (GB 11643) while it is typed. `tried`: what is missing is said now. */
export function IdentityFields({
  value,
  onChange,
  today,
  tried,
  ageError,
}: {
  value: TypedIdentity;
  onChange: (value: TypedIdentity) => void;
  today: string;
  tried: boolean;
  ageError?: string | null;
}) {
  const { who: m } = useTexts({ zh, en });
  const judged = judgeIdNumber(value.idNumber, today);
  const idError =
    judged.state === 'wrong'
      ? m.idWrong
      : judged.state === 'long'
        ? m.idLong
        : tried && judged.state === 'short'
          ? m.idShort(judged.missing)
          : tried && judged.state === 'empty'
            ? m.idHint
            : (ageError ?? null);
  return (
    <>
      <Field label={m.name} error={tried && !isName(value.name, today) ? m.nameMissing : null}>
        {(control) => (
          <input
            {...control}
            className={inputClass}
            autoComplete="name"
            maxLength={60}
            value={value.name}
            onChange={({ target }) => onChange({ ...value, name: target.value })}
          />
        )}
      </Field>
      <Field
        label={m.idNumber}
        error={idError}
        hint={
          <span aria-live="polite">
            {judged.state === 'good' ? (
              <span className={styles.good}>
                <Icon name="check" size={1} /> {m.idGood}
              </span>
            ) : judged.state === 'short' ? (
              m.idShort(judged.missing)
            ) : (
              m.idHint
            )}
          </span>
        }
      >
        {(control) => (
          <input
            {...control}
            className={inputClass}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={24}
            value={value.idNumber}
            onChange={({ target }) => onChange({ ...value, idNumber: target.value })}
          />
        )}
      </Field>
    </>
  );
}

/** A consent with its wording, word for word, and the tick for it. */
export function ConsentTick({
  purpose,
  label,
  textLabel,
  checked,
  onChange,
}: {
  purpose: ConsentPurpose;
  label: string;
  textLabel: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  const language = useLanguage();
  const wording = currentWording(purpose);
  return (
    <div>
      <Tick label={label} checked={checked} onChange={onChange} />
      <Folded title={textLabel}>
        <p>{wording[language]}</p>
        <p className={styles.quiet}>{wording.version}</p>
      </Folded>
    </div>
  );
}

export function Tick({
  label,
  checked,
  onChange,
}: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <label className={styles.check}>
      <input type="checkbox" checked={checked} onChange={({ target }) => onChange(target.checked)} />
      <span>{label}</span>
    </label>
  );
}
