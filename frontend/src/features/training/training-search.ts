import type { TrainingRunKind, TrainingRunSort, TrainingRunState } from '~/gql/graphql';

/** What the training page shows, as its address says. */
export interface TrainingSearch {
  /** The run to look at; without one, the run under way. */
  run?: string;
  state?: TrainingRunState;
  kind?: TrainingRunKind;
  sort?: TrainingRunSort;
}

export const states: readonly TrainingRunState[] = ['QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED'];
const kinds: readonly TrainingRunKind[] = ['FULL', 'INCREMENTAL'];
const sorts: readonly TrainingRunSort[] = ['NEWEST', 'OLDEST', 'LONGEST'];

/** Reads an address; what makes no sense is left out. */
export function readTrainingSearch(raw: Record<string, unknown>): TrainingSearch {
  const read: TrainingSearch = {
    run: typeof raw.run === 'string' && raw.run !== '' ? raw.run : undefined,
    state: states.find((one) => one === raw.state),
    kind: kinds.find((one) => one === raw.kind),
    sort: sorts.find((one) => one === raw.sort),
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}
