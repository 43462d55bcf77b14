import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';
import styles from './toast.module.css';

interface Message {
  id: number;
  text: ReactNode;
  tone: 'plain' | 'failed';
}

type Say = (text: ReactNode, tone?: Message['tone']) => void;

const ToastContext = createContext<Say>(() => {});

/** Gives the pages below it one place, at the foot of the window, to say what has just happened. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [message, setMessage] = useState<Message>();
  const say = useCallback<Say>(
    (text, tone = 'plain') => setMessage((last) => ({ id: (last?.id ?? 0) + 1, text, tone })),
    [],
  );
  useEffect(() => {
    if (!message) return;
    const timer = setTimeout(() => setMessage(undefined), 6000);
    return () => clearTimeout(timer);
  }, [message]);
  return (
    <ToastContext value={say}>
      {children}
      <div className={styles.place} role="status" aria-live="polite">
        {message && (
          <p key={message.id} className={styles.toast} data-tone={message.tone}>
            {message.text}
          </p>
        )}
      </div>
    </ToastContext>
  );
}

/** Says something in passing; screen readers hear it too. */
export function useToast(): Say {
  return useContext(ToastContext);
}
