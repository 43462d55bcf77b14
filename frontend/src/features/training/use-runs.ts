import { TrainingRunsDocument } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { isFinal } from './run-progress';

/** The latest runs, and the one to follow: the one under way, else the one that waits, else the newest. */
export function useRuns() {
  const state = useGraphql(TrainingRunsDocument, { first: 20 });
  const runs = state.data?.trainingRuns.edges.map(({ node }) => node) ?? [];
  const followed =
    runs.find((run) => run.state === 'RUNNING') ?? runs.findLast((run) => run.state === 'QUEUED') ?? runs[0];
  return { state, runs, followed, isBusy: runs.some((run) => !isFinal(run.state)) };
}
