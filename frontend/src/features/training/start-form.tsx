import { Button, Checkbox, Radio } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import {
  type TrainingConfigInput,
  TrainingDefaultsDocument,
  type TrainingDefaultsQuery,
  type TrainingRunKind,
  TrainingRunStartDocument,
} from '~/gql/graphql';
import { type QueryState, useCommand, useGraphql } from '~/shared/api/hooks';
import { useMedia } from '~/shared/lib/use-media';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { Skeleton } from '~/shared/ui/skeleton';
import { type Given, ParameterField } from './parameter-field';
import styles from './training.module.css';

/** Starts a run of training: how much to solve again, and with which parameters. */
export function StartForm({ isBusy, onStarted }: { isBusy: boolean; onStarted(runId: string): void }) {
  const start = useCommand(TrainingRunStartDocument);
  const defaults = useGraphql(TrainingDefaultsDocument, {});
  const [kind, setKind] = useState<TrainingRunKind>('FULL');
  const [promote, setPromote] = useState(false);
  const [choose, setChoose] = useState(true);
  const [given, setGiven] = useState<Record<string, Given | undefined>>({});
  const [isSending, setSending] = useState(false);
  const [wrong, setWrong] = useState<string>();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    const config = kind === 'FULL' ? { ...configOf(given), choose: choose ? undefined : false } : undefined;
    const { data, error } = await start({ input: { kind, promote, config } });
    setSending(false);
    const userError = data?.trainingRunStart.userErrors[0];
    setWrong(error?.message ?? userError?.message);
    if (data?.trainingRunStart.run) onStarted(data.trainingRunStart.run.id);
  };

  const problem = defaults.data?.trainingDefaults.problem;
  return (
    <Panel title="Train a model">
      <form onSubmit={submit} className={styles.form}>
        <Radio.Group
          label="How much to solve again"
          value={kind}
          onChange={(value) => setKind(value === 'INCREMENTAL' ? 'INCREMENTAL' : 'FULL')}
        >
          <div className={styles.choices}>
            <Radio value="FULL" label="Everything" description="A new model from the whole history." />
            <Radio
              value="INCREMENTAL"
              label="What changed"
              description="Only customers and products touched since the live model."
            />
          </div>
        </Radio.Group>
        <Checkbox
          checked={promote}
          onChange={(event) => setPromote(event.currentTarget.checked)}
          label="Put it live if it is not worse"
          description="Judged against the live model on the same hold-out. Otherwise it waits for you as a candidate."
        />
        {kind === 'FULL' && (
          <Checkbox
            checked={choose}
            onChange={(event) => setChoose(event.currentTarget.checked)}
            label="Choose weights while training"
            description="Of neighbours and gain, those left empty below: what foretells the latest purchases best. Otherwise the size of the data says them."
          />
        )}
        {problem && (
          <Notice tone="attention" title="There is not enough to learn from yet.">
            {sentence(problem)}
          </Notice>
        )}
        {wrong && (
          <Notice tone="failed" title="The run was not started.">
            {sentence(wrong)}
          </Notice>
        )}
        <Button type="submit" loading={isSending}>
          {isBusy ? 'Train next' : 'Train'}
        </Button>
        {isBusy && <p className={styles.quiet}>A run is under way. Another waits until it has ended.</p>}
        {kind === 'FULL' ? (
          <Parameters
            state={defaults}
            given={given}
            onChange={(name, value) => setGiven({ ...given, [name]: value })}
          />
        ) : (
          <p className={styles.quiet}>It goes on with the parameters of the live model.</p>
        )}
      </form>
    </Panel>
  );
}

function Parameters({
  state,
  given,
  onChange,
}: {
  state: QueryState<TrainingDefaultsQuery>;
  given: Record<string, Given | undefined>;
  onChange(name: string, value: Given | undefined): void;
}) {
  const isPhone = useMedia('(max-width: 64rem)'); // what happens then stands below, and must be near
  if (state.isPending) {
    return (
      <details open={!isPhone} className={styles.details}>
        <summary>Parameters</summary>
        <Skeleton height="28rem" radius="var(--radius-card)" />
      </details>
    );
  }
  if (state.error) {
    return (
      <Notice title="The defaults cannot be derived now.">
        {state.error.message} You can train all the same; the run derives them itself.
      </Notice>
    );
  }
  const { users, items, entries, exact, parameters } = state.data.trainingDefaults;
  return (
    <details open={!isPhone} className={styles.details}>
      <summary>Parameters</summary>
      <div className={styles.parameters}>
        <p className={styles.quiet}>
          What you leave empty is chosen by the data: {users.toLocaleString('en')} customers and sessions,{' '}
          {items.toLocaleString('en')} products, {entries.toLocaleString('en')} pairs
          {exact ? '.' : ' as the newest model counted them; the run counts again.'}
        </p>
        {parameters.map((parameter) => (
          <ParameterField
            key={parameter.name}
            parameter={parameter}
            value={given[parameter.name]}
            onChange={(value) => onChange(parameter.name, value)}
          />
        ))}
      </div>
    </details>
  );
}

/** What was given, as the API takes it: the seed is a text, since it may be longer than a number. */
function configOf({ seed, ...others }: Record<string, Given | undefined>): TrainingConfigInput {
  return { ...others, seed: seed === undefined ? undefined : String(seed) };
}

/** A message of the server's as a sentence. */
export const sentence = (text: string) =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
