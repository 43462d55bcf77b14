import { Button, Table } from '@mantine/core';
import { useState } from 'react';
import type { TuningStep, TuningViewFragment } from '~/gql/graphql';
import { duration } from '~/shared/lib/time';
import styles from './tuning.module.css';

type Trial = TuningViewFragment['trials'][number];

const steps: Record<TuningStep, string> = {
  START: 'The start',
  BLEND: 'Weights',
  NEIGHBOURS: 'Neighbours',
  FACTORS: 'Factors',
};

/** How many of the last trials show among those that were kept, before one asks for all. */
const latest = 10;

/** Trials, the newest first: those that were kept and the latest, and all when asked for. */
export function TrialTable({ trials, metric }: { trials: readonly Trial[]; metric: string }) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? trials : trials.filter((trial, k) => trial.best || k >= trials.length - latest);
  return (
    <>
      <Trials trials={shown} metric={metric} />
      {(isWhole || shown.length < trials.length) && (
        <Button variant="default" size="xs" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Show what was kept and the latest' : `Show all ${trials.length} trials`}
        </Button>
      )}
    </>
  );
}

function Trials({ trials, metric }: { trials: readonly Trial[]; metric: string }) {
  return (
    <Table.ScrollContainer minWidth={720} type="native" tabIndex={0} role="region" aria-label="Trials">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th className={styles.number}>Trial</Table.Th>
            <Table.Th>What changed</Table.Th>
            <Table.Th className={styles.number}>{metric}</Table.Th>
            <Table.Th className={styles.number}>Than the best before</Table.Th>
            <Table.Th>Configuration</Table.Th>
            <Table.Th className={styles.number}>After</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {trials.toReversed().map((trial) => (
            <Table.Tr key={trial.number} className={styles.trial} data-best={trial.best}>
              <Table.Td className={styles.number}>{trial.number}</Table.Td>
              <Table.Td>{steps[trial.step]}</Table.Td>
              <Table.Td className={styles.number}>{trial.error ? '–' : trial.value.toFixed(4)}</Table.Td>
              <Table.Td className={styles.number}>{verdict(trial)}</Table.Td>
              <Table.Td className={styles.text}>{trial.error ?? trial.text}</Table.Td>
              <Table.Td className={styles.number}>{duration(trial.elapsedMs)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function verdict(trial: Trial): string {
  if (trial.error) return 'failed';
  if (!trial.whole) return `${trial.trained} of ${trial.config.epochs} epochs`;
  if (trial.difference == null || trial.uncertainty == null) return trial.number === 1 ? 'the first' : 'no different';
  const sign = trial.difference < 0 ? '−' : '+';
  return `${sign}${Math.abs(trial.difference).toFixed(4)} ± ${trial.uncertainty.toFixed(4)}${trial.best ? ', kept' : ''}`;
}
