import { Button, Checkbox, Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { readFragment } from '~/gql';
import { MetricValueFragmentDoc, type ModelRowFragment } from '~/gql/graphql';
import { exactTime, relativeTime } from '~/shared/lib/time';
import { StateDot } from '~/shared/ui/state-dot';
import { MetricBar } from './metric-bar';
import { formatBytes, mainMetrics, metricLabel, metricMeaning, metricOf } from './metrics';
import { modelName } from './model-name';
import { modelWord } from './model-state';
import styles from './models.module.css';

interface Actions {
  onSwitch(model: ModelRowFragment): void;
  onDelete(model: ModelRowFragment): void;
}

/** The models: what they are, how good they were, and what can be done with them. */
export function ModelTable({
  models,
  chosen,
  onChoose,
  ...actions
}: Actions & {
  models: ModelRowFragment[];
  /** Ids of those to compare, two at most. */
  chosen: string[];
  onChoose(ids: string[]): void;
}) {
  const toggle = (id: string) =>
    onChoose(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen.slice(-1), id]);
  const tops = new Map(
    mainMetrics.map((name) => [
      name,
      Math.max(0, ...models.map((model) => metricOf(measuresOf(model), name)?.high ?? 0)),
    ]),
  );
  return (
    <Table.ScrollContainer minWidth={920}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>
              <span className="visually-hidden">Compare</span>
            </Table.Th>
            <Table.Th>Model</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th>Made</Table.Th>
            <Table.Th>Knows all until</Table.Th>
            {mainMetrics.map((name) => (
              <Table.Th key={name} className={styles.number} title={metricMeaning(name)}>
                {metricLabel(name)}
              </Table.Th>
            ))}
            <Table.Th className={styles.number}>Size</Table.Th>
            <Table.Th>
              <span className="visually-hidden">What can be done</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {models.map((model) => (
            <Row
              key={model.id}
              model={model}
              tops={tops}
              isChosen={chosen.includes(model.id)}
              onToggle={() => toggle(model.id)}
              {...actions}
            />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

const measuresOf = (model: ModelRowFragment) => readFragment(MetricValueFragmentDoc, model.metrics?.model);

function Row({
  model,
  tops,
  isChosen,
  onToggle,
  onSwitch,
  onDelete,
}: Actions & { model: ModelRowFragment; tops: Map<string, number>; isChosen: boolean; onToggle(): void }) {
  const { word, tone } = modelWord(model.state);
  const now = new Date();
  const name = modelName(model);
  return (
    <Table.Tr data-state={model.state}>
      <Table.Td>
        <Checkbox checked={isChosen} onChange={onToggle} aria-label={`Compare model ${name}`} />
      </Table.Td>
      <Table.Td title={model.name}>
        <Link to="/models/$name" params={{ name: model.name }} className={model.title ? undefined : styles.name}>
          {name}
        </Link>
        <span className={styles.under}>
          {model.title && <code>{model.name.slice(0, 8)} </code>}
          {model.config.dim} factors
        </span>
      </Table.Td>
      <Table.Td>
        <StateDot tone={tone}>{word}</StateDot>
      </Table.Td>
      <Table.Td title={exactTime(model.createdAt)}>{relativeTime(model.createdAt, now)}</Table.Td>
      <Table.Td title={exactTime(model.trainedAt)}>{relativeTime(model.trainedAt, now)}</Table.Td>
      {mainMetrics.map((metric) => (
        <Table.Td key={metric} className={styles.number}>
          <MetricBar metric={metricOf(measuresOf(model), metric)} top={tops.get(metric) ?? 1} />
        </Table.Td>
      ))}
      <Table.Td className={styles.number}>{formatBytes(model.bytes)}</Table.Td>
      <Table.Td className={styles.action}>
        {model.state !== 'LIVE' && (
          <Button size="xs" variant="default" onClick={() => onSwitch(model)}>
            {model.state === 'PREVIOUS' ? 'Roll back to it' : 'Promote'}
          </Button>
        )}
        {(model.state === 'CANDIDATE' || model.state === 'RETIRED') && (
          <Button size="xs" variant="subtle" onClick={() => onDelete(model)} aria-label={`Delete model ${name}`}>
            Delete
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
