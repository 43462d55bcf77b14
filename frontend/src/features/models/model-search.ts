import type { ModelSort, ModelState } from '~/gql/graphql';

/** What the list of models shows, as its address says. */
export interface ModelSearch {
  q?: string;
  state?: ModelState;
  sort?: ModelSort;
  /** Ids of those chosen to compare, two at most. */
  chosen?: string[];
}

export const modelStates: readonly ModelState[] = ['LIVE', 'CANDIDATE', 'PREVIOUS', 'RETIRED'];
const sorts: readonly ModelSort[] = ['NEWEST', 'OLDEST', 'RECALL', 'NDCG', 'SIZE'];

/** Reads an address; what makes no sense is left out. */
export function readModelSearch(raw: Record<string, unknown>): ModelSearch {
  const chosen = Array.isArray(raw.chosen) ? raw.chosen.filter((id) => typeof id === 'string' && id !== '') : [];
  const read: ModelSearch = {
    q: raw.q === undefined || raw.q === '' ? undefined : String(raw.q),
    state: modelStates.find((one) => one === raw.state),
    sort: sorts.find((one) => one === raw.sort),
    chosen: chosen.length > 0 ? (chosen.slice(0, 2) as string[]) : undefined,
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}
