import { Button, Checkbox, Collapse, NumberInput, Radio } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type TrainingConfigInput, type TrainingRunKind, TrainingRunStartDocument } from '~/gql/graphql';
import { useCommand } from '~/shared/api/hooks';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { parameters } from './parameters';
import styles from './training.module.css';

/** Starts a run of training: how much to solve again, and with which parameters. */
export function StartForm({ isBusy, onStarted }: { isBusy: boolean; onStarted(runId: string): void }) {
  const start = useCommand(TrainingRunStartDocument);
  const [kind, setKind] = useState<TrainingRunKind>('FULL');
  const [promote, setPromote] = useState(false);
  const [config, setConfig] = useState<TrainingConfigInput>({});
  const [isOpen, setOpen] = useState(false);
  const [isSending, setSending] = useState(false);
  const [wrong, setWrong] = useState<string>();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    const { data, error } = await start({ input: { kind, promote, config } });
    setSending(false);
    const userError = data?.trainingRunStart.userErrors[0];
    setWrong(error?.message ?? userError?.message);
    if (data?.trainingRunStart.run) onStarted(data.trainingRunStart.run.id);
  };

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
          description="Judged against the live model on the same hold-out."
        />
        <Button variant="subtle" onClick={() => setOpen(!isOpen)} aria-expanded={isOpen} className={styles.toggle}>
          {isOpen ? 'Hide the parameters' : 'Parameters'}
        </Button>
        <Collapse expanded={isOpen}>
          <div className={styles.form}>
            {parameters.map(({ name, label, hint, byDefault, min, max, step }) => (
              <NumberInput
                key={name}
                label={label}
                description={hint}
                placeholder={String(byDefault)}
                min={min}
                max={max}
                step={step}
                value={config[name] ?? ''}
                onChange={(value) =>
                  setConfig({ ...config, [name]: value === '' || value === undefined ? undefined : Number(value) })
                }
              />
            ))}
          </div>
        </Collapse>
        {wrong && (
          <Notice tone="failed" title="The run was not started.">
            {wrong}
          </Notice>
        )}
        <Button type="submit" loading={isSending}>
          {isBusy ? 'Train next' : 'Train'}
        </Button>
        {isBusy && <p className={styles.quiet}>A run is under way. Another waits until it has ended.</p>}
      </form>
    </Panel>
  );
}
