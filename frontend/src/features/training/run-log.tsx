import { useEffect, useRef } from 'react';
import type { RunProgressFragment } from '~/gql/graphql';
import { exactTime } from '~/shared/lib/time';
import styles from './training.module.css';

const clock = new Intl.DateTimeFormat('en', { timeStyle: 'medium', hour12: false });

/** What a run did, line by line; it stays at the newest line while one is there. */
export function RunLog({ lines, dropped }: { lines: RunProgressFragment['log']; dropped: number }) {
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it scrolls whenever a line comes
  useEffect(() => {
    const element = box.current;
    if (element && isAtEnd.current) element.scrollTop = element.scrollHeight;
  }, [lines.length, dropped]);
  return (
    <div
      ref={box}
      role="log"
      aria-label="Log"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
      tabIndex={0}
      className={styles.log}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        isAtEnd.current = scrollTop + clientHeight > scrollHeight - 24;
      }}
    >
      {dropped > 0 && <p className={styles.quiet}>{dropped} earlier lines are not kept.</p>}
      {lines.length === 0 && <p className={styles.quiet}>The log begins when a worker takes the run.</p>}
      <ol>
        {lines.map(({ at, level, text }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added; dropped ones count
          <li key={place + dropped} data-level={level} className={styles.line}>
            <time dateTime={at} title={exactTime(at)}>
              {clock.format(new Date(at))}
            </time>
            <span>
              {level !== 'INFO' && <strong>{level === 'ERROR' ? 'Failed' : 'Mind'} </strong>}
              {text}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
