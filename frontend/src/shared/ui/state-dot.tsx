import styles from './state-dot.module.css';

/** What a light means: green all is well, amber look at it, red it failed, grey it is over or waits, blue it runs. */
export type Tone = 'good' | 'attention' | 'failed' | 'quiet' | 'running';

/** A light with its word; colour alone never says it. */
export function StateDot({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className={styles.state}>
      <span className={styles.dot} data-tone={tone} />
      {children}
    </span>
  );
}
