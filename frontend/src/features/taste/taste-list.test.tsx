import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { TasteDocument, type TasteEventFragment, ViewerEventsDocument } from '~/gql/graphql';
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
const taste = (events: (typeof bought)[]) => ({ viewer: { signedIn: true, taste: { events } } });

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
  await waitFor(() => expect(recorded).toEqual([[{ type: 'EXCLUDED_FROM_TASTE', ref: 'event-1' }]]));
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
