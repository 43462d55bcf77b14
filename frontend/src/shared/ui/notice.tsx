import type { ReactNode } from 'react';
import styles from './notice.module.css';

/** What a place says when it has nothing to show: what is the matter, then what to do. */
export function Notice({
  tone = 'plain',
  title,
  children,
  action,
}: {
  tone?: 'plain' | 'attention' | 'failed';
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={styles.notice} data-tone={tone} role={tone === 'failed' ? 'alert' : 'status'}>
      <p className={styles.title}>{title}</p>
      {children && <div className={styles.text}>{children}</div>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}
