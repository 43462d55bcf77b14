import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type FragmentType, readFragment } from '~/gql';
import {
  TrainingRunStartDocument,
  TuningCancelDocument,
  TuningProgressDocument,
  type TuningViewFragment,
  TuningViewFragmentDoc,
} from '~/gql/graphql';
import { useCommand, useLive } from '~/shared/api/hooks';
import { duration, relativeTime } from '~/shared/lib/time';
import { useNow } from '~/shared/lib/use-now';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { StateDot } from '~/shared/ui/state-dot';
import { useToast } from '~/shared/ui/toast';
import { sentence } from './start-form';
import { isFinal, stateWord } from './state-word';
import training from './training.module.css';
import { TrialPlot } from './trial-plot';
import { TrialTable } from './trial-table';
import styles from './tuning.module.css';

/** Follows one search, or looks at one that is over: the best so far, plot and table; stops it, and trains with what it found. */
export function TuningProgress({
  known,
  onEnded,
}: {
  known: FragmentType<typeof TuningViewFragmentDoc>;
  onEnded(): void;
}) {
  const first = readFragment(TuningViewFragmentDoc, known);
  const [live, setLive] = useState<FragmentType<typeof TuningViewFragmentDoc>>();
  const { error } = useLive(
    TuningProgressDocument,
    { id: first.id },
    ({ tuningProgress: tuning }) => {
      setLive(tuning);
      if (isFinal(tuning.state)) onEnded();
    },
    { pause: isFinal(first.state) },
  );
  const tuning = readFragment(TuningViewFragmentDoc, live) ?? first;
  return (
    <>
      {error && (
        <Notice tone="failed" title="The search cannot be followed now.">
          {error.message} It goes on all the same.
        </Notice>
      )}
      <View tuning={tuning} />
    </>
  );
}

const metricWord = (metric: string) => (metric === 'recall' ? 'Recall@20' : 'nDCG@20');

function View({ tuning }: { tuning: TuningViewFragment }) {
  const now = useNow();
  const { word, tone } = stateWord(tuning.state);
  const metric = metricWord(tuning.metric);
  const spent = tuning.startedAt ? new Date(tuning.endedAt ?? now).getTime() - new Date(tuning.startedAt).getTime() : 0;
  return (
    <Panel
      title={`Search by ${metric}, asked for ${relativeTime(tuning.askedAt, now)}`}
      aside={
        <>
          <StateDot tone={tone}>{word}</StateDot>
          {!isFinal(tuning.state) && <StopSearch tuning={tuning} />}
        </>
      }
    >
      {tuning.error && (
        <Notice tone="failed" title="The search ended early.">
          {sentence(tuning.error)}
        </Notice>
      )}
      {tuning.state === 'QUEUED' && <p className={styles.quiet}>It waits for a worker.</p>}
      {tuning.how && (
        <p className={styles.quiet}>
          {sentence(tuning.how)} {tuning.newPairs && !tuning.how.includes('new to') ? 'Only new products.' : ''}
        </p>
      )}
      {tuning.best && <Best tuning={tuning} metric={metric} />}
      {tuning.state !== 'QUEUED' && (
        <TrialPlot trials={tuning.trials} metric={metric} spanMs={isFinal(tuning.state) ? 0 : tuning.budgetMs} />
      )}
      <dl className={training.figures}>
        {figures(tuning, spent).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {tuning.trials.length > 0 && <TrialTable trials={tuning.trials} metric={metric} />}
    </Panel>
  );
}

function figures(tuning: TuningViewFragment, spent: number): [string, string][] {
  return [
    ['Trials', String(tuning.trials.length)],
    ['Blends tried', String(tuning.trials.reduce((sum, { blends }) => sum + blends, 0))],
    ['Searched', `${duration(spent)} of ${duration(tuning.budgetMs)}`],
  ];
}

/** The best so far, and the way to a model made of it. */
function Best({ tuning, metric }: { tuning: TuningViewFragment; metric: string }) {
  const start = useCommand(TrainingRunStartDocument);
  const say = useToast();
  const [isBusy, setBusy] = useState(false);
  const [run, setRun] = useState<string>();
  const best = tuning.best;
  if (!best) return null;
  const gain = best.value / (tuning.trials[0]?.value || best.value) - 1;
  const train = async () => {
    setBusy(true);
    const { data, error } = await start({ input: { tuningId: tuning.id } });
    setBusy(false);
    const wrong = error?.message ?? data?.trainingRunStart.userErrors[0]?.message;
    if (wrong) return say(wrong, 'failed');
    setRun(data?.trainingRunStart.run?.id);
    say('A run with this configuration waits in the queue.');
  };
  return (
    <div className={styles.bestSoFar}>
      <p>
        <strong>
          {isFinal(tuning.state) ? 'The best' : 'The best so far'}: {metric} {best.value.toFixed(4)}
        </strong>
        {best.number > 1 && gain > 0 && `, ${(100 * gain).toFixed(1)} % above the start`}
      </p>
      <p className={styles.text}>{best.text}</p>
      {run ? (
        <Link to="/training" search={{ run } as never}>
          Watch the run
        </Link>
      ) : (
        <Button onClick={train} loading={isBusy}>
          Train with this configuration
        </Button>
      )}
    </div>
  );
}

function StopSearch({ tuning }: { tuning: TuningViewFragment }) {
  const cancel = useCommand(TuningCancelDocument);
  const say = useToast();
  const [isBusy, setBusy] = useState(false);
  const stop = async () => {
    setBusy(true);
    const { data, error } = await cancel({ input: { tuningId: tuning.id } });
    setBusy(false);
    const wrong = error?.message ?? data?.tuningCancel.userErrors[0]?.message;
    if (wrong) say(wrong, 'failed');
  };
  return (
    <Button variant="default" size="xs" loading={isBusy || tuning.cancelAsked} onClick={stop}>
      Stop the search
    </Button>
  );
}
