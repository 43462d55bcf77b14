import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { CustomerPreviewDocument, type CustomerPreviewQuery } from '~/gql/graphql';
import { answer, refuse } from '~/testing/api';
import { show } from '~/testing/render';
import type { Unmasked } from '~/testing/unmasked';
import { CustomerPreview } from './customer-preview';

type Edge = NonNullable<Unmasked<CustomerPreviewQuery>['recommendations']>['edges'][number];

const edge: Edge = {
  source: 'PERSONAL',
  score: 0.51234,
  node: { sku: 'pan', name: 'Cast-iron pan', image: '/pictures/pan.svg', vendor: { name: 'Acorn & Anvil' } },
  reasons: [
    {
      kind: 'EVENT',
      share: 0.6,
      text: 'You bought it',
      product: { sku: 'lid', name: 'Iron lid' },
      event: { id: 'event-1', type: 'ORDER_PLACED', occurredAt: '2026-11-01T10:00:00.000Z' },
    },
    {
      kind: 'EVENT',
      share: -0.0877,
      text: 'You returned it',
      product: { sku: 'kettle', name: 'Enamel kettle' },
      event: { id: 'event-2', type: 'RETURN', occurredAt: '2026-11-01T10:00:00.000Z' },
    },
  ],
};
const recommendations = (edges: Edge[]): Unmasked<CustomerPreviewQuery> => ({
  recommendations: {
    edges,
    freshness: {
      served: 'FOLD_IN',
      profileThrough: '2026-11-01T10:00:00.000Z',
      trainedThrough: 204_000,
      trainedAt: '2026-11-01T02:00:00.000Z',
      pendingEvents: 0,
      late: [],
      tookMs: 1.24,
    },
    model: { name: 'aaaa1111ffff' },
  },
});
const preview = <CustomerPreview customer="C-00001" placement="home" />;

test('each product stands with its source, its score and the parts of it', async () => {
  answer(CustomerPreviewDocument, recommendations([edge]));
  show(preview);
  const row = (await screen.findByText('Cast-iron pan')).closest('tr');
  if (!row) throw new Error('the product is in no row');
  expect(within(row).getByText('0.5123')).toBeVisible();
  expect(within(row).getByText('+0.600')).toBeVisible();
  expect(within(row).getByText('−0.088')).toBeVisible();
  expect(screen.getByText('1.2 ms')).toBeVisible();
});

test('a place with nothing to show says so', async () => {
  answer(CustomerPreviewDocument, recommendations([]));
  show(preview);
  expect(await screen.findByText('Nothing would be shown.')).toBeVisible();
});

test('when it fails it says so', async () => {
  refuse(CustomerPreviewDocument, 'DEADLINE_EXCEEDED', 'No answer in time.');
  show(preview);
  expect(await screen.findByRole('alert')).toHaveTextContent('No answer in time.');
});
