import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { type TasteBeliefFragment, TasteDocument, type TasteEventFragment, ViewerEventsDocument } from '~/gql/graphql';
import { answer, refuse } from '~/testing/api';
import { show } from '~/testing/render';
import type { Unmasked } from '~/testing/unmasked';
import { TasteList } from './taste-list';

const bought: Unmasked<TasteEventFragment> = {
  id: 'event-1',
  type: 'ORDER_PLACED',
  occurredAt: '2026-11-20T10:00:00.000Z',
  sku: 'pan',
  quantity: 2,
  rating: null,
  query: null,
  product: { sku: 'pan', name: 'Cast-iron pan', image: '/pictures/pan.svg' },
};
const belief = (name: string, influence: number, change: Partial<TasteBeliefFragment> = {}) => ({
  sku: name,
  influence,
  bought: true,
  rejected: false,
  excluded: false,
  product: { sku: name, name, image: `/pictures/${name}.svg` },
  event: {
    id: `event of ${name}`,
    type: 'ORDER_PLACED' as const,
    occurredAt: '2026-11-20T10:00:00.000Z',
    quantity: 1,
    rating: null,
  },
  ...change,
});
type Beliefs = ReturnType<typeof belief>[];
const taste = (events: (typeof bought)[], beliefs: Beliefs = []) => ({
  viewer: { signedIn: true, taste: { events, beliefs } },
});

test('what decides stands with its part, adding up to 100; what speaks against, and what does not count, apart', async () => {
  const beliefs = [
    belief('Pan', 0.7),
    belief('Board', 0.5),
    belief('Kettle', -0.2),
    belief('Jar', 0, { excluded: true }),
  ];
  answer(TasteDocument, taste([], beliefs));
  const recorded: unknown[] = [];
  answer(ViewerEventsDocument, (variables) => {
    recorded.push(variables.events);
    return { viewerEventsRecord: { accepted: 1, userErrors: [] } };
  });
  show(<TasteList />);
  const list = await screen.findByRole('list', { name: 'What decides what you are shown' });
  expect(list).toHaveTextContent(/Pan.*58 %.*Board.*42 %/);
  expect(list).not.toHaveTextContent('Kettle');
  expect(screen.getByText('Speaks against its like')).toBeVisible();
  expect(screen.getByText('Does not count, as you wished: Jar.')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Don’t use Board' }));
  await waitFor(() =>
    expect(recorded).toEqual([[{ type: 'EXCLUDED_FROM_TASTE', ref: 'event of Board', sku: 'Board' }]]),
  );
});

test('a long list is folded, and says what is folded away', async () => {
  const beliefs = Array.from({ length: 20 }, (_, at) => belief(`Thing ${at}`, 0.05));
  answer(TasteDocument, taste([], beliefs));
  show(<TasteList />);
  const list = await screen.findByRole('list', { name: 'What decides what you are shown' });
  expect(list).toHaveTextContent('60 %12 other products');
  await userEvent.click(screen.getByRole('button', { name: 'Show all 20' }));
  expect(list).toHaveTextContent('Thing 19');
});

test('what was done stands there, and can be taken back', async () => {
  let events = [bought];
  answer(TasteDocument, () => taste(events));
  const recorded: unknown[] = [];
  answer(ViewerEventsDocument, (variables) => {
    recorded.push(variables.events);
    events = [];
    return { viewerEventsRecord: { accepted: 1, userErrors: [] } };
  });
  show(<TasteList />);
  expect(await screen.findByText(/You bought it, 2 pieces/)).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Don’t use Cast-iron pan' }));
  expect(await screen.findByText('The shop knows nothing of you yet.')).toBeVisible();
  await waitFor(() => expect(recorded).toEqual([[{ type: 'EXCLUDED_FROM_TASTE', ref: 'event-1', sku: 'pan' }]]));
});

test('when it cannot be saved it says so and stays', async () => {
  answer(TasteDocument, taste([bought]));
  refuse(ViewerEventsDocument, 'UNAVAILABLE', 'Try again.');
  show(<TasteList />);
  await userEvent.click(await screen.findByRole('button', { name: 'Don’t use Cast-iron pan' }));
  expect(await screen.findByText('That could not be saved. Try again in a moment.')).toBeVisible();
  expect(screen.getByText('Cast-iron pan')).toBeVisible();
});

test('when it fails it says so', async () => {
  refuse(TasteDocument, 'UNAVAILABLE', 'Try again in a moment.');
  show(<TasteList />);
  expect(await screen.findByRole('alert')).toHaveTextContent('Try again in a moment.');
});

test('what the model alone remembers is taken back by what was done with it', async () => {
  answer(TasteDocument, taste([bought], [belief('pan', 1, { event: null })]));
  const recorded: unknown[] = [];
  answer(ViewerEventsDocument, (variables) => {
    recorded.push(variables.events);
    return { viewerEventsRecord: { accepted: 1, userErrors: [] } };
  });
  show(<TasteList />);
  const list = await screen.findByRole('list', { name: 'What decides what you are shown' });
  await userEvent.click(within(list).getByRole('button', { name: 'Don’t use pan' }));
  await waitFor(() => expect(recorded).toEqual([[{ type: 'EXCLUDED_FROM_TASTE', ref: 'event-1', sku: 'pan' }]]));
});
