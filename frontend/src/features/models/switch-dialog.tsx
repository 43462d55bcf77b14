import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { readFragment } from '~/gql';
import {
  MetricValueFragmentDoc,
  ModelPromoteDocument,
  ModelRollBackDocument,
  type ModelRowFragment,
} from '~/gql/graphql';
import { useCommand } from '~/shared/api/hooks';
import { relativeTime } from '~/shared/lib/time';
import { Notice } from '~/shared/ui/notice';
import { formatMetric, mainMetrics, metricLabel, metricOf } from './metrics';
import styles from './models.module.css';

/** Asks once before another model answers, and shows what changes. */
export function SwitchDialog({
  to,
  live,
  isRollBack,
  onClose,
  onDone,
}: {
  to: ModelRowFragment;
  live: ModelRowFragment | undefined;
  isRollBack: boolean;
  onClose(): void;
  onDone(text: string): void;
}) {
  const promote = useCommand(ModelPromoteDocument);
  const rollBack = useCommand(ModelRollBackDocument);
  const [isBusy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const name = to.name.slice(0, 8);
  const run = async () => {
    setBusy(true);
    const { payload, error } = isRollBack
      ? await rollBack({}).then(({ data, error }) => ({ error, payload: data?.modelRollBack }))
      : await promote({ input: { modelId: to.id } }).then(({ data, error }) => ({
          error,
          payload: data?.modelPromote,
        }));
    setBusy(false);
    const failure = error?.message ?? payload?.userErrors[0]?.message;
    if (failure) return setWrong(failure);
    onDone(`Model ${name} answers now. ${live ? `Rolling back returns to ${live.name.slice(0, 8)}.` : ''}`);
  };
  const now = new Date();
  const before = readFragment(MetricValueFragmentDoc, live?.metrics?.model);
  const after = readFragment(MetricValueFragmentDoc, to.metrics?.model);
  return (
    <Modal opened onClose={onClose} title={isRollBack ? `Roll back to model ${name}?` : `Put model ${name} live?`}>
      <div className={styles.dialog}>
        <table className={styles.changes}>
          <thead>
            <tr>
              <td />
              <th scope="col">{live ? `Live now, ${live.name.slice(0, 8)}` : 'No model yet'}</th>
              <th scope="col">Then, {name}</th>
            </tr>
          </thead>
          <tbody>
            {mainMetrics.map((metric) => (
              <tr key={metric}>
                <th scope="row">{metricLabel(metric)}</th>
                <td>{show(metricOf(before, metric)?.mean)}</td>
                <td>{show(metricOf(after, metric)?.mean)}</td>
              </tr>
            ))}
            <tr>
              <th scope="row">Knows all until</th>
              <td>{live ? relativeTime(live.trainedAt, now) : '–'}</td>
              <td>{relativeTime(to.trainedAt, now)}</td>
            </tr>
          </tbody>
        </table>
        <p className={styles.quiet}>Every shopper’s next answer comes from it. You can roll back with one click.</p>
        {wrong && (
          <Notice tone="failed" title="Nothing was changed.">
            {wrong}
          </Notice>
        )}
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose}>
            Leave it as it is
          </Button>
          <Button loading={isBusy} onClick={run} data-autofocus>
            {isRollBack ? `Roll back to ${name}` : `Put ${name} live`}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

const show = (value: number | undefined) => (value === undefined ? '–' : formatMetric(value));
