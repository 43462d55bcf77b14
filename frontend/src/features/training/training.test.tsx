import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import {
  type RunProgressFragment,
  type RunRowFragment,
  TrainingDefaultsDocument,
  type TrainingDefaultsQuery,
  TrainingRunCancelDocument,
  TrainingRunDeleteDocument,
  TrainingRunDocument,
  TrainingRunProgressDocument,
  TrainingRunStartDocument,
  type TrainingRunStartInput,
  TrainingRunsDocument,
} from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { answer, push, refuse } from '~/testing/api';
import { show } from '~/testing/render';
import type { Unmasked } from '~/testing/unmasked';
import { historyVariables, RunHistory } from './run-history';
import { RunProgress } from './run-progress';
import { RunQueue } from './run-queue';
import { StartForm } from './start-form';
import { readTrainingSearch, type TrainingSearch } from './training-search';

function sampleRun(change: Partial<Unmasked<RunProgressFragment>> = {}): Unmasked<RunProgressFragment> {
  return {
    id: 'run-1',
    kind: 'FULL',
    state: 'RUNNING',
    phase: 'TRAIN',
    choose: true,
    epoch: 2,
    epochs: 8,
    losses: [9e6, 7e6],
    rate: 4_100_000,
    timeLeftMs: 9000,
    queuedAt: '2026-11-22T02:00:00.000Z',
    startedAt: '2026-11-22T02:00:01.000Z',
    endedAt: null,
    attempts: 1,
    promote: false,
    promoted: false,
    note: null,
    error: null,
    errorCode: null,
    cancelAsked: false,
    place: null,
    logDropped: 0,
    log: [{ at: '2026-11-22T02:00:01.000Z', level: 'INFO', text: 'Worker w took the run.' }],
    model: null,
    ...change,
  };
}

function sampleDefaults(problem: string | null = null): Unmasked<TrainingDefaultsQuery> {
  const range = { choices: [], low: null, above: null, high: null, whole: false, unit: null };
  return {
    trainingDefaults: {
      users: 514,
      items: 457,
      entries: 11821,
      exact: true,
      problem,
      parameters: [
        {
          ...range,
          name: 'dim',
          label: 'Factors',
          value: 32,
          low: 1,
          high: 4096,
          whole: true,
          what: 'Traits.',
          why: '32: by the data.',
        },
        {
          ...range,
          name: 'lambda',
          label: 'Regularisation',
          value: 0.003,
          above: 0,
          what: 'Holds back.',
          why: '0.003 always.',
        },
        {
          ...range,
          name: 'quantity',
          label: 'Several pieces at once',
          value: 0,
          choices: ['IGNORED', 'LOG'],
          what: 'Count as one or by their logarithm.',
          why: 'Ignored always.',
        },
        { ...range, name: 'seed', label: 'Seed', value: 0, low: 0, whole: true, what: 'The start.', why: '0 always.' },
      ],
    },
  };
}

test('training starts with what was chosen; what is left alone is not sent', async () => {
  answer(TrainingDefaultsDocument, sampleDefaults());
  const inputs: (TrainingRunStartInput | null | undefined)[] = [];
  answer(TrainingRunStartDocument, ({ input }) => {
    inputs.push(input);
    return { trainingRunStart: { run: { id: 'run-1', state: 'QUEUED' as const }, userErrors: [] } };
  });
  const started: string[] = [];
  show(<StartForm isBusy={false} onStarted={(id) => started.push(id)} />);
  const user = userEvent.setup();
  await user.click(await screen.findByRole('checkbox', { name: 'Put it live if it is not worse' }));
  await user.type(await screen.findByRole('textbox', { name: 'Factors' }), '48');
  await user.type(screen.getByRole('textbox', { name: 'Seed' }), '7');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Several pieces at once' }), 'Log');
  await user.click(screen.getByRole('button', { name: 'Train' }));
  await waitFor(() => expect(started).toEqual(['run-1']));
  expect(inputs).toEqual([{ kind: 'FULL', promote: true, config: { dim: 48, seed: '7', quantity: 'LOG' } }]);
});

test('weights are chosen unless one says no', async () => {
  answer(TrainingDefaultsDocument, sampleDefaults());
  const inputs: (TrainingRunStartInput | null | undefined)[] = [];
  answer(TrainingRunStartDocument, ({ input }) => {
    inputs.push(input);
    return { trainingRunStart: { run: { id: 'run-1', state: 'QUEUED' as const }, userErrors: [] } };
  });
  show(<StartForm isBusy={false} onStarted={() => {}} />);
  const choose = await screen.findByRole('checkbox', { name: 'Choose weights while training' });
  expect(choose).toBeChecked();
  await userEvent.click(choose);
  await userEvent.click(screen.getByRole('button', { name: 'Train' }));
  await waitFor(() => expect(inputs).toEqual([{ kind: 'FULL', promote: false, config: { choose: false } }]));
});

test('bringing a model up to date asks for no parameters', async () => {
  answer(TrainingDefaultsDocument, sampleDefaults());
  const inputs: (TrainingRunStartInput | null | undefined)[] = [];
  answer(TrainingRunStartDocument, ({ input }) => {
    inputs.push(input);
    return { trainingRunStart: { run: { id: 'run-1', state: 'QUEUED' as const }, userErrors: [] } };
  });
  const started: string[] = [];
  show(<StartForm isBusy={false} onStarted={(id) => started.push(id)} />);
  await screen.findByRole('textbox', { name: 'Factors' });
  await userEvent.click(screen.getByRole('radio', { name: 'What changed' }));
  expect(screen.queryByRole('textbox', { name: 'Factors' })).not.toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Train' }));
  await waitFor(() => expect(started).toEqual(['run-1']));
  expect(inputs).toEqual([{ kind: 'INCREMENTAL', promote: false }]);
});

test('each parameter shows its default from the data, the reason, and what is out of range', async () => {
  answer(TrainingDefaultsDocument, sampleDefaults());
  show(<StartForm isBusy={false} onStarted={() => {}} />);
  const factors = await screen.findByRole('textbox', { name: 'Factors' });
  expect(factors).toHaveAttribute('placeholder', '32');
  expect(screen.getByText(/32: by the data\./)).toBeVisible();
  expect(screen.getByText(/514 customers and sessions, 457 products, 11,821 pairs/)).toBeVisible();
  await userEvent.type(screen.getByRole('textbox', { name: 'Regularisation' }), '0');
  expect(
    await screen.findByRole('textbox', { name: 'Regularisation', description: /Allowed: above 0\./ }),
  ).toBeInvalid();
});

test('without defaults one can train all the same', async () => {
  refuse(TrainingDefaultsDocument, 'UNAVAILABLE', 'The lake does not answer.');
  show(<StartForm isBusy={false} onStarted={() => {}} />);
  expect(await screen.findByText(/The lake does not answer\./)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Train' })).toBeEnabled();
});

test('that there is not enough to learn from is said before one starts, and after', async () => {
  answer(TrainingDefaultsDocument, sampleDefaults('there are no events to learn from: import a history first'));
  answer(TrainingRunStartDocument, {
    trainingRunStart: {
      run: null,
      userErrors: [{ field: null, code: 'NOT_ENOUGH_DATA', message: 'there are no purchases to learn from' }],
    },
  });
  show(<StartForm isBusy={false} onStarted={() => {}} />);
  expect(await screen.findByText('There are no events to learn from: import a history first.')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Train' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('There are no purchases to learn from.');
});

const showRun = (change: Partial<Unmasked<RunProgressFragment>> = {}, onEnded = () => {}) => {
  answer(TrainingRunDocument, { trainingRun: sampleRun(change) });
  show(<RunProgress runId="run-1" onEnded={onEnded} />);
};

test('a run is followed to its end, with its log', async () => {
  let ended = 0;
  showRun({}, () => {
    ended++;
  });
  expect(await screen.findByText('2 of 8')).toBeVisible();
  expect(screen.getByText('4,100,000')).toBeVisible();
  expect(screen.getByText('about 9 s')).toBeVisible();
  expect(screen.getByText('Solve')).toHaveAttribute('aria-current', 'step');
  expect(screen.getByText('Choose weights')).toHaveAttribute('data-state', 'done');
  expect(screen.getByRole('img', { name: /Loss by epoch: from 9M at epoch 1 to 7M at epoch 2 of 8/ })).toBeVisible();
  expect(screen.getByRole('log')).toHaveTextContent('Worker w took the run.');
  push(TrainingRunProgressDocument, {
    trainingRunProgress: sampleRun({
      state: 'DONE',
      epoch: 8,
      endedAt: '2026-11-22T02:00:18.000Z',
      model: { id: 'm', name: 'aaaa1111bbbb', state: 'CANDIDATE' },
      log: [{ at: '2026-11-22T02:00:18.000Z', level: 'INFO', text: 'Done at last.' }],
      logDropped: 3,
    }),
  });
  expect(await screen.findByText('17 s')).toBeVisible();
  expect(screen.getByRole('log')).toHaveTextContent(/^3 earlier lines are not kept\..*Done at last\.$/);
  expect(screen.getByRole('link', { name: 'Look at model aaaa1111' })).toHaveAttribute('href', '/models/aaaa1111bbbb');
  expect(ended).toBe(1);
});

test('a run that is not to choose weights has no such phase', async () => {
  showRun({ choose: false });
  const phases = within(await screen.findByRole('list', { name: 'Phases' })).getAllByRole('listitem');
  expect(phases.map((phase) => phase.textContent)).toEqual(['Take the data', 'Solve', 'Judge', 'Save', 'Make lists']);
});

test('a failed run says why and what to do', async () => {
  showRun({
    state: 'FAILED',
    errorCode: 'NOT_ENOUGH_DATA',
    error: 'only one customer has done anything: others like them are what a model learns from',
    log: [{ at: '2026-11-22T02:00:18.000Z', level: 'ERROR', text: 'only one customer' }],
  });
  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent('there is not enough to learn from');
  expect(alert).toHaveTextContent(
    'Only one customer has done anything: others like them are what a model learns from.',
  );
});

test('a waiting run says how many come first', async () => {
  showRun({ state: 'QUEUED', phase: null, place: 3, startedAt: null });
  expect(await screen.findByText(/2 others come first\./)).toBeVisible();
});

test('why a run was not promoted is said', async () => {
  showRun({ state: 'DONE', promote: true, note: 'Not promoted: its nDCG is lower.' });
  expect(await screen.findByText('Not promoted: its nDCG is lower.')).toBeVisible();
});

test('a run that is gone, or cannot be read, says so', async () => {
  answer(TrainingRunDocument, { trainingRun: null });
  show(<RunProgress runId="run-1" onEnded={() => {}} />);
  expect(await screen.findByText('There is no such run.')).toBeVisible();
});

test('a run cannot be shown to those who may not', async () => {
  refuse(TrainingRunDocument, 'FORBIDDEN', 'This needs a key of role ADMIN.');
  show(<RunProgress runId="run-1" onEnded={() => {}} />);
  expect(await screen.findByRole('alert')).toHaveTextContent('This needs a key of role ADMIN.');
});

test('a run is stopped', async () => {
  const stopped: string[] = [];
  answer(TrainingRunCancelDocument, ({ input }) => {
    stopped.push(input.runId);
    return {
      trainingRunCancel: { run: { id: 'run-1', state: 'RUNNING' as const, cancelAsked: true }, userErrors: [] },
    };
  });
  showRun();
  await userEvent.click(await screen.findByRole('button', { name: 'Stop the run' }));
  await waitFor(() => expect(stopped).toEqual(['run-1']));
});

test('the queue shows who waits, in order', async () => {
  const waiting = (id: string, place: number) => ({
    id,
    kind: 'FULL' as const,
    state: 'QUEUED' as const,
    place,
    queuedAt: '2026-11-22T02:00:00.000Z',
  });
  show(<RunQueue runs={[waiting('b', 2), waiting('a', 1)] as never} onChanged={() => {}} />);
  const queue = await screen.findByRole('region', { name: '2 runs wait' });
  expect(
    within(queue)
      .getAllByRole('listitem')
      .map((item) => item.textContent?.charAt(0)),
  ).toEqual(['1', '2']);
});

function sampleRow(change: Partial<Unmasked<RunRowFragment>> = {}): Unmasked<RunRowFragment> {
  return {
    id: 'run-1',
    kind: 'FULL',
    state: 'DONE',
    queuedAt: '2026-11-22T02:00:00.000Z',
    startedAt: '2026-11-22T02:00:00.000Z',
    endedAt: '2026-11-22T02:00:20.000Z',
    promoted: true,
    error: null,
    config: { dim: 32, epochs: 8 },
    model: { id: 'm', name: 'aaaa1111bbbb', title: null },
    ...change,
  };
}

function History({
  search = {},
  onChange = () => {},
}: {
  search?: TrainingSearch;
  onChange?(next: TrainingSearch): void;
}) {
  const state = useGraphql(TrainingRunsDocument, historyVariables(search));
  return <RunHistory state={state} search={search} onChange={onChange} onPage={() => {}} />;
}

const runs = (...rows: Unmasked<RunRowFragment>[]) => ({
  trainingRuns: { edges: rows.map((node) => ({ node })), pageInfo: { hasNextPage: false, endCursor: null } },
});

test('without runs the history says what will stand there', async () => {
  answer(TrainingRunsDocument, runs());
  show(<History />);
  expect(await screen.findByText('Nothing was trained yet.')).toBeVisible();
});

test('when the history fails it says so', async () => {
  refuse(TrainingRunsDocument, 'UNAVAILABLE', 'The store is down.');
  show(<History />);
  expect(await screen.findByRole('alert')).toHaveTextContent('The store is down.');
});

test('the history asks for what the address says, and writes what is chosen into it', async () => {
  const asked: unknown[] = [];
  answer(TrainingRunsDocument, (variables) => {
    asked.push(variables);
    return runs(sampleRow());
  });
  const changes: TrainingSearch[] = [];
  show(<History search={{ state: 'DONE', run: 'run-1' }} onChange={(next) => changes.push(next)} />);
  expect(await screen.findByRole('link', { name: 'Model aaaa1111' })).toBeVisible();
  expect(asked[0]).toMatchObject({ filter: { states: ['DONE'] }, sort: 'NEWEST' });
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Order' }), 'LONGEST');
  expect(changes).toEqual([{ state: 'DONE', run: 'run-1', sort: 'LONGEST' }]);
  expect(readTrainingSearch({ state: 'nonsense', sort: 'OLDEST' })).toEqual({ sort: 'OLDEST' });
});

test('a run is forgotten at the second press', async () => {
  answer(TrainingRunsDocument, runs(sampleRow()));
  const gone: string[] = [];
  answer(TrainingRunDeleteDocument, ({ input }) => {
    gone.push(input.runId);
    return { trainingRunDelete: { deletedId: input.runId, userErrors: [] } };
  });
  show(<History />);
  await userEvent.click(await screen.findByRole('button', { name: /^Forget the run/ }));
  expect(gone).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Forget it for good' }));
  expect(await screen.findByText('The run is forgotten. Its model stays.')).toBeVisible();
  expect(gone).toEqual(['run-1']);
});
