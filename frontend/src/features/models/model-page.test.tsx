import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { type ModelDetailFragment, ModelPageDocument, ModelUpdateDocument } from '~/gql/graphql';
import { answer, refuse } from '~/testing/api';
import { show } from '~/testing/render';
import type { Unmasked } from '~/testing/unmasked';
import { ModelPage } from './model-page';

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
    run: { id: 'TrainingRun/1', losses: [5150, 4462] },
    config: { dim: 48, epochs: 8, objective: 'IALS', unobserved: 1, lambda: 0.003, nu: 1, seed: '0', solver: 'AUTO' },
    metrics: {
      protocol: 'trained on events before 2026-10-20',
      users: 214,
      model: [{ name: 'recall@20', mean: 0.23, low: 0.19, high: 0.27 }],
      baselines: [{ name: 'popularity', metrics: [{ name: 'recall@20', mean: 0.12, low: 0.1, high: 0.14 }] }],
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
      name: 'Recall@20: this model 0.230, 0.190 to 0.270; popularity 0.120, 0.100 to 0.140',
    }),
  ).toBeVisible();
  expect(screen.getByRole('row', { name: /Neighbours products that go together/ })).toBeVisible();
  expect(screen.getByRole('row', { name: /Events 32,474/ })).toBeVisible();
  expect(await screen.findByRole('link', { name: 'Compare with the live model' })).toBeVisible();
  expect(screen.getByRole('link', { name: 'The run that made it' })).toBeVisible();
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
