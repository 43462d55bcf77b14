import { Button, Progress } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { type FragmentType, readFragment } from '~/gql';
import {
  ComparedModelFragmentDoc,
  type ComparisonFragment,
  ComparisonFragmentDoc,
  JudgedFragmentDoc,
  ModelComparisonDocument,
  ModelComparisonProgressDocument,
  ModelComparisonStartDocument,
  type ModelComparisonStep,
} from '~/gql/graphql';
import { useCommand, useGraphql, useLive } from '~/shared/api/hooks';
import { exactTime, relativeTime } from '~/shared/lib/time';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { Skeleton } from '~/shared/ui/skeleton';
import { StateDot } from '~/shared/ui/state-dot';
import { ListsPanel } from './comparison-lists';
import { MeasuresPanel } from './comparison-measures';
import { VendorsPanel } from './comparison-vendors';
import { chiefMetrics } from './metrics';
import { AgainPanel } from './metrics-panel';
import { modelName } from './model-name';
import { modelWord } from './model-state';
import styles from './models.module.css';

const steps: Record<ModelComparisonStep, string> = {
  LISTS: 'Asking both for the same customers’ lists',
  DATA: 'Cutting one hold-out from the history',
  TRAIN_A: 'Training what stands for the first',
  TRAIN_B: 'Training what stands for the second',
  JUDGE: 'Judging both on the hold-out',
};

/** Two models side by side: lists at once, measures as soon as both are judged. Looking asks for it. */
export function Comparison({ a, b }: { a: string; b: string }) {
  const asked = useGraphql(ModelComparisonDocument, { a, b });
  const start = useCommand(ModelComparisonStartDocument);
  const [latest, setLatest] = useState<FragmentType<typeof ComparisonFragmentDoc>>();
  const [wrong, setWrong] = useState<string>();
  const isAsked = useRef(false);
  const known =
    readFragment(ComparisonFragmentDoc, latest) ?? readFragment(ComparisonFragmentDoc, asked.data?.modelComparison);
  const begin = async () => {
    setWrong(undefined);
    const { data, error } = await start({ input: { a, b } });
    const failure = error?.message ?? data?.modelComparisonStart.userErrors[0]?.message;
    if (failure) return setWrong(failure);
    if (data?.modelComparisonStart.comparison) setLatest(data.modelComparisonStart.comparison);
  };
  const isUnknown = asked.data !== undefined && !asked.isRenewing && !known;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it asks once, as soon as nobody is known to have
  useEffect(() => {
    if (!isUnknown || isAsked.current) return;
    isAsked.current = true;
    void begin();
  }, [isUnknown]);
  useLive(
    ModelComparisonProgressDocument,
    { id: known?.id ?? '' },
    ({ modelComparisonProgress }) => setLatest(modelComparisonProgress),
    { pause: !known || isOver(known) },
  );
  const failure = wrong ?? asked.error?.message;
  if (failure) {
    return (
      <Notice tone="failed" title="The models cannot be compared now." action={<Link to="/models">Choose others</Link>}>
        {failure}
      </Notice>
    );
  }
  if (!known) return <Skeleton height="32rem" radius="var(--radius-card)" />;
  return (
    <>
      <Heads comparison={known} />
      <Work comparison={known} onAgain={begin} />
      {known.judgement && <Judged judgement={known.judgement} />}
      {known.difference && <ListsPanel difference={known.difference} />}
      {known.judgement && <VendorsPanel judgement={known.judgement} />}
    </>
  );
}

const isOver = ({ state }: ComparisonFragment) => state === 'DONE' || state === 'FAILED';

/** The two on what is new to the customers, on what they buy again, and on what nobody had bought yet. */
function Judged({ judgement }: { judgement: NonNullable<ComparisonFragment['judgement']> }) {
  const repeats = readFragment(JudgedFragmentDoc, judgement.repeats);
  return (
    <>
      <MeasuresPanel title="How good they are" judgement={judgement} />
      {repeats && (
        <AgainPanel
          judged={repeats}
          about="It is counted, not learnt: the same figures, whichever of the two is live."
        />
      )}
      {judgement.neverSold && (
        <MeasuresPanel
          title="What nobody had bought yet"
          about="Products that were first sold in the days that were hidden: both foretell from category, vendor, price and name whom they may please."
          names={chiefMetrics}
          judgement={judgement.neverSold}
        />
      )}
    </>
  );
}

function Heads({ comparison }: { comparison: ComparisonFragment }) {
  return (
    <dl className={styles.heads}>
      {(['a', 'b'] as const).map((side) => {
        const model = readFragment(ComparedModelFragmentDoc, comparison[side]);
        const { word, tone } = modelWord(model.state);
        return (
          <div key={side} data-side={side}>
            <dt>{side === 'a' ? 'First' : 'Second'}</dt>
            <dd>
              <Link to="/models/$name" params={{ name: model.name }}>
                {modelName(model)}
              </Link>
              <StateDot tone={tone}>{word}</StateDot>
              <span className={styles.quiet} title={exactTime(model.trainedAt)}>
                knows all until {relativeTime(model.trainedAt, new Date())}
              </span>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** How far the work is; nothing once it is done. */
function Work({ comparison, onAgain }: { comparison: ComparisonFragment; onAgain(): void }) {
  const { state, step, progress, error } = comparison;
  if (state === 'DONE') return null;
  if (state === 'FAILED') {
    return (
      <Notice tone="failed" title="The two were not judged." action={<Button onClick={onAgain}>Try again</Button>}>
        {error}
      </Notice>
    );
  }
  const word = state === 'QUEUED' ? 'Waiting for the training run under way' : step ? steps[step] : 'Starting';
  return (
    <Panel title="Judging both on the same hold-out">
      <p role="status">{word}…</p>
      <Progress value={100 * progress} aria-label="How far the comparison is" transitionDuration={200} />
      <p className={styles.quiet}>It takes about as long as training twice. You may leave; it goes on.</p>
    </Panel>
  );
}
