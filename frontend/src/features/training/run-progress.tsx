import { Button } from '@mantine/core';
import { useState } from 'react';
import { type FragmentType, readFragment } from '~/gql';
import {
  RunProgressFragmentDoc,
  type TrainingPhase,
  TrainingRunCancelDocument,
  TrainingRunProgressDocument,
  type TrainingRunState,
} from '~/gql/graphql';
import { useCommand, useLive } from '~/shared/api/hooks';
import { duration, relativeTime } from '~/shared/lib/time';
import { useNow } from '~/shared/lib/use-now';
import { LineChart } from '~/shared/ui/line-chart';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { StateDot } from '~/shared/ui/state-dot';
import { useToast } from '~/shared/ui/toast';
import { stateWord } from './state-word';
import styles from './training.module.css';

type Progress = FragmentType<typeof RunProgressFragmentDoc>;

const phases: { phase: TrainingPhase; word: string }[] = [
  { phase: 'DATASET', word: 'Take the data' },
  { phase: 'TRAIN', word: 'Solve' },
  { phase: 'EVALUATE', word: 'Judge' },
  { phase: 'SAVE', word: 'Save' },
  { phase: 'PUBLISH', word: 'Make lists' },
];

export const isFinal = (state: TrainingRunState) => state === 'DONE' || state === 'FAILED' || state === 'CANCELLED';

/** Follows one run: its phase, the loss as it falls, the rate, the time left; and stops it. */
export function RunProgress({ runId, known, onEnded }: { runId: string; known?: Progress; onEnded(): void }) {
  const [live, setLive] = useState<Progress>();
  const { error } = useLive(TrainingRunProgressDocument, { id: runId }, ({ trainingRunProgress: run }) => {
    setLive(run);
    if (isFinal(run.state)) onEnded();
  });
  const now = useNow();
  const run = readFragment(RunProgressFragmentDoc, live ?? known);
  if (error) {
    return (
      <Notice tone="failed" title="The run cannot be followed now.">
        {error.message} It goes on all the same.
      </Notice>
    );
  }
  if (!run) return <p role="status">Waiting for word from the run…</p>;
  const { word, tone } = stateWord(run.state);
  const started = run.startedAt ? new Date(run.startedAt) : undefined;
  const ended = run.endedAt ? new Date(run.endedAt) : undefined;
  return (
    <Panel
      title={isFinal(run.state) ? 'The last run' : 'The run under way'}
      aside={
        <>
          <StateDot tone={tone}>{word}</StateDot>
          {!isFinal(run.state) && <CancelButton runId={runId} isAsked={run.cancelAsked} />}
        </>
      }
    >
      <Steps run={run} />
      <LineChart values={run.losses} steps={Math.max(run.epochs, 1)} label="Loss by epoch" stepName="epoch" />
      <dl className={styles.figures}>
        <Figure name="Epoch" value={`${run.epoch} of ${run.epochs}`} />
        <Figure name="Entries a second" value={run.rate ? Math.round(run.rate).toLocaleString('en') : '–'} />
        <Figure
          name={ended ? 'Took' : 'Time left'}
          value={
            ended && started
              ? duration(ended.getTime() - started.getTime())
              : run.timeLeftMs != null
                ? `about ${duration(run.timeLeftMs)}`
                : '–'
          }
        />
        <Figure name="Started" value={started ? relativeTime(started, now) : 'waits for a worker'} />
      </dl>
      {run.attempts > 1 && (
        <p className={styles.quiet}>
          {run.attempts} workers took it: {run.attempts - 1} of them ended without word, and the next took over.
        </p>
      )}
      {run.error && (
        <Notice tone={run.state === 'CANCELLED' ? 'plain' : 'failed'} title="It ended without a model.">
          {run.error}
        </Notice>
      )}
    </Panel>
  );
}

function Steps({ run }: { run: { phase?: TrainingPhase | null; state: TrainingRunState } }) {
  const current = run.state === 'DONE' ? phases.length : phases.findIndex(({ phase }) => phase === run.phase);
  return (
    <ol className={styles.steps} aria-label="Phases">
      {phases.map(({ phase, word }, place) => (
        <li
          key={phase}
          className={styles.step}
          data-state={place < current ? 'done' : place === current ? 'now' : 'later'}
          aria-current={place === current ? 'step' : undefined}
        >
          {word}
        </li>
      ))}
    </ol>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function CancelButton({ runId, isAsked }: { runId: string; isAsked: boolean }) {
  const cancel = useCommand(TrainingRunCancelDocument);
  const say = useToast();
  const [isBusy, setBusy] = useState(false);
  const stop = async () => {
    setBusy(true);
    const { data, error } = await cancel({ input: { runId } });
    setBusy(false);
    const wrong = error?.message ?? data?.trainingRunCancel.userErrors[0]?.message;
    if (wrong) say(wrong, 'failed');
  };
  return (
    <Button variant="default" size="xs" loading={isBusy || isAsked} onClick={stop}>
      Stop the run
    </Button>
  );
}
