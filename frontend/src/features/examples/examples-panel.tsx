import type { Example } from './example';
import { groups } from './examples';
import styles from './examples-panel.module.css';

/** The worked examples by what they are about; the one that is open says more. */
export function ExamplesPanel({
  opened,
  obstacle,
  isOpening,
  onOpen,
}: {
  opened: Example | null;
  /** What keeps the open one from running. */
  obstacle: string | null;
  isOpening: boolean;
  onOpen(example: Example): void;
}) {
  return (
    <nav aria-label="Examples" className={styles.panel}>
      {groups.map(({ noun, examples }, n) => (
        <details key={noun} open={n === 0 || undefined} className={styles.group}>
          <summary className={styles.noun}>
            {noun} <span className={styles.count}>{examples.length}</span>
          </summary>
          <ul>
            {examples.map((example) => (
              <li key={example.title}>
                <button
                  type="button"
                  className={styles.example}
                  aria-current={example === opened || undefined}
                  aria-busy={(example === opened && isOpening) || undefined}
                  onClick={() => onOpen(example)}
                >
                  <span>{example.title}</span>
                  <span className={styles.kind}>
                    {[kindOf(example), example.role && `${example.role} key`].filter(Boolean).join(' · ')}
                  </span>
                </button>
                {example === opened && (
                  <div className={styles.about}>
                    <p>{example.about}</p>
                    <p role="status" className={styles.obstacle}>
                      {obstacle}
                    </p>
                  </div>
                )}
              </li>
            ))}
          </ul>
        </details>
      ))}
    </nav>
  );
}

/** Whether it asks, changes or follows: null for a plain question. */
export function kindOf({ query }: Example): string | null {
  return /^(mutation|subscription)\b/.exec(query)?.[1] ?? null;
}
