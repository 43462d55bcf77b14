import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import {
  ModelDeleteDocument,
  ModelPromoteDocument,
  ModelRollBackDocument,
  type ModelRowFragment,
  ModelSwitchPreviewDocument,
  type ModelSwitchPreviewQuery,
  ModelsDocument,
} from '~/gql/graphql';
import { answer, refuse } from '~/testing/api';
import { show } from '~/testing/render';
import type { Unmasked } from '~/testing/unmasked';
import { ModelList } from './model-list';
import { type ModelSearch, readModelSearch } from './model-search';

function sampleModel(name: string, state: ModelRowFragment['state'], recall: number): Unmasked<ModelRowFragment> {
  return {
    id: `id-${name}`,
    name,
    title: null,
    state,
    createdAt: '2026-11-22T02:10:00.000Z',
    trainedAt: '2026-11-22T02:00:00.000Z',
    bytes: 434_000,
    config: { dim: 64 },
    metrics: { model: [{ name: 'recall@20', mean: recall, low: recall - 0.01, high: recall + 0.01 }] },
  };
}

const list = (...models: Unmasked<ModelRowFragment>[]) => ({
  models: { edges: models.map((node) => ({ node })), pageInfo: { hasNextPage: false, endCursor: null } },
});
const candidate = sampleModel('aaaa1111', 'CANDIDATE', 0.21);
const live = sampleModel('bbbb2222', 'LIVE', 0.2);
const previous = sampleModel('cccc3333', 'PREVIOUS', 0.19);
const rowOf = async (name: string) => {
  const row = (await screen.findByText(name)).closest('tr');
  if (!row) throw new Error(`${name} is in no row`);
  return within(row);
};
const showList = (search: ModelSearch = {}, onChange: (next: ModelSearch) => void = () => {}) =>
  show(<ModelList search={search} onChange={onChange} />);

function preview(
  to: Unmasked<ModelRowFragment>,
  change: Partial<Unmasked<ModelSwitchPreviewQuery['modelPromotePreview']>> = {},
): Unmasked<ModelSwitchPreviewQuery> {
  return {
    modelPromotePreview: {
      isRollBack: false,
      text: ['28 % of the first ten places change.'],
      from: live,
      to,
      differences: null,
      difference: { sampled: 200, changed: 0.28 },
      ...change,
    },
  };
}

test('without a model it says what shoppers see and what to do', async () => {
  answer(ModelsDocument, list());
  showList();
  expect(await screen.findByText('There is no model yet.')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Train the first model' })).toHaveAttribute('href', '/training');
});

test('when it fails it says so', async () => {
  refuse(ModelsDocument, 'UNAVAILABLE', 'The store is down. Try again.');
  showList();
  expect(await screen.findByRole('alert')).toHaveTextContent('The store is down. Try again.');
});

test('each model shows its state and its measures with intervals, and the live one cannot be promoted or deleted', async () => {
  answer(ModelsDocument, list(candidate, live, previous));
  showList();
  const row = await rowOf('bbbb2222');
  expect(row.getByText('Live')).toBeVisible();
  expect(row.getByText('0.200')).toBeVisible();
  expect(row.getByText('95 %: 0.190 to 0.210')).toBeInTheDocument();
  expect(row.getByText('434 kB')).toBeVisible();
  expect(row.queryByRole('button')).not.toBeInTheDocument();
  expect((await rowOf('cccc3333')).queryByRole('button', { name: /Delete/ })).not.toBeInTheDocument();
});

test('promoting asks once, shows what changes, and says what came of it', async () => {
  answer(ModelsDocument, list(candidate, live));
  answer(ModelSwitchPreviewDocument, preview(candidate));
  const promoted: string[] = [];
  answer(ModelPromoteDocument, ({ input }) => {
    promoted.push(input.modelId);
    return {
      modelPromote: {
        model: { id: candidate.id, name: candidate.name, state: 'LIVE' as const },
        change: { rollBackTo: { id: live.id, name: live.name } },
        userErrors: [],
      },
    };
  });
  showList();
  const user = userEvent.setup();
  await user.click((await rowOf('aaaa1111')).getByRole('button', { name: 'Promote' }));
  const dialog = await screen.findByRole('dialog', { name: 'Put model aaaa1111 live?' });
  expect(within(dialog).getByText('28 % of the first ten places change.')).toBeVisible();
  expect(within(dialog).getByRole('link', { name: 'Compare them first' })).toBeVisible();
  await user.click(within(dialog).getByRole('button', { name: 'Put aaaa1111 live' }));
  expect(await screen.findByText('Model aaaa1111 answers now. Rolling back returns to bbbb2222.')).toBeVisible();
  expect(promoted).toEqual([candidate.id]);
});

test('a model that was found to be worse warns', async () => {
  answer(ModelsDocument, list(candidate, live));
  const differences = [{ name: 'recall@20', verdict: 'WORSE' as const, text: 'worse on recall@20' }];
  answer(ModelSwitchPreviewDocument, preview(candidate, { differences }));
  showList();
  await userEvent.click((await rowOf('aaaa1111')).getByRole('button', { name: 'Promote' }));
  expect(await screen.findByText('It was found to be worse.')).toBeVisible();
});

test('what the server refuses stays in the dialog', async () => {
  answer(ModelsDocument, list(live, previous));
  answer(ModelSwitchPreviewDocument, preview(previous, { isRollBack: true }));
  answer(ModelRollBackDocument, {
    modelRollBack: {
      model: null,
      change: null,
      userErrors: [{ code: 'NOT_FOUND', message: 'There is no previous model.' }],
    },
  });
  showList();
  const user = userEvent.setup();
  await user.click((await rowOf('cccc3333')).getByRole('button', { name: 'Roll back to it' }));
  await user.click(await screen.findByRole('button', { name: 'Roll back to cccc3333' }));
  expect(await screen.findByText('There is no previous model.')).toBeVisible();
});

test('deleting asks once, and says why it cannot be', async () => {
  answer(ModelsDocument, list(candidate, live));
  answer(ModelDeleteDocument, {
    modelDelete: { deletedId: null, userErrors: [{ code: 'CONFLICT', message: 'This model answers now.' }] },
  });
  showList();
  const user = userEvent.setup();
  await user.click((await rowOf('aaaa1111')).getByRole('button', { name: 'Delete model aaaa1111' }));
  const dialog = await screen.findByRole('dialog', { name: 'Delete model aaaa1111?' });
  await user.click(within(dialog).getByRole('button', { name: 'Delete model aaaa1111' }));
  expect(await within(dialog).findByText('This model answers now.')).toBeVisible();
});

test('two are chosen to compare, the latest choices winning; the live one comes first', async () => {
  answer(ModelsDocument, list(candidate, live, previous));
  const changes: ModelSearch[] = [];
  showList({ chosen: [candidate.id, live.id] }, (next) => changes.push(next));
  const user = userEvent.setup();
  const link = await screen.findByRole('link', { name: 'Compare the two' });
  expect(decodeURIComponent(link.getAttribute('href') ?? '')).toBe(`/models/compare?a=${live.id}&b=${candidate.id}`);
  await user.click((await rowOf('cccc3333')).getByRole('checkbox'));
  await user.click((await rowOf('aaaa1111')).getByRole('checkbox'));
  await waitFor(() => expect(changes).toEqual([{ chosen: [live.id, previous.id] }, { chosen: [live.id] }]));
});

test('the list asks for what the address says', async () => {
  const asked: unknown[] = [];
  answer(ModelsDocument, (variables) => {
    asked.push(variables);
    return list();
  });
  showList(readModelSearch({ q: 'summer', state: 'CANDIDATE', sort: 'SIZE', chosen: 'nonsense' }));
  expect(await screen.findByText('No model fits.')).toBeVisible();
  expect(asked[0]).toEqual({ first: 100, filter: { states: ['CANDIDATE'], query: 'summer' }, sort: 'SIZE' });
});
