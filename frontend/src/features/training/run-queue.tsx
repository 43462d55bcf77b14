import { Link } from '@tanstack/react-router';
import { type FragmentType, readFragment } from '~/gql';
import { QueuedRunFragmentDoc } from '~/gql/graphql';
import { relativeTime } from '~/shared/lib/time';
import { Panel } from '~/shared/ui/panel';
import { StopButton } from './run-actions';
import { kindWord } from './state-word';
import styles from './training.module.css';

/** The runs that wait, in the order they come; nothing where none does. */
export function RunQueue({
  runs: masked,
  onChanged,
}: {
  runs: readonly FragmentType<typeof QueuedRunFragmentDoc>[];
  onChanged(): void;
}) {
  const waiting = masked
    .map((run) => readFragment(QueuedRunFragmentDoc, run))
    .filter(({ state }) => state === 'QUEUED')
    .sort((a, b) => (a.place ?? 0) - (b.place ?? 0));
  if (waiting.length === 0) return null;
  return (
    <Panel title={waiting.length === 1 ? 'One run waits' : `${waiting.length} runs wait`}>
      <ol className={styles.queue}>
        {waiting.map((run) => (
          <li key={run.id}>
            <span className={styles.place}>{run.place}</span>
            <Link to="/training" search={{ run: run.id } as never}>
              {kindWord(run.kind)}
            </Link>
            <span className={styles.quiet}>asked for {relativeTime(run.queuedAt, new Date())}</span>
            <StopButton runId={run.id} isAsked={false} onStopped={onChanged} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}
