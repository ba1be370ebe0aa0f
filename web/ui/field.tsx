import { type ReactNode, useId } from 'react';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';
import styles from './field.module.css';

/** What the control inside a field must carry, so that label, hint and error are read out with it. */
export type FieldControl = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined };

type FieldProps = {
  label: string;
  hint?: ReactNode;
  /** What is wrong with it, in words; it is said in place of the hint. */
  error?: string | null | undefined;
  /** It differs from what is stored. */
  changed?: boolean | undefined;
};

/** A label, its control, a hint or what is wrong, tied together for screen readers. */
export function Field({
  label,
  hint,
  error,
  changed,
  children,
}: FieldProps & { children: (control: FieldControl) => ReactNode }) {
  const id = useId();
  const noteId = `${id}-note`;
  return (
    <div className={classes(styles.field, changed && styles.changed)}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      {children({
        id,
        'aria-describedby': hint || error ? noteId : undefined,
        'aria-invalid': error ? true : undefined,
      })}
      {error ? (
        <p id={noteId} className={styles.error} role="alert">
          <Icon name="warning" size={1} /> {error}
        </p>
      ) : (
        hint && (
          <p id={noteId} className={styles.hint}>
            {hint}
          </p>
        )
      )}
    </div>
  );
}

export const inputClass = styles.input;

export function TextField({
  value,
  onChange,
  rows,
  type = 'text',
  placeholder,
  required,
  disabled,
  inputMode,
  ...field
}: FieldProps & {
  value: string;
  onChange: (value: string) => void;
  /** More than one: a text of several lines. */
  rows?: number;
  type?: 'text' | 'tel' | 'date' | 'number' | 'search' | 'time';
  placeholder?: string;
  required?: boolean;
  disabled?: boolean;
  inputMode?: 'numeric' | 'decimal';
}) {
  return (
    <Field {...field}>
      {(control) => {
        const shared = { ...control, value, placeholder, required, disabled, className: styles.input };
        return rows ? (
          <textarea {...shared} rows={rows} onChange={({ target }) => onChange(target.value)} />
        ) : (
          <input {...shared} type={type} inputMode={inputMode} onChange={({ target }) => onChange(target.value)} />
        );
      }}
    </Field>
  );
}

export function SelectField({
  value,
  onChange,
  disabled,
  children,
  ...field
}: FieldProps & { value: string; onChange: (value: string) => void; disabled?: boolean; children: ReactNode }) {
  return (
    <Field {...field}>
      {(control) => (
        <select
          {...control}
          value={value}
          disabled={disabled}
          className={styles.input}
          onChange={({ target }) => onChange(target.value)}
        >
          {children}
        </select>
      )}
    </Field>
  );
}

/** A box to tick with its words, as large as a finger. */
export function CheckField({
  label,
  checked,
  onChange,
}: {
  label: ReactNode;
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
