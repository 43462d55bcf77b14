import type { ComponentProps } from 'react';
import styles from './button.module.css';

export interface ButtonProps extends ComponentProps<'button'> {
  /** How loud it is: one primary action a view, the rest quiet. */
  kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  size?: 'small' | 'medium';
  /** While its work runs: it keeps its place, says so, and cannot be pressed twice. */
  isBusy?: boolean;
}

/** A button of the shop. */
export function Button({ kind = 'plain', size = 'medium', isBusy, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-busy={isBusy || undefined}
      aria-disabled={isBusy || undefined}
      onClick={isBusy ? undefined : rest.onClick}
      className={[styles.button, className].filter(Boolean).join(' ')}
      data-kind={kind}
      data-size={size}
    >
      {children}
    </button>
  );
}
