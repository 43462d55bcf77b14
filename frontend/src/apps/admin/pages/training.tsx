import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { historyVariables, RunHistory } from '~/features/training/run-history';
import { RunProgress } from '~/features/training/run-progress';
import { RunQueue } from '~/features/training/run-queue';
import { StartForm } from '~/features/training/start-form';
import { readTrainingSearch, type TrainingSearch } from '~/features/training/training-search';
import { TrainingQueueDocument, TrainingRunsDocument } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { usePageTitle } from '~/shared/lib/page-title';
import { Notice } from '~/shared/ui/notice';
import { QueryLink } from '~/shared/ui/query-link';
import { Skeleton } from '~/shared/ui/skeleton';
import styles from './page.module.css';

/** Train: the parameters on the left, a run as it goes on the right, the runs before it below. */
export function TrainingPage() {
  usePageTitle('Training', 'console');
  const search = readTrainingSearch(useSearch({ strict: false }));
  const go = useNavigate();
  const show = (next: TrainingSearch) => void go({ to: '/training', search: next as never, replace: true });
  const [after, setAfter] = useState<string>();
  const variables = historyVariables(search, after);
  const history = useGraphql(TrainingRunsDocument, variables);
  const queue = useGraphql(TrainingQueueDocument, {});
  const waiting = queue.data?.trainingRuns.edges.map(({ node }) => node) ?? [];
  const underWay = waiting.find(({ state }) => state === 'RUNNING') ?? waiting.at(-1);
  const runId = search.run ?? underWay?.id ?? queue.data?.newest.edges[0]?.node.id;
  const refresh = () => {
    history.refresh();
    queue.refresh();
  };
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>Training</h1>
        <QueryLink document={TrainingRunsDocument} variables={variables} />
      </div>
      <p>
        <Link to="/training/tuning">Search for a better configuration</Link>
      </p>
      <div className={styles.split}>
        <StartForm
          isBusy={waiting.length > 0}
          onStarted={(run) => {
            show({ ...search, run });
            refresh();
          }}
        />
        <div className={styles.page}>
          {runId && <RunProgress key={runId} runId={runId} onEnded={refresh} />}
          {!runId && queue.isPending && <Skeleton height="50rem" radius="var(--radius-card)" />}
          {!runId && queue.data && (
            <Notice title="No run yet.">The loss curve of the first one will draw itself here.</Notice>
          )}
          <RunQueue runs={waiting} onChanged={refresh} />
          <RunHistory state={history} search={search} onChange={show} onPage={setAfter} />
        </div>
      </div>
    </div>
  );
}
