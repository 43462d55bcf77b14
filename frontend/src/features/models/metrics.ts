import type { MetricValueFragment } from '~/gql/graphql';

/** The measures shown in tables, in this order; the others follow in a comparison. */
export const mainMetrics = ['recall@20', 'ndcg@20', 'coverage@20'];

/** The measure of a name, if there is one. */
export const metricOf = (metrics: readonly MetricValueFragment[] | null | undefined, name: string) =>
  metrics?.find((metric) => metric.name === name);

/** A measure as people read it: "0.203". */
export const formatMetric = (value: number) => value.toFixed(Math.abs(value) < 0.0995 ? 4 : 3);

/** The name of a measure as people write it: "Recall@20". */
export function metricLabel(name: string): string {
  if (name.startsWith('ndcg')) return name.replace('ndcg', 'nDCG');
  return name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ');
}

/** The names of the measures of several models, the main ones first. */
export function metricNames(lists: (readonly MetricValueFragment[] | null | undefined)[]): string[] {
  const all = new Set(lists.flatMap((list) => list?.map(({ name }) => name) ?? []));
  const main = mainMetrics.filter((name) => all.has(name));
  return [...main, ...[...all].filter((name) => !main.includes(name)).sort()];
}
