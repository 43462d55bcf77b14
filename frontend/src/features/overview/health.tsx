import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { HealthDocument, type HealthQuery, ProblemsDocument } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { duration, exactTime, relativeTime } from '~/shared/lib/time';
import { useNow } from '~/shared/lib/use-now';
import { Notice } from '~/shared/ui/notice';
import { Skeleton } from '~/shared/ui/skeleton';
import type { Tone } from '~/shared/ui/state-dot';
import styles from './overview.module.css';
import { type Problem, placeOf } from './problem';

/** The light of the whole: how fresh the answers are, and what to do where they are not. */
export function Health() {
  const health = useGraphql(HealthDocument, {});
  const problems = useGraphql(ProblemsDocument, {});
  const now = useNow();
  const error = health.error ?? problems.error;
  if (error) {
    return (
      <Notice tone="failed" title="The state of the system is not known.">
        {error.message}
      </Notice>
    );
  }
  if (!health.data || !problems.data) return <Skeleton height="5rem" radius="var(--radius-card)" />;
  const { tone, title, text } = judge(health.data, problems.data.problems, now);
  return (
    <section className={styles.light} data-tone={tone} aria-label="Freshness">
      <span className={styles.lamp} />
      <div>
        <p className={styles.lightTitle}>{title}</p>
        <p>{text}</p>
      </div>
    </section>
  );
}

/** The problems that make answers old, by their codes. */
const aging = ['TRANSPORTER_BEHIND', 'MODEL_OLD', 'MODEL_BEHIND'];

/** What the light says: red for the worst of what does not work, amber where answers grow old, else green. */
function judge(data: HealthQuery, problems: Problem[], now: Date): { tone: Tone; title: string; text: ReactNode } {
  const live = data.models.edges.map(({ node }) => node).find(({ state }) => state === 'LIVE');
  const broken = problems.find(({ severity }) => severity === 'CRITICAL');
  if (broken) return { tone: 'failed', title: broken.sentence, text: <Advice problem={broken} /> };
  if (!live) {
    return {
      tone: 'attention',
      title: 'No model answers yet.',
      text: 'There is nothing to learn from yet. Until there is, shoppers see what is new.',
    };
  }
  const { through, visible } = data.transporter;
  const knows = (
    <>
      Model <code>{live.name.slice(0, 8)}</code>, trained{' '}
      <time dateTime={live.createdAt} title={exactTime(live.createdAt)}>
        {relativeTime(live.createdAt, now)}
      </time>
      , knows {live.trainedThrough.toLocaleString('en')} of {through.toLocaleString('en')} events by training; what came
      later is folded in with each answer
      {visible.count > 0 && <>, for 99 of 100 events within {duration(visible.p99Ms)} of their arrival</>}.
    </>
  );
  const old = problems.find(({ code }) => aging.includes(code));
  if (!old) return { tone: 'good', title: 'Fresh', text: knows };
  return {
    tone: 'attention',
    title: old.sentence,
    text: (
      <>
        <Advice problem={old} /> {knows}
      </>
    ),
  };
}

function Advice({ problem }: { problem: Problem }) {
  return (
    <>
      {problem.reason} <Link {...placeOf(problem)}>{problem.nextLabel}</Link>
    </>
  );
}
