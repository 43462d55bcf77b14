import type { ModelState } from '~/gql/graphql';
import type { Tone } from '~/shared/ui/state-dot';

const words: Record<ModelState, { word: string; tone: Tone }> = {
  LIVE: { word: 'Live', tone: 'good' },
  CANDIDATE: { word: 'Candidate', tone: 'running' },
  PREVIOUS: { word: 'Previous', tone: 'quiet' },
  RETIRED: { word: 'Retired', tone: 'quiet' },
};

/** What a model is to the shop, in words, with its light. */
export const modelWord = (state: ModelState) => words[state];
