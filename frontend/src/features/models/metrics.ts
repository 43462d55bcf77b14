import type { MetricValueFragment } from '~/gql/graphql';

/** The measures shown in tables, in this order; the others follow in a comparison. */
export const mainMetrics = ['recall@20', 'ndcg@20', 'coverage@20'];

/** The measure of a name, if there is one. */
export const metricOf = (metrics: readonly MetricValueFragment[] | null | undefined, name: string) =>
  metrics?.find((metric) => metric.name === name);

/** A measure as people read it: "0.203", "14.21". */
export const formatMetric = (value: number) =>
  value.toFixed(Math.abs(value) < 0.0995 ? 4 : Math.abs(value) < 9.995 ? 3 : 2);

/** What a measure says, for someone who has not read the papers; lists have 20 places. */
const known: Record<string, { label: string; meaning: string }> = {
  recall: { label: 'Recall', meaning: 'Of what customers bought next, the share that stood in their list.' },
  ndcg: { label: 'nDCG', meaning: 'The same, counting more what stood further up; 1 is perfect.' },
  hr: { label: 'Hit rate', meaning: 'The share of customers whose list held something that they bought next.' },
  mrr: { label: 'MRR', meaning: 'How far up the first such product stood: 1 is first, 0.5 second.' },
  coverage: { label: 'Coverage', meaning: 'The share of products that stand in at least one list.' },
  novelty: {
    label: 'Novelty',
    meaning: 'How unknown the products in the lists are, in bits: one more is half as known.',
  },
  diversity: {
    label: 'Diversity',
    meaning: 'How little the products of a list share their customers; 1 is not at all.',
  },
  'popularity-lift': {
    label: 'Popularity lift',
    meaning: 'How popular the products in lists are beside those people take: above 1, more so.',
  },
};

/** What a model is beside: a name for the axis, and words for a sentence. */
const methods: Record<string, { label: string; words: string }> = {
  popularity: { label: 'best-sellers', words: 'showing everyone the best-sellers' },
  random: { label: 'chance', words: 'chance' },
  'most-frequent': { label: 'bought most often', words: 'what they bought most often' },
  'most-recent': { label: 'bought last', words: 'what they bought last' },
  'popular-kind': { label: 'what sells', words: 'how well their category and vendor sell' },
  kindred: { label: 'own kinds', words: 'how much of their category and vendor each customer buys' },
};

/** A simple method as people call it: "best-sellers". */
export const methodLabel = (name: string) => methods[name]?.label ?? name;

/** A simple method in a sentence: "clearly better than showing everyone the best-sellers". */
export const methodWords = (name: string) => methods[name]?.words ?? name;

const partsOf = (name: string) => {
  const [kind = name, places] = name.split('@');
  return { kind, places };
};

/** The name of a measure as people write it: "Recall@20". */
export function metricLabel(name: string): string {
  const { kind, places } = partsOf(name);
  const label = known[kind]?.label ?? kind.charAt(0).toUpperCase() + kind.slice(1);
  return places ? `${label}@${places}` : label;
}

/** What a measure says, in a sentence; empty for one that is not known. */
export const metricMeaning = (name: string) => known[partsOf(name).kind]?.meaning ?? '';

/** The names of the measures of several models, the best known ones first. */
export function metricNames(lists: (readonly MetricValueFragment[] | null | undefined)[]): string[] {
  const order = Object.keys(known);
  const place = (name: string) => order.indexOf(partsOf(name).kind) + 1 || order.length + 1;
  const all = new Set(lists.flatMap((list) => list?.map(({ name }) => name) ?? []));
  return [...all].sort((a, b) => place(a) - place(b) || a.localeCompare(b));
}

/** A number of bytes: "12.3 MB". */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1000 ** step;
  return `${value.toFixed(step === 0 || value >= 99.95 ? 0 : 1)} ${units[step]}`;
}

/** A share as people read it: "43 %". */
export const formatShare = (share: number) => `${(100 * share).toFixed(share > 0 && share < 0.0995 ? 1 : 0)} %`;

/** The measures that say enough of what is judged beside the main question. */
export const chiefMetrics = ['recall@20', 'ndcg@20', 'hr@20'];
