import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Button } from './button';
import styles from './dialog.module.css';
import { CloseIcon } from './icons';

/** A sheet over the page: in the middle on a desk, at the bottom on a phone. It is open while it is mounted. */
export function Dialog({ title, onClose, children }: { title: string; onClose(): void; children: ReactNode }) {
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const opener = document.activeElement;
    element.current?.showModal();
    return () => {
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the click on the veil has Escape as its keyboard twin, built in
    <dialog
      ref={element}
      className={styles.dialog}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === element.current) onClose();
      }}
    >
      <div className={styles.sheet}>
        <header className={styles.header}>
          <h2 id={heading}>{title}</h2>
          <Button kind="quiet" size="small" onClick={onClose} aria-label="Close">
            <CloseIcon size={18} />
          </Button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
