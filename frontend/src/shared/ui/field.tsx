import { type ComponentProps, useId } from 'react';
import styles from './field.module.css';

/** A labelled line of a form; what is wrong with it stands below it. */
export function Field({
  label,
  hint,
  error,
  ...input
}: ComponentProps<'input'> & { label: string; hint?: string; error?: string }) {
  const id = useId();
  const note = error ?? hint;
  return (
    <p className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input
        {...input}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
      />
      {note && (
        <span id={`${id}-note`} className={error ? styles.error : styles.hint}>
          {note}
        </span>
      )}
    </p>
  );
}
