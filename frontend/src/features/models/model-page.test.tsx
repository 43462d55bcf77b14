import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { type ModelDetailFragment, ModelPageDocument, ModelUpdateDocument, type ModelVerdict } from '~/gql/graphql';
import { answer, refuse } from '~/testing/api';
import { show } from '~/testing/render';
import type { Unmasked } from '~/testing/unmasked';
import { ModelPage } from './model-page';

const metric = (name: string, mean: number) => ({ name, mean, low: mean - 0.02, high: mean + 0.02 });

const beside = (name: string, mean: number, verdict: ModelVerdict) => ({
  name,
  metrics: [metric('recall@20', mean)],
  better: [{ name: 'recall@20', verdict, text: '' }],
});

function sampleModel(change: Partial<Unmasked<ModelDetailFragment>> = {}): Unmasked<ModelDetailFragment> {
  return {
    id: 'Model/aaaa1111',
    name: 'aaaa1111',
    title: null,
    note: null,
    state: 'CANDIDATE',
    createdAt: '2026-11-22T02:10:00.000Z',
    trainedAt: '2026-11-22T02:00:00.000Z',
    trainer: 'also',
    users: 514,
    items: 457,
    entries: 11_821,
    events: 32_474,
    bytes: 434_000,
    learntFrom: '2025-11-27T00:00:00.000Z',
    learntUntil: '2026-11-26T00:00:00.000Z',
    weighing: { text: 'half after 120 days' },
    parts: [
      { name: 'factors', bytes: 187_000, text: '48 factors of each customer and product' },
      { name: 'neighbours', bytes: null, text: 'products that go together' },
    ],
    run: { id: 'TrainingRun/1', losses: [5150, 4462], chosen: 'Chosen by foretelling the last months: trend 0.2.' },
    config: { dim: 48, epochs: 8, objective: 'IALS', unobserved: 1, lambda: 0.003, nu: 1, seed: '0', solver: 'AUTO' },
    metrics: {
      protocol: 'trained on events before 2026-10-20',
      users: 214,
      model: [{ name: 'recall@20', mean: 0.23, low: 0.19, high: 0.27 }],
      baselines: [beside('popularity', 0.12, 'BETTER'), beside('random', 0.23, 'UNDECIDED')],
      repeats: null,
      neverSold: null,
    },
    ...change,
  };
}

const live = { edges: [{ node: { id: 'Model/bbbb2222' } }] };

test('a model shows how good it is beside simple methods, what it learnt from, and its parts', async () => {
  answer(ModelPageDocument, { model: sampleModel(), live });
  show(<ModelPage name="aaaa1111" onDeleted={() => {}} />);
  expect(
    await screen.findByRole('img', {
      name: 'Recall@20: this model 0.230, 0.190 to 0.270; best-sellers 0.120, 0.100 to 0.140; chance 0.230, 0.210 to 0.250',
    }),
  ).toBeVisible();
  expect(
    screen.getByText(
      '23 % of what customers then bought for the first time stood in their lists of twenty, clearly better than showing everyone the best-sellers, not clearly better than chance.',
    ),
  ).toBeVisible();
  expect(screen.queryByRole('region', { name: 'What they buy again' })).not.toBeInTheDocument();
  expect(screen.getByRole('row', { name: /Neighbours products that go together/ })).toBeVisible();
  expect(screen.getByRole('row', { name: /Events 32,474/ })).toBeVisible();
  expect(screen.getByText('Chosen by foretelling the last months: trend 0.2.')).toBeVisible();
  expect(await screen.findByRole('link', { name: 'Compare with the live model' })).toBeVisible();
  expect(screen.getByRole('link', { name: 'The run that made it' })).toBeVisible();
});

test('what is bought again, and what nobody had bought, are judged apart', async () => {
  const judged = { protocol: 'asked for what of it', users: 80, model: [metric('recall@20', 0.34)] };
  const metrics = sampleModel().metrics;
  const repeats = {
    ...judged,
    baselines: [beside('most-frequent', 0.33, 'BETTER'), beside('most-recent', 0.36, 'WORSE')],
  };
  const neverSold = {
    ...judged,
    users: 12,
    baselines: [beside('popularity', 0.3, 'SAME'), beside('kindred', 0.2, 'BETTER')],
  };
  answer(ModelPageDocument, { model: sampleModel({ metrics: metrics && { ...metrics, repeats, neverSold } }), live });
  show(<ModelPage name="aaaa1111" onDeleted={() => {}} />);
  const again = within(await screen.findByRole('region', { name: 'What they buy again' }));
  expect(
    again.getByText(
      '34 % of what they bought again stood in their lists of twenty, clearly better than what they bought most often, clearly worse than what they bought last.',
    ),
  ).toBeVisible();
  expect(
    again.getByRole('img', {
      name: 'Recall@20: their rhythm 0.340, 0.320 to 0.360; bought most often 0.330, 0.310 to 0.350; bought last 0.360, 0.340 to 0.380',
    }),
  ).toBeVisible();
  const cold = within(screen.getByRole('region', { name: 'What nobody had bought yet' }));
  expect(
    cold.getByText(
      '34 % of what customers then bought of them stood in their lists of twenty, clearly better than how much of their category and vendor each customer buys, not clearly better than how well their category and vendor sell.',
    ),
  ).toBeVisible();
  expect(cold.getByText(/^Judged on 12 customers/)).toBeVisible();
});

test('where a list holds all there is, only the order is told', async () => {
  const metrics = sampleModel().metrics;
  const all = [metric('recall@20', 1), metric('ndcg@20', 0.8)];
  const random = { name: 'random', metrics: all, better: [{ name: 'ndcg@20', verdict: 'BETTER' as const, text: '' }] };
  const neverSold = { protocol: 'of 3 products', users: 15, model: all, baselines: [random] };
  answer(ModelPageDocument, { model: sampleModel({ metrics: metrics && { ...metrics, neverSold } }), live });
  show(<ModelPage name="aaaa1111" onDeleted={() => {}} />);
  expect(
    await screen.findByText(
      'Twenty places hold all there was to choose from; what counts is the order, clearly better than chance.',
    ),
  ).toBeVisible();
});

test('one that was not judged, and whose run is gone, says so', async () => {
  answer(ModelPageDocument, {
    model: sampleModel({ state: 'LIVE', metrics: null, run: null, learntFrom: null }),
    live,
  });
  show(<ModelPage name="aaaa1111" onDeleted={() => {}} />);
  expect(await screen.findByText('It was not judged.')).toBeVisible();
  expect(screen.getByText('The run that made it is not kept any more.')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Promote' })).not.toBeInTheDocument();
});

test('people name a model', async () => {
  answer(ModelPageDocument, { model: sampleModel(), live });
  const sent: unknown[] = [];
  answer(ModelUpdateDocument, ({ input }) => {
    sent.push(input);
    return { modelUpdate: { model: { id: 'Model/aaaa1111', title: 'summer test', note: '' }, userErrors: [] } };
  });
  show(<ModelPage name="aaaa1111" onDeleted={() => {}} />);
  await userEvent.type(await screen.findByRole('textbox', { name: 'Name' }), 'summer test');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Noted.')).toBeVisible();
  expect(sent).toEqual([{ modelId: 'Model/aaaa1111', title: 'summer test', note: '' }]);
});

test('one that is gone says so', async () => {
  answer(ModelPageDocument, { model: null, live });
  show(<ModelPage name="aaaa1111" onDeleted={() => {}} />);
  expect(await screen.findByText('There is no such model.')).toBeVisible();
});

test('a failure is told', async () => {
  refuse(ModelPageDocument, 'FORBIDDEN', 'This needs a key of role ADMIN.');
  show(<ModelPage name="aaaa1111" onDeleted={() => {}} />);
  expect(await screen.findByRole('alert')).toHaveTextContent('This needs a key of role ADMIN.');
});
