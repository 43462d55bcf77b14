import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import {
  type RunProgressFragment,
  TrainingRunCancelDocument,
  TrainingRunProgressDocument,
  TrainingRunStartDocument,
  type TrainingRunStartInput,
} from '~/gql/graphql';
import { answer, push } from '~/testing/api';
import { show } from '~/testing/render';
import type { Unmasked } from '~/testing/unmasked';
import { RunHistory } from './run-history';
import { RunProgress } from './run-progress';
import { StartForm } from './start-form';

function sampleRun(change: Partial<Unmasked<RunProgressFragment>> = {}): Unmasked<RunProgressFragment> {
  return {
    id: 'run-1',
    kind: 'FULL',
    state: 'RUNNING',
    phase: 'TRAIN',
    epoch: 2,
    epochs: 8,
    losses: [9e6, 7e6],
    rate: 4_100_000,
    timeLeftMs: 9000,
    queuedAt: '2026-11-22T02:00:00.000Z',
    startedAt: '2026-11-22T02:00:01.000Z',
    endedAt: null,
    attempts: 1,
    error: null,
    cancelAsked: false,
    model: null,
    ...change,
  };
}

test('training starts with what was chosen', async () => {
  const inputs: (TrainingRunStartInput | null | undefined)[] = [];
  answer(TrainingRunStartDocument, ({ input }) => {
    inputs.push(input);
    return { trainingRunStart: { run: sampleRun({ state: 'QUEUED' }), userErrors: [] } };
  });
  const started: string[] = [];
  show(<StartForm isBusy={false} onStarted={(id) => started.push(id)} />);
  const user = userEvent.setup();
  await user.click(await screen.findByRole('radio', { name: 'What changed' }));
  await user.click(screen.getByRole('checkbox', { name: 'Put it live if it is not worse' }));
  await user.click(screen.getByRole('button', { name: 'Parameters' }));
  await user.type(await screen.findByRole('textbox', { name: 'Factors' }), '32');
  await user.click(screen.getByRole('button', { name: 'Train' }));
  await waitFor(() => expect(started).toEqual(['run-1']));
  expect(inputs).toEqual([{ kind: 'INCREMENTAL', promote: true, config: { dim: 32 } }]);
});

test('why nothing can be trained is said in the server’s words', async () => {
  answer(TrainingRunStartDocument, {
    trainingRunStart: {
      run: null,
      userErrors: [{ field: null, code: 'NOT_ENOUGH_DATA', message: 'There are no purchases to learn from.' }],
    },
  });
  show(<StartForm isBusy={false} onStarted={() => {}} />);
  await userEvent.click(await screen.findByRole('button', { name: 'Train' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('There are no purchases to learn from.');
});

test('a run is followed to its end', async () => {
  let ended = 0;
  show(
    <RunProgress
      runId="run-1"
      onEnded={() => {
        ended++;
      }}
    />,
  );
  expect(await screen.findByText('Waiting for word from the run…')).toBeVisible();
  push(TrainingRunProgressDocument, { trainingRunProgress: sampleRun() });
  expect(await screen.findByText('2 of 8')).toBeVisible();
  expect(screen.getByText('4,100,000')).toBeVisible();
  expect(screen.getByText('about 9 s')).toBeVisible();
  expect(screen.getByText('Solve')).toHaveAttribute('aria-current', 'step');
  expect(screen.getByRole('img', { name: /Loss by epoch: from 9M at epoch 1 to 7M at epoch 2 of 8/ })).toBeVisible();
  push(TrainingRunProgressDocument, {
    trainingRunProgress: sampleRun({ state: 'DONE', epoch: 8, endedAt: '2026-11-22T02:00:18.000Z' }),
  });
  expect(await screen.findByText('Done')).toBeVisible();
  expect(screen.getByText('17 s')).toBeVisible();
  expect(ended).toBe(1);
});

test('a failed run says why', async () => {
  show(<RunProgress runId="run-1" onEnded={() => {}} />);
  await screen.findByText('Waiting for word from the run…');
  push(TrainingRunProgressDocument, {
    trainingRunProgress: sampleRun({ state: 'FAILED', error: 'The disk is full. Make room, then train again.' }),
  });
  expect(await screen.findByRole('alert')).toHaveTextContent('The disk is full.');
});

test('a run is stopped', async () => {
  const stopped: string[] = [];
  answer(TrainingRunCancelDocument, ({ input }) => {
    stopped.push(input.runId);
    return {
      trainingRunCancel: { run: { id: 'run-1', state: 'RUNNING' as const, cancelAsked: true }, userErrors: [] },
    };
  });
  show(<RunProgress runId="run-1" onEnded={() => {}} />);
  await screen.findByText('Waiting for word from the run…');
  push(TrainingRunProgressDocument, { trainingRunProgress: sampleRun() });
  await userEvent.click(await screen.findByRole('button', { name: 'Stop the run' }));
  await waitFor(() => expect(stopped).toEqual(['run-1']));
});

test('without runs the history says what will stand there', async () => {
  show(<RunHistory runs={[]} />);
  expect(await screen.findByText('Nothing was trained yet.')).toBeVisible();
});
