import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type FragmentType, readFragment } from '~/gql';
import {
  type RunProgressFragment,
  RunProgressFragmentDoc,
  type TrainingPhase,
  TrainingRunDocument,
  TrainingRunProgressDocument,
} from '~/gql/graphql';
import { useGraphql, useLive } from '~/shared/api/hooks';
import { duration, relativeTime } from '~/shared/lib/time';
import { useNow } from '~/shared/lib/use-now';
import { LineChart } from '~/shared/ui/line-chart';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { Skeleton } from '~/shared/ui/skeleton';
import { StateDot } from '~/shared/ui/state-dot';
import { StopButton } from './run-actions';
import { RunLog } from './run-log';
import { sentence } from './start-form';
import { isFinal, kindWord, stateWord } from './state-word';
import styles from './training.module.css';

const phases: { phase: TrainingPhase; word: string }[] = [
  { phase: 'DATASET', word: 'Take the data' },
  { phase: 'CHOOSE', word: 'Choose weights' },
  { phase: 'TRAIN', word: 'Solve' },
  { phase: 'EVALUATE', word: 'Judge' },
  { phase: 'SAVE', word: 'Save' },
  { phase: 'PUBLISH', word: 'Make lists' },
];

/** Follows one run, or looks at one that is over: phase, loss, rate, time left, log; and stops it. */
export function RunProgress({ runId, onEnded }: { runId: string; onEnded(): void }) {
  const asked = useGraphql(TrainingRunDocument, { id: runId });
  const [live, setLive] = useState<FragmentType<typeof RunProgressFragmentDoc>>();
  const known = readFragment(RunProgressFragmentDoc, asked.data?.trainingRun);
  const { error } = useLive(
    TrainingRunProgressDocument,
    { id: runId },
    ({ trainingRunProgress: run }) => {
      setLive(run);
      if (isFinal(run.state)) onEnded();
    },
    { pause: !known || isFinal(known.state) },
  );
  const run = readFragment(RunProgressFragmentDoc, live) ?? known;
  if (asked.isPending && !run) return <Skeleton height="50rem" radius="var(--radius-card)" />;
  const failure = error ?? asked.error;
  if (failure) {
    return (
      <Notice tone="failed" title="The run cannot be followed now.">
        {failure.message} It goes on all the same.
      </Notice>
    );
  }
  if (!run) {
    return (
      <Notice title="There is no such run.">
        It was forgotten, or the address is wrong. Choose another in the history.
      </Notice>
    );
  }
  return <Run run={run} />;
}

function Run({ run }: { run: RunProgressFragment }) {
  const now = useNow();
  const { word, tone } = stateWord(run.state);
  const isOver = isFinal(run.state);
  return (
    <Panel
      title={`${kindWord(run.kind)}, asked for ${relativeTime(run.queuedAt, now)}`}
      aside={
        <>
          <StateDot tone={tone}>{word}</StateDot>
          {!isOver && <StopButton runId={run.id} isAsked={run.cancelAsked} />}
        </>
      }
    >
      <Outcome run={run} />
      <Steps run={run} />
      <LineChart values={run.losses} steps={Math.max(run.epochs, 1)} label="Loss by epoch" stepName="epoch" />
      <Figures run={run} now={now} />
      {run.attempts > 1 && (
        <p className={styles.quiet}>
          {run.attempts} workers took it: {run.attempts - 1} of them ended without word, and the next took over.
        </p>
      )}
      <RunLog lines={run.log} dropped={run.logDropped} />
    </Panel>
  );
}

/** What came of a run and what to do next; nothing while it goes on. */
function Outcome({ run }: { run: RunProgressFragment }) {
  if (run.state === 'QUEUED') {
    return (
      <p className={styles.quiet}>
        {run.place === 1 ? 'It is next.' : `${(run.place ?? 1) - 1} others come first.`} One run goes at a time.
      </p>
    );
  }
  if (run.error) {
    return (
      <Notice tone="failed" title={`It ended without a model: ${causeOf(run.errorCode)}.`}>
        {sentence(run.error)}
      </Notice>
    );
  }
  if (run.state === 'CANCELLED') return <Notice title="It was stopped, and made no model." />;
  if (run.state !== 'DONE') return null;
  return (
    <Notice
      tone={run.promote && !run.promoted && run.note ? 'attention' : 'plain'}
      title={
        run.promoted
          ? 'The model went live: it was not worse than the one before.'
          : 'The model is ready. Look at it, compare it, then put it live.'
      }
      action={
        run.model ? (
          <Link to="/models/$name" params={{ name: run.model.name }}>
            Look at model {run.model.name.slice(0, 8)}
          </Link>
        ) : undefined
      }
    >
      {run.note ? sentence(run.note) : !run.model && 'It was deleted since.'}
    </Notice>
  );
}

function causeOf(code: string | null | undefined): string {
  switch (code) {
    case 'NOT_ENOUGH_DATA':
      return 'there is not enough to learn from';
    case 'BAD_USER_INPUT':
      return 'the parameters do not fit the data';
    default:
      return 'something broke';
  }
}

function Steps({ run }: { run: RunProgressFragment }) {
  const own = phases.filter(({ phase }) => phase !== 'CHOOSE' || run.choose);
  const current = run.state === 'DONE' ? own.length : own.findIndex(({ phase }) => phase === run.phase);
  return (
    <ol className={styles.steps} aria-label="Phases">
      {own.map(({ phase, word }, place) => (
        <li
          key={phase}
          className={styles.step}
          data-state={place < current ? 'done' : place === current ? 'now' : 'later'}
          aria-current={place === current && run.state === 'RUNNING' ? 'step' : undefined}
        >
          {word}
        </li>
      ))}
    </ol>
  );
}

function Figures({ run, now }: { run: RunProgressFragment; now: Date }) {
  const started = run.startedAt ? new Date(run.startedAt) : undefined;
  const ended = run.endedAt ? new Date(run.endedAt) : undefined;
  const left = run.timeLeftMs != null ? `about ${duration(run.timeLeftMs)}` : '–';
  const figures: [string, string][] = [
    ['Epoch', run.epochs > 0 ? `${run.epoch} of ${run.epochs}` : '–'],
    ['Entries a second', run.rate ? Math.round(run.rate).toLocaleString('en') : '–'],
    ended ? ['Took', started ? duration(ended.getTime() - started.getTime()) : '–'] : ['Time left', left],
    ['Started', started ? relativeTime(started, now) : ended ? 'never' : 'waits for a worker'],
  ];
  return (
    <dl className={styles.figures}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
