import { type ReactNode, useId } from 'react';
import { classes } from './classes.ts';
import styles from './form-field.module.css';

type FieldProps = {
  label: string;
  hint?: ReactNode;
  /** What is wrong with it, in words. */
  error?: string | null | undefined;
  /** It differs from what is stored. */
  changed?: boolean | undefined;
};

/** A label, what is typed, a hint and what is wrong with it, tied together for screen readers. */
function FormField({
  label,
  hint,
  error,
  changed,
  children,
}: FieldProps & { children: (ids: { id: string; describedBy: string | undefined }) => ReactNode }) {
  const id = useId();
  const noteId = `${id}-note`;
  const describedBy = hint || error ? noteId : undefined;
  return (
    <div className={classes(styles.field, changed && styles.changed)}>
      <label htmlFor={id}>{label}</label>
      {children({ id, describedBy })}
      {describedBy && (
        <p id={noteId} className={error ? styles.error : styles.hint}>
          {error ?? hint}
        </p>
      )}
    </div>
  );
}

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
    <FormField {...field}>
      {({ id, describedBy }) => {
        const shared = {
          id,
          value,
          placeholder,
          required,
          disabled,
          className: styles.input,
          'aria-describedby': describedBy,
          'aria-invalid': field.error ? true : undefined,
        };
        return rows ? (
          <textarea {...shared} rows={rows} onChange={({ target }) => onChange(target.value)} />
        ) : (
          <input {...shared} type={type} inputMode={inputMode} onChange={({ target }) => onChange(target.value)} />
        );
      }}
    </FormField>
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
    <FormField {...field}>
      {({ id, describedBy }) => (
        <select
          id={id}
          value={value}
          disabled={disabled}
          className={styles.input}
          aria-describedby={describedBy}
          aria-invalid={field.error ? true : undefined}
          onChange={({ target }) => onChange(target.value)}
        >
          {children}
        </select>
      )}
    </FormField>
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
