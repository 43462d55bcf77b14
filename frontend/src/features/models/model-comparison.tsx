import { Table } from '@mantine/core';
import { readFragment } from '~/gql';
import {
  MetricValueFragmentDoc,
  type ModelDetailFragment,
  ModelDetailFragmentDoc,
  ModelPageDocument,
} from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { exactTime } from '~/shared/lib/time';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { Skeleton } from '~/shared/ui/skeleton';
import { Dumbbell, type Point } from './dumbbell';
import { metricLabel, metricNames, metricOf } from './metrics';
import styles from './models.module.css';

/** One model or two, side by side: their measures with intervals beside the baselines, and what they were made of. */
export function ModelComparison({ ids }: { ids: string[] }) {
  const first = useDetail(ids[0]);
  const second = useDetail(ids[1]);
  const error = first.error ?? second.error;
  if (error) {
    return (
      <Notice tone="failed" title="The models cannot be compared now.">
        {error.message}
      </Notice>
    );
  }
  if (first.isPending || (ids[1] && second.isPending)) return <Skeleton height="20rem" radius="var(--radius-card)" />;
  const models = [first.model, second.model].filter((model) => model !== undefined);
  if (models.length === 0)
    return <Notice title="These models are gone.">They were swept since. Choose others above.</Notice>;
  const judged = models.filter((model) => model.metrics);
  const names = metricNames(judged.map((model) => readFragment(MetricValueFragmentDoc, model.metrics?.model)));
  return (
    <Panel title={models.length === 2 ? 'Side by side' : `Model ${models[0]?.name.slice(0, 8)}`}>
      {judged.map((model) => (
        <p key={model.id} className={styles.quiet}>
          <code>{model.name.slice(0, 8)}</code> was judged on {model.metrics?.users.toLocaleString('en')} users:{' '}
          {model.metrics?.protocol}.
        </p>
      ))}
      {judged.length === 0 && <Notice title="Neither was judged.">Their runs had nothing to hold out.</Notice>}
      <div className={styles.dumbbells}>
        {names.map((name) => (
          <Dumbbell key={name} name={metricLabel(name)} points={pointsOf(judged, name)} />
        ))}
      </div>
      <Facts models={models} />
    </Panel>
  );
}

function useDetail(id: string | undefined) {
  const state = useGraphql(ModelPageDocument, { id: id ?? '' }, { pause: id === undefined });
  const model = readFragment(ModelDetailFragmentDoc, state.data?.model) ?? undefined;
  return { model, error: state.error, isPending: state.isPending };
}

function pointsOf(models: ModelDetailFragment[], name: string): Point[] {
  const point = (label: string, metric: { mean: number; low: number; high: number } | undefined): Point[] =>
    metric ? [{ label, mean: metric.mean, low: metric.low, high: metric.high }] : [];
  const own = models.flatMap((model) =>
    point(model.name.slice(0, 8), metricOf(readFragment(MetricValueFragmentDoc, model.metrics?.model), name)),
  );
  const baselines = (models[0]?.metrics?.baselines ?? []).flatMap((baseline) =>
    point(baseline.name, metricOf(readFragment(MetricValueFragmentDoc, baseline.metrics), name)),
  );
  return [...own, ...baselines];
}

function Facts({ models }: { models: ModelDetailFragment[] }) {
  const rows: [string, (model: ModelDetailFragment) => string][] = [
    ['Made', (model) => exactTime(model.createdAt)],
    ['Knows all until', (model) => exactTime(model.trainedAt)],
    ['Users', (model) => model.users.toLocaleString('en')],
    ['Products', (model) => model.items.toLocaleString('en')],
    ['Pairs learnt from', (model) => model.entries.toLocaleString('en')],
    ['Events', (model) => model.events.toLocaleString('en')],
    ['Objective', (model) => model.config.objective],
    ['Factors', (model) => String(model.config.dim)],
    ['Epochs', (model) => String(model.config.epochs)],
    ['Weight of the unseen', (model) => String(model.config.unobserved)],
    ['Regularisation', (model) => String(model.config.lambda)],
    ['Growth with frequency', (model) => String(model.config.nu)],
    ['Solver', (model) => model.config.solver],
    ['Seed', (model) => model.config.seed],
    ['Trained by', (model) => model.trainer],
  ];
  return (
    <Table.ScrollContainer minWidth={420}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Made of</Table.Th>
            {models.map((model) => (
              <Table.Th key={model.id} className={styles.name}>
                {model.name.slice(0, 8)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(([name, read]) => {
            const values = models.map(read);
            return (
              <Table.Tr key={name} data-differs={new Set(values).size > 1 || undefined} className={styles.fact}>
                <Table.Th scope="row">{name}</Table.Th>
                {models.map((model) => (
                  <Table.Td key={model.id}>{read(model)}</Table.Td>
                ))}
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
