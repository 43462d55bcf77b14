import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { ModelPromoteDocument, ModelRollBackDocument, type ModelRowFragment, ModelsDocument } from '~/gql/graphql';
import { answer, refuse } from '~/testing/api';
import { show } from '~/testing/render';
import type { Unmasked } from '~/testing/unmasked';
import { ModelList } from './model-list';

function sampleModel(name: string, state: ModelRowFragment['state'], recall: number): Unmasked<ModelRowFragment> {
  return {
    id: `id-${name}`,
    name,
    state,
    createdAt: '2026-11-22T02:10:00.000Z',
    trainedThrough: 204_000,
    trainedAt: '2026-11-22T02:00:00.000Z',
    trainer: 'in-process',
    users: 5123,
    items: 2104,
    entries: 181_234,
    config: { dim: 64, epochs: 8 },
    metrics: { model: [{ name: 'recall@20', mean: recall, low: recall - 0.01, high: recall + 0.01 }] },
  };
}

const list = (...models: Unmasked<ModelRowFragment>[]) => ({ models: { edges: models.map((node) => ({ node })) } });
const candidate = sampleModel('aaaa1111', 'CANDIDATE', 0.21);
const live = sampleModel('bbbb2222', 'LIVE', 0.2);
const previous = sampleModel('cccc3333', 'PREVIOUS', 0.19);
const rowOf = async (name: string) => {
  const row = (await screen.findByText(name)).closest('tr');
  if (!row) throw new Error(`${name} is in no row`);
  return within(row);
};

test('without a model it says what shoppers see and what to do', async () => {
  answer(ModelsDocument, list());
  show(<ModelList chosen={[]} onChoose={() => {}} />);
  expect(await screen.findByText('There is no model yet.')).toBeVisible();
});

test('when it fails it says so', async () => {
  refuse(ModelsDocument, 'UNAVAILABLE', 'The store is down. Try again.');
  show(<ModelList chosen={[]} onChoose={() => {}} />);
  expect(await screen.findByRole('alert')).toHaveTextContent('The store is down. Try again.');
});

test('each model shows its state and its measures, and the live one cannot be promoted', async () => {
  answer(ModelsDocument, list(candidate, live, previous));
  show(<ModelList chosen={[]} onChoose={() => {}} />);
  const row = await rowOf('bbbb2222');
  expect(row.getByText('Live')).toBeVisible();
  expect(row.getByText('0.200')).toBeVisible();
  expect(row.queryByRole('button')).not.toBeInTheDocument();
});

test('promoting asks once, shows what changes, and says what came of it', async () => {
  answer(ModelsDocument, list(candidate, live));
  const promoted: string[] = [];
  answer(ModelPromoteDocument, ({ input }) => {
    promoted.push(input.modelId);
    return { modelPromote: { model: { ...candidate, state: 'LIVE' as const }, userErrors: [] } };
  });
  show(<ModelList chosen={[]} onChoose={() => {}} />);
  const user = userEvent.setup();
  await user.click((await rowOf('aaaa1111')).getByRole('button', { name: 'Promote' }));
  const dialog = await screen.findByRole('dialog', { name: 'Put model aaaa1111 live?' });
  expect(within(dialog).getByRole('row', { name: /Recall@20/ })).toHaveTextContent('0.2000.210');
  await user.click(within(dialog).getByRole('button', { name: 'Put aaaa1111 live' }));
  expect(await screen.findByText(/Model aaaa1111 answers now/)).toBeVisible();
  expect(promoted).toEqual([candidate.id]);
});

test('what the server refuses stays in the dialog', async () => {
  answer(ModelsDocument, list(live, previous));
  answer(ModelRollBackDocument, {
    modelRollBack: { model: null, userErrors: [{ code: 'NOT_FOUND', message: 'There is no previous model.' }] },
  });
  show(<ModelList chosen={[]} onChoose={() => {}} />);
  const user = userEvent.setup();
  await user.click((await rowOf('cccc3333')).getByRole('button', { name: 'Roll back to it' }));
  await user.click(await screen.findByRole('button', { name: 'Roll back to cccc3333' }));
  expect(await screen.findByText('There is no previous model.')).toBeVisible();
});

test('two are chosen to compare, the latest choices winning', async () => {
  answer(ModelsDocument, list(candidate, live, previous));
  const choices: string[][] = [];
  show(<ModelList chosen={[candidate.id, live.id]} onChoose={(ids) => choices.push(ids)} />);
  const user = userEvent.setup();
  await user.click((await rowOf('cccc3333')).getByRole('checkbox'));
  await user.click((await rowOf('aaaa1111')).getByRole('checkbox'));
  await waitFor(() => expect(choices).toEqual([[live.id, previous.id], [live.id]]));
});
