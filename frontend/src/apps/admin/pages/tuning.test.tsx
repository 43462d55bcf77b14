import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import {
  ShopNameDocument,
  TrainingRunStartDocument,
  TuningCancelDocument,
  TuningProgressDocument,
  TuningStartDocument,
  type TuningStartInput,
  TuningsDocument,
  type TuningViewFragment,
} from '~/gql/graphql';
import { answer, push, refuse } from '~/testing/api';
import { show } from '~/testing/render';
import type { Unmasked } from '~/testing/unmasked';
import { TuningPage } from './tuning';

type Tuning = Unmasked<TuningViewFragment>;

const trial = (number: number, change: Partial<Tuning['trials'][number]> = {}): Tuning['trials'][number] => ({
  number,
  step: 'FACTORS',
  text: `d ${32 + number}`,
  whole: true,
  trained: 8,
  blends: 1,
  value: 0.1,
  difference: -0.002,
  uncertainty: 0.001,
  best: false,
  elapsedMs: 2000 * number,
  error: null,
  config: { epochs: 8 },
  ...change,
});

const start = trial(1, { step: 'START', difference: null, uncertainty: null, best: true });
const better = trial(2, { value: 0.125, difference: 0.025, best: true, step: 'NEIGHBOURS' });

function tuning(change: Partial<Tuning> = {}): Tuning {
  return {
    id: 'tuning-1',
    state: 'RUNNING',
    budgetMs: 60_000,
    metric: 'ndcg',
    newPairs: false,
    how: 'two periods of 30 days',
    askedAt: '2026-11-22T02:00:00.000Z',
    startedAt: '2026-11-22T02:00:01.000Z',
    endedAt: null,
    error: null,
    cancelAsked: false,
    best: { number: 1, text: 'd 33', value: 0.1, recall: 0.2, ndcg: 0.1 },
    trials: [start],
    ...change,
  };
}

const best = { number: 2, text: 'd 34', value: 0.125, recall: 0.2, ndcg: 0.125 };

function showPage(...tunings: Tuning[]) {
  answer(ShopNameDocument, { shop: { name: 'Also' } });
  answer(TuningsDocument, { tunings });
  show(<TuningPage />);
}

test('without a search it says what will stand here; starting one sends what was chosen', async () => {
  showPage();
  expect(await screen.findByText('No search yet.')).toBeVisible();
  const inputs: (TuningStartInput | null | undefined)[] = [];
  answer(TuningStartDocument, ({ input }) => {
    inputs.push(input);
    return { tuningStart: { tuning: tuning({ state: 'QUEUED', best: null, trials: [] }), userErrors: [] } };
  });
  const user = userEvent.setup();
  await user.selectOptions(screen.getByRole('combobox', { name: 'How long' }), '1 min');
  await user.selectOptions(screen.getByRole('combobox', { name: 'By what' }), 'Recall@20: all in the list alike');
  await user.click(screen.getByRole('checkbox', { name: 'Only products new to the customer' }));
  await user.click(screen.getByRole('button', { name: 'Search' }));
  await waitFor(() => expect(inputs).toEqual([{ budgetMinutes: 1, metric: 'recall', newPairs: false }]));
});

test('what the server refuses stands in the form', async () => {
  showPage();
  answer(TuningStartDocument, {
    tuningStart: {
      tuning: null,
      userErrors: [{ field: null, code: 'NOT_ENOUGH_DATA', message: 'there are no events to learn from' }],
    },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Search' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('There are no events to learn from.');
});

test('a search is followed: trials, the plot and the best so far, to its end', async () => {
  showPage(tuning());
  const panel = await screen.findByRole('region', { name: /^Search by nDCG@20, asked for/ });
  expect(within(panel).getByText('Running')).toBeVisible();
  expect(within(panel).getByText('The best so far: nDCG@20 0.1000')).toBeVisible();
  const failed = trial(3, { error: 'the solver did not converge', value: 0 });
  const lower = trial(4, { whole: false, trained: 2, difference: null, uncertainty: null });
  const alike = trial(5, { value: 0.125, difference: null, uncertainty: null });
  await push(TuningProgressDocument, {
    tuningProgress: tuning({ best, trials: [start, better, failed, lower, alike] }),
  });
  expect(await within(panel).findByText('The best so far: nDCG@20 0.1250')).toBeVisible();
  expect(within(panel).getByText(/25\.0 % above the start/)).toBeVisible();
  expect(within(panel).getByRole('img', { name: /the first 0\.1000, the best 0\.1250 in trial 2$/ })).toBeVisible();
  const rows = within(within(panel).getByRole('table')).getAllByRole('row');
  expect(rows.map((row) => within(row).queryAllByRole('cell')[3]?.textContent)).toEqual([
    undefined,
    'no different',
    '2 of 8 epochs',
    'failed',
    '+0.0250 ± 0.0010, kept',
    'the first',
  ]);
  expect(within(panel).getByText('the solver did not converge')).toBeVisible();
  const over = tuning({ state: 'DONE', best, trials: [start, better], endedAt: '2026-11-22T02:01:01.000Z' });
  answer(TuningsDocument, { tunings: [over] });
  await push(TuningProgressDocument, { tuningProgress: over });
  expect(await within(panel).findByText('Done')).toBeVisible();
  expect(within(panel).getByText('The best: nDCG@20 0.1250')).toBeVisible();
  expect(within(panel).getByText('1 min 0 s of 1 min 0 s')).toBeVisible();
  expect(within(panel).queryByRole('button', { name: 'Stop the search' })).not.toBeInTheDocument();
});

test('it is stopped once, and says when it cannot be', async () => {
  showPage(tuning());
  refuse(TuningCancelDocument, 'UNAVAILABLE', 'The store does not answer.');
  const stop = await screen.findByRole('button', { name: 'Stop the search' });
  await userEvent.click(stop);
  expect(await screen.findByText('The store does not answer.')).toBeVisible();
  const asked: string[] = [];
  answer(TuningCancelDocument, ({ input }) => {
    asked.push(input.tuningId);
    return {
      tuningCancel: { tuning: { id: 'tuning-1', state: 'RUNNING' as const, cancelAsked: true }, userErrors: [] },
    };
  });
  await userEvent.click(stop);
  await waitFor(() => expect(asked).toEqual(['tuning-1']));
});

test('what was found is trained with, and the run can be watched', async () => {
  showPage(tuning({ state: 'CANCELLED', best, trials: [start, better], endedAt: '2026-11-22T02:00:31.000Z' }));
  answer(TrainingRunStartDocument, ({ input }) => {
    expect(input).toEqual({ tuningId: 'tuning-1' });
    return { trainingRunStart: { run: { id: 'run-7', state: 'QUEUED' as const }, userErrors: [] } };
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Train with this configuration' }));
  expect(await screen.findByRole('link', { name: 'Watch the run' })).toHaveAttribute('href', '/training?run=run-7');
});

test('a search that waits, failed, or cannot be listed says so', async () => {
  showPage(tuning({ state: 'QUEUED', startedAt: null, how: null, best: null, trials: [] }));
  expect(await screen.findByText('It waits for a worker.')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Search next' })).toBeVisible();
});

test('a search that failed says why, and those before it can be looked at', async () => {
  const failed = tuning({ state: 'FAILED', error: 'the lake does not answer', endedAt: '2026-11-22T02:00:31.000Z' });
  showPage(failed, tuning({ id: 'tuning-0', state: 'DONE', endedAt: '2026-11-22T02:00:31.000Z' }));
  expect(await screen.findByText('The lake does not answer.')).toBeVisible();
  const before = screen.getByRole('region', { name: 'Searches' });
  expect(within(before).getAllByRole('link')[1]).toHaveAttribute('href', '/training/tuning?tuning=tuning-0');
});

test('when they cannot be listed it says so', async () => {
  answer(ShopNameDocument, { shop: { name: 'Also' } });
  refuse(TuningsDocument, 'UNAVAILABLE', 'The store does not answer.');
  show(<TuningPage />);
  expect(await screen.findByText('The searches cannot be listed now.')).toBeVisible();
});

test('of many trials those that were kept and the latest show, and all when asked for', async () => {
  const trials = [start, better, ...Array.from({ length: 30 }, (_, k) => trial(k + 3))];
  showPage(tuning({ state: 'DONE', best, trials }));
  const panel = await screen.findByRole('region', { name: /^Search by nDCG@20, asked for/ });
  const numbers = () =>
    within(within(panel).getByRole('table'))
      .getAllByRole('row')
      .slice(1)
      .map((row) => Number(within(row).getAllByRole('cell')[0]?.textContent));
  expect(numbers()).toEqual([32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 2, 1]);
  await userEvent.click(within(panel).getByRole('button', { name: 'Show all 32 trials' }));
  expect(numbers()).toHaveLength(32);
  await userEvent.click(within(panel).getByRole('button', { name: 'Show what was kept and the latest' }));
  expect(numbers()).toHaveLength(12);
});
