import type { TrainingRunKind, TrainingRunState } from '~/gql/graphql';
import type { Tone } from '~/shared/ui/state-dot';

const words: Record<TrainingRunState, { word: string; tone: Tone }> = {
  QUEUED: { word: 'Waiting', tone: 'quiet' },
  RUNNING: { word: 'Running', tone: 'running' },
  DONE: { word: 'Done', tone: 'good' },
  FAILED: { word: 'Failed', tone: 'failed' },
  CANCELLED: { word: 'Stopped', tone: 'quiet' },
};

/** A state in words, with its light. */
export const stateWord = (state: TrainingRunState) => words[state];

/** A kind in words. */
export const kindWord = (kind: TrainingRunKind) => (kind === 'FULL' ? 'Everything' : 'What changed');

/** Whether a run is over. */
export const isFinal = (state: TrainingRunState) => state === 'DONE' || state === 'FAILED' || state === 'CANCELLED';
