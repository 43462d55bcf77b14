import { Button, Checkbox, NativeSelect } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { TuningStartDocument } from '~/gql/graphql';
import { useCommand } from '~/shared/api/hooks';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { sentence } from './start-form';
import styles from './training.module.css';

const budgets = [1, 5, 10, 30, 60, 240, 480];

/** Starts a search for the configuration: how long, by what, and whom to ask. */
export function TuningForm({ isBusy, onStarted }: { isBusy: boolean; onStarted(id: string): void }) {
  const start = useCommand(TuningStartDocument);
  const [minutes, setMinutes] = useState('10');
  const [metric, setMetric] = useState('ndcg');
  const [newPairs, setNewPairs] = useState(true);
  const [isSending, setSending] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    const { data, error } = await start({ input: { budgetMinutes: Number(minutes), metric, newPairs } });
    setSending(false);
    setWrong(error?.message ?? data?.tuningStart.userErrors[0]?.message);
    if (data?.tuningStart.tuning) onStarted(data.tuningStart.tuning.id);
  };
  return (
    <Panel title="Search for a configuration">
      <form onSubmit={submit} className={styles.form}>
        <NativeSelect
          label="How long"
          description="What is best so far can be used at any moment."
          value={minutes}
          onChange={(event) => setMinutes(event.currentTarget.value)}
          data={budgets.map((value) => ({
            value: String(value),
            label: value < 60 ? `${value} min` : `${value / 60} h`,
          }))}
        />
        <NativeSelect
          label="By what"
          value={metric}
          onChange={(event) => setMetric(event.currentTarget.value)}
          data={[
            { value: 'ndcg', label: 'nDCG@20: the best first' },
            { value: 'recall', label: 'Recall@20: all in the list alike' },
          ]}
        />
        <Checkbox
          checked={newPairs}
          onChange={(event) => setNewPairs(event.currentTarget.checked)}
          label="Only products new to the customer"
          description="Otherwise what is bought again counts too, which is easier to foretell."
        />
        {wrong && (
          <Notice tone="failed" title="The search was not started.">
            {sentence(wrong)}
          </Notice>
        )}
        <Button type="submit" loading={isSending}>
          {isBusy ? 'Search next' : 'Search'}
        </Button>
        <p className={styles.quiet}>
          While it goes on no model is trained. It foretells several periods of the history from what came before each,
          and keeps a change where it is worth more than chance.
        </p>
      </form>
    </Panel>
  );
}
