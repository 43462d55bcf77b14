import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ProblemsDocument } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { Skeleton } from '~/shared/ui/skeleton';
import { StateDot, type Tone } from '~/shared/ui/state-dot';
import styles from './overview.module.css';
import { type Problem, placeOf } from './problem';

const tones: Record<Problem['severity'], { tone: Tone; word: string }> = {
  CRITICAL: { tone: 'failed', word: 'Does not work' },
  ATTENTION: { tone: 'attention', word: 'Look at it' },
  HINT: { tone: 'running', word: 'Could be better' },
};

/** What is not as it should be, the worst first: a sentence, its reason, one button each. */
export function Problems() {
  const { data, error, isPending } = useGraphql(ProblemsDocument, {});
  if (isPending) return <Skeleton height="10rem" radius="var(--radius-card)" />;
  if (error) {
    return (
      <Notice tone="failed" title="What needs attention is not known now.">
        {error.message}
      </Notice>
    );
  }
  if (data.problems.length === 0) {
    return <Notice title="Nothing needs attention.">Problems appear here, each with its next step.</Notice>;
  }
  return (
    <Panel title="Needs attention">
      <ul className={styles.problems}>
        {data.problems.map((problem) => (
          <li key={problem.code} className={styles.problem}>
            <StateDot tone={tones[problem.severity].tone}>{tones[problem.severity].word}</StateDot>
            <div>
              <p className={styles.sentence}>{problem.sentence}</p>
              <p className={styles.reason}>{problem.reason}</p>
            </div>
            <Next problem={problem} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Next({ problem }: { problem: Problem }) {
  return (
    <Button variant="default" renderRoot={(props) => <Link {...props} {...placeOf(problem)} />}>
      {problem.nextLabel}
    </Button>
  );
}
