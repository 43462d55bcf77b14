import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { isFinal } from '~/features/training/state-word';
import { TuningForm } from '~/features/training/tuning-form';
import { TuningProgress } from '~/features/training/tuning-progress';
import { readFragment } from '~/gql';
import { TuningsDocument, TuningViewFragmentDoc } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { usePageTitle } from '~/shared/lib/page-title';
import { relativeTime } from '~/shared/lib/time';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { QueryLink } from '~/shared/ui/query-link';
import { Skeleton } from '~/shared/ui/skeleton';
import styles from './page.module.css';

/** Tuning: a search for the configuration on the left, one as it goes on the right, those before it below. */
export function TuningPage() {
  usePageTitle('Tuning', 'console');
  const { tuning: asked } = useSearch({ strict: false }) as { tuning?: string };
  const go = useNavigate();
  const list = useGraphql(TuningsDocument, {});
  const tunings = list.data?.tunings ?? [];
  const views = tunings.map((tuning) => readFragment(TuningViewFragmentDoc, tuning));
  const underWay = views.find(({ state }) => !isFinal(state));
  const shown = views.find(({ id }) => id === asked) ?? underWay ?? views[0];
  const known = tunings.find(({ id }) => id === shown?.id);
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>Tuning</h1>
        <QueryLink document={TuningsDocument} variables={{}} />
      </div>
      <p>
        <Link to="/training">Back to training</Link>
      </p>
      <div className={styles.split}>
        <TuningForm
          isBusy={underWay !== undefined}
          onStarted={(tuning) => {
            void go({ to: '/training/tuning', search: { tuning } as never, replace: true });
            list.refresh();
          }}
        />
        <div className={styles.page}>
          {list.error && (
            <Notice tone="failed" title="The searches cannot be listed now.">
              {list.error.message}
            </Notice>
          )}
          {list.isPending && <Skeleton height="30rem" radius="var(--radius-card)" />}
          {list.data && !known && (
            <Notice title="No search yet.">What it tries will stand here as it goes, with the best so far.</Notice>
          )}
          {known && <TuningProgress key={known.id} known={known} onEnded={list.refresh} />}
          {views.length > 1 && (
            <Panel title="Searches">
              <ul className={styles.page}>
                {views.map(({ id, askedAt, best, trials }) => (
                  <li key={id}>
                    <Link
                      to="/training/tuning"
                      search={{ tuning: id } as never}
                      aria-current={id === shown?.id || undefined}
                    >
                      {relativeTime(askedAt, new Date())}
                    </Link>
                    {`: ${trials.length} trials${best ? `, the best ${best.value.toFixed(4)}` : ''}`}
                  </li>
                ))}
              </ul>
            </Panel>
          )}
        </div>
      </div>
    </div>
  );
}
