import { useState } from 'react';
import { RunHistory } from '~/features/training/run-history';
import { RunProgress } from '~/features/training/run-progress';
import { StartForm } from '~/features/training/start-form';
import { useRuns } from '~/features/training/use-runs';
import { TrainingRunsDocument } from '~/gql/graphql';
import { usePageTitle } from '~/shared/lib/page-title';
import { Notice } from '~/shared/ui/notice';
import { QueryLink } from '~/shared/ui/query-link';
import styles from './page.module.css';

/** Train: the parameters on the left, the run as it goes on the right, the runs before it below. */
export function TrainingPage() {
  usePageTitle('Training · Also console');
  const { state, runs, followed, isBusy } = useRuns();
  const [started, setStarted] = useState<string>();
  const runId = started ?? followed?.id;
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>Training</h1>
        <QueryLink document={TrainingRunsDocument} variables={{ first: 20 }} />
      </div>
      <div className={styles.split}>
        <StartForm
          isBusy={isBusy}
          onStarted={(id) => {
            setStarted(id);
            state.refresh();
          }}
        />
        {runId ? (
          <RunProgress key={runId} runId={runId} known={runs.find(({ id }) => id === runId)} onEnded={state.refresh} />
        ) : (
          !state.isPending && (
            <Notice title="No run yet.">The loss curve of the first one will draw itself here.</Notice>
          )
        )}
      </div>
      {state.error && (
        <Notice tone="failed" title="The runs cannot be listed now.">
          {state.error.message}
        </Notice>
      )}
      {state.data && <RunHistory runs={runs} />}
    </div>
  );
}
