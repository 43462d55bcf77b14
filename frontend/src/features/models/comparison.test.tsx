import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import {
  type ComparisonFragment,
  type ComparisonListsFragment,
  ModelComparisonDocument,
  ModelComparisonProgressDocument,
  ModelComparisonStartDocument,
} from '~/gql/graphql';
import { answer, push, refuse } from '~/testing/api';
import { show } from '~/testing/render';
import type { Unmasked } from '~/testing/unmasked';
import { Comparison } from './comparison';
import { movesOf, moveWord } from './moves';

const model = (name: string) => ({
  id: `Model/${name}`,
  name,
  title: null,
  state: 'CANDIDATE' as const,
  trainedAt: '2026-11-22T02:00:00.000Z',
});

function sampleComparison(change: Partial<Unmasked<ComparisonFragment>> = {}): Unmasked<ComparisonFragment> {
  return {
    id: 'ModelComparison/a-b',
    state: 'DONE',
    step: null,
    progress: 1,
    error: null,
    a: model('aaaa1111'),
    b: model('bbbb2222'),
    judgement: null,
    difference: null,
    ...change,
  };
}

const metric = (name: string, mean: number) => ({ name, mean, low: mean - 0.01, high: mean + 0.01 });

type Judgement = NonNullable<Unmasked<ComparisonFragment>['judgement']>;

const judgement: Judgement = {
  protocol: 'trained on events before 2026-10-20',
  users: 214,
  a: [metric('recall@20', 0.2), metric('ndcg@20', 0.1)],
  b: [metric('recall@20', 0.23), metric('ndcg@20', 0.1)],
  differences: [
    {
      name: 'recall@20',
      mean: 0.03,
      low: 0.02,
      high: 0.04,
      verdict: 'BETTER',
      text: 'better on recall@20 by 0.0200 to 0.0400, 95 %',
    },
    { name: 'ndcg@20', mean: 0, low: -0.01, high: 0.01, verdict: 'UNDECIDED', text: 'no clear difference on ndcg@20' },
  ],
  vendors: [
    { slug: 'v1', a: 0.2, b: 0.25, vendor: { slug: 'v1', name: 'Acorn & Anvil' } },
    { slug: 'v2', a: 0.3, b: 0.25, vendor: null },
  ],
  repeats: null,
  neverSold: null,
};

const product = (sku: string) => ({ sku, name: `Product ${sku}`, image: `/${sku}.svg` });

const difference: Unmasked<ComparisonListsFragment> = {
  sampled: 200,
  changed: 0.28,
  listable: 393,
  onlyA: 2,
  onlyB: 0,
  sample: [
    { changed: 0, customer: { id: 'c1', name: 'Mira', externalId: null }, a: [product('x')], b: [product('x')] },
    { changed: 0.5, customer: null, a: [product('x'), product('y')], b: [product('z'), product('x')] },
  ],
};

test('what is better is said in words, with its interval', async () => {
  answer(ModelComparisonDocument, { modelComparison: sampleComparison({ judgement, difference }) });
  show(<Comparison a="Model/aaaa1111" b="Model/bbbb2222" />);
  expect(await screen.findByText('The second is clearly better on Recall@20.')).toBeVisible();
  expect(screen.getByText('Better on Recall@20 by 0.0200 to 0.0400, 95 %')).toBeVisible();
  expect(
    screen.getByRole('img', { name: 'Recall@20: first 0.200, 0.190 to 0.210; second 0.230, 0.220 to 0.240' }),
  ).toBeVisible();
  const vendors = screen.getByRole('region', { name: 'Vendors that gain and lose' });
  expect(within(vendors).getByText('Acorn & Anvil')).toBeVisible();
  expect(within(vendors).getByText('v2')).toBeVisible();
});

test('what is bought again is the same for both, what nobody had bought is judged apart', async () => {
  const repeats = {
    protocol: 'from what was bought before',
    users: 80,
    model: [metric('recall@20', 0.34)],
    baselines: [],
  };
  const { vendors: _, repeats: __, ...neverSold } = { ...judgement, users: 12 };
  answer(ModelComparisonDocument, {
    modelComparison: sampleComparison({ judgement: { ...judgement, repeats, neverSold }, difference }),
  });
  show(<Comparison a="Model/aaaa1111" b="Model/bbbb2222" />);
  const again = await screen.findByRole('region', { name: 'What they buy again' });
  expect(within(again).getByText(/the same figures, whichever of the two is live/)).toBeVisible();
  expect(within(again).getByRole('img', { name: 'Recall@20: their rhythm 0.340, 0.330 to 0.350' })).toBeVisible();
  const cold = screen.getByRole('region', { name: 'What nobody had bought yet' });
  expect(within(cold).getByText('The second is clearly better on Recall@20.')).toBeVisible();
  expect(within(cold).getByText(/^Judged on the same 12 customers/)).toBeVisible();
});

test('lists of the same customers stand side by side, with what moves', async () => {
  answer(ModelComparisonDocument, { modelComparison: sampleComparison({ judgement, difference }) });
  show(<Comparison a="Model/aaaa1111" b="Model/bbbb2222" />);
  const second = await screen.findByRole('list', { name: 'Second model’s list' });
  expect(
    within(second)
      .getAllByRole('listitem')
      .map((item) => item.textContent),
  ).toEqual(['1Product znew', '2Product xdown 1']);
  const first = screen.getByRole('list', { name: 'First model’s list' });
  expect(
    within(first)
      .getAllByRole('listitem')
      .map((item) => item.textContent),
  ).toEqual(['1Product x', '2Product yleaves']);
  await userEvent.click(screen.getByRole('button', { name: /Mira/ }));
  expect(within(screen.getByRole('list', { name: 'Second model’s list' })).getByText('Product x')).toBeVisible();
});

test('looking asks for a comparison that nobody made, and follows it', async () => {
  answer(ModelComparisonDocument, { modelComparison: null });
  const asked: unknown[] = [];
  answer(ModelComparisonStartDocument, ({ input }) => {
    asked.push(input);
    return { modelComparisonStart: { comparison: sampleComparison({ state: 'QUEUED', progress: 0 }), userErrors: [] } };
  });
  show(<Comparison a="Model/aaaa1111" b="Model/bbbb2222" />);
  expect(await screen.findByText('Waiting for the training run under way…')).toBeVisible();
  expect(asked).toEqual([{ a: 'Model/aaaa1111', b: 'Model/bbbb2222' }]);
  await waitFor(() => {
    push(ModelComparisonProgressDocument, {
      modelComparisonProgress: sampleComparison({ state: 'RUNNING', step: 'TRAIN_A', progress: 0.4, difference }),
    });
    expect(screen.getByText('Training what stands for the first…')).toBeVisible();
  });
  expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '40');
  expect(screen.getByText(/28 % of the first ten places change/)).toBeVisible();
  push(ModelComparisonProgressDocument, { modelComparisonProgress: sampleComparison({ judgement, difference }) });
  expect(await screen.findByText('The second is clearly better on Recall@20.')).toBeVisible();
  expect(screen.queryByRole('progressbar')).not.toBeInTheDocument();
});

test('one that failed says why, and is tried again on request', async () => {
  answer(ModelComparisonDocument, {
    modelComparison: sampleComparison({ state: 'FAILED', error: 'the history is too short to hold anything out' }),
  });
  let again = 0;
  answer(ModelComparisonStartDocument, () => {
    again++;
    return { modelComparisonStart: { comparison: sampleComparison({ judgement, difference }), userErrors: [] } };
  });
  show(<Comparison a="Model/aaaa1111" b="Model/bbbb2222" />);
  expect(await screen.findByRole('alert')).toHaveTextContent('the history is too short');
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(again).toBe(1));
});

test('models that are gone, and callers who may not, are told', async () => {
  refuse(ModelComparisonDocument, 'FORBIDDEN', 'This needs a key of role ADMIN.');
  show(<Comparison a="Model/aaaa1111" b="Model/bbbb2222" />);
  expect(await screen.findByRole('alert')).toHaveTextContent('This needs a key of role ADMIN.');
});

test('moves are counted from the first list to the second', () => {
  const moves = movesOf([product('x'), product('y'), product('w')], [product('z'), product('x'), product('w')]);
  expect(moves.map((move) => `${move.sku} ${moveWord(move)}`)).toEqual(['x down 1', 'y leaves', 'w stays', 'z new']);
});
