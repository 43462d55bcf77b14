import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { HealthDocument, type HealthQuery } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { duration, exactTime, relativeTime } from '~/shared/lib/time';
import { useNow } from '~/shared/lib/use-now';
import { Notice } from '~/shared/ui/notice';
import { Skeleton } from '~/shared/ui/skeleton';
import type { Tone } from '~/shared/ui/state-dot';
import styles from './overview.module.css';

/** The light of the whole: how fresh the answers are, and what to do where they are not. */
export function Health() {
  const { data, error, isPending } = useGraphql(HealthDocument, {});
  const now = useNow();
  if (isPending) return <Skeleton height="5rem" radius="var(--radius-card)" />;
  if (error) {
    return (
      <Notice tone="failed" title="The state of the system is not known.">
        {error.message}
      </Notice>
    );
  }
  const { tone, title, text } = judge(data, now);
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

/** What the light says: red when nothing personal can be answered, amber when something lags, else green. */
export function judge(data: HealthQuery, now: Date): { tone: Tone; title: string; text: ReactNode } {
  const live = data.models.edges.map(({ node }) => node).find(({ state }) => state === 'LIVE');
  const { lagMs, pending, through } = data.transporter;
  if (data.products.totalCount === 0) {
    return {
      tone: 'failed',
      title: 'The shop is empty',
      text: 'There is no product to recommend. Import some with `also import products`, or add one through the API.',
    };
  }
  if (!live) {
    return {
      tone: 'failed',
      title: 'No model answers',
      text: (
        <>
          Shoppers see best-sellers and what is new. <Link to="/training">Train the first model</Link>.
        </>
      ),
    };
  }
  const knows = (
    <>
      Model <code>{live.name.slice(0, 8)}</code>, trained{' '}
      <time dateTime={live.createdAt} title={exactTime(live.createdAt)}>
        {relativeTime(live.createdAt, now)}
      </time>
      , knows {live.trainedThrough.toLocaleString('en')} of {through.toLocaleString('en')} events by training; what came
      later is folded in with each answer
      {data.transporter.visible.count > 0 && (
        <>, for 99 of 100 events within {duration(data.transporter.visible.p99Ms)} of their arrival</>
      )}
      .
    </>
  );
  if (lagMs > 10_000) {
    return {
      tone: 'attention',
      title: 'The transporter is behind',
      text: (
        <>
          {pending.toLocaleString('en')} entries wait for the lake, the oldest for {duration(lagMs)}. Look at the
          server’s log, and at the space on its disk. {knows}
        </>
      ),
    };
  }
  return { tone: 'good', title: 'Fresh', text: knows };
}
