import { Button, Checkbox, Table } from '@mantine/core';
import { readFragment } from '~/gql';
import { MetricValueFragmentDoc, type ModelRowFragment } from '~/gql/graphql';
import { exactTime, relativeTime } from '~/shared/lib/time';
import { StateDot } from '~/shared/ui/state-dot';
import { formatMetric, mainMetrics, metricLabel, metricOf } from './metrics';
import { modelWord } from './model-state';
import styles from './models.module.css';

/** The models, newest first: what they are, how good they were, and what can be done with them. */
export function ModelTable({
  models,
  chosen,
  onChoose,
  onPromote,
  onRollBack,
}: {
  models: ModelRowFragment[];
  /** Ids of those to compare, two at most. */
  chosen: string[];
  onChoose(ids: string[]): void;
  onPromote(model: ModelRowFragment): void;
  onRollBack(model: ModelRowFragment): void;
}) {
  const toggle = (id: string) =>
    onChoose(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen.slice(-1), id]);
  return (
    <Table.ScrollContainer minWidth={860}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>
              <span className="visually-hidden">Compare</span>
            </Table.Th>
            <Table.Th>Model</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th>Trained</Table.Th>
            <Table.Th className={styles.number}>Factors</Table.Th>
            <Table.Th className={styles.number}>Users</Table.Th>
            <Table.Th className={styles.number}>Products</Table.Th>
            {mainMetrics.map((name) => (
              <Table.Th key={name} className={styles.number}>
                {metricLabel(name)}
              </Table.Th>
            ))}
            <Table.Th>
              <span className="visually-hidden">What can be done</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {models.map((model) => {
            const { word, tone } = modelWord(model.state);
            const metrics = readFragment(MetricValueFragmentDoc, model.metrics?.model);
            return (
              <Table.Tr key={model.id} id={model.name} data-state={model.state}>
                <Table.Td>
                  <Checkbox
                    checked={chosen.includes(model.id)}
                    onChange={() => toggle(model.id)}
                    aria-label={`Compare model ${model.name.slice(0, 8)}`}
                  />
                </Table.Td>
                <Table.Td className={styles.name} title={model.name}>
                  {model.name.slice(0, 8)}
                </Table.Td>
                <Table.Td>
                  <StateDot tone={tone}>{word}</StateDot>
                </Table.Td>
                <Table.Td title={exactTime(model.createdAt)}>{relativeTime(model.createdAt, new Date())}</Table.Td>
                <Table.Td className={styles.number}>{model.config.dim}</Table.Td>
                <Table.Td className={styles.number}>{model.users.toLocaleString('en')}</Table.Td>
                <Table.Td className={styles.number}>{model.items.toLocaleString('en')}</Table.Td>
                {mainMetrics.map((name) => {
                  const metric = metricOf(metrics, name);
                  return (
                    <Table.Td
                      key={name}
                      className={styles.number}
                      title={metric && `95 %: ${formatMetric(metric.low)} to ${formatMetric(metric.high)}`}
                    >
                      {metric ? formatMetric(metric.mean) : '–'}
                    </Table.Td>
                  );
                })}
                <Table.Td className={styles.action}>
                  {model.state === 'PREVIOUS' ? (
                    <Button size="xs" variant="default" onClick={() => onRollBack(model)}>
                      Roll back to it
                    </Button>
                  ) : (
                    model.state !== 'LIVE' && (
                      <Button size="xs" variant="default" onClick={() => onPromote(model)}>
                        Promote
                      </Button>
                    )
                  )}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
