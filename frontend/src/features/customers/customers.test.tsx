import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import {
  CustomerDeleteDocument,
  CustomerDetailDocument,
  CustomerFindDocument,
  CustomerListDocument,
  type CustomerListQueryVariables,
  CustomerTasteDocument,
  type CustomerTasteQuery,
  type ForgettingReceiptFragment,
  ForgettingStateDocument,
} from '~/gql/graphql';
import { answer, refuse } from '~/testing/api';
import { show } from '~/testing/render';
import type { Unmasked } from '~/testing/unmasked';
import { CustomerDetail } from './customer-detail';
import { readCustomerSearch } from './customer-search';
import { CustomerTable } from './customer-table';
import { CustomerTaste } from './customer-taste';
import { ForgetDialog } from './forget-dialog';

const wren = {
  id: 'Customer/7',
  name: 'Wren',
  email: 'wren@shop.example',
  externalId: 'C-7',
  createdAt: '2026-11-01T10:00:00.000Z',
  hasAccount: true,
  orderCount: 3,
  lastSeenAt: null,
};
const list = (customers: (typeof wren)[]) => ({
  customers: {
    totalCount: customers.length,
    pageInfo: { hasNextPage: false, endCursor: null },
    edges: customers.map((node) => ({ node })),
  },
});

test('the table asks for what the address says', async () => {
  const asked: CustomerListQueryVariables[] = [];
  answer(CustomerListDocument, (variables) => {
    asked.push(variables);
    return list([wren]);
  });
  show(<CustomerTable search={readCustomerSearch({ q: 'wr', account: 'yes', sort: 'WRONG' })} onChange={() => {}} />);
  const row = (await screen.findByRole('link', { name: 'Wren' })).closest('tr');
  if (!row) throw new Error('Wren is in no row');
  expect(within(row).getByText('3')).toBeVisible();
  expect(asked[0]).toMatchObject({ query: 'wr', filter: { hasAccount: true }, sort: 'NEWEST' });
});

test('one whom only events have named is offered', async () => {
  answer(CustomerListDocument, list([]));
  answer(CustomerFindDocument, { customer: { id: 'Customer/9' } });
  show(<CustomerTable search={{ q: 'C-9' }} onChange={() => {}} />);
  expect(await screen.findByText('C-9 is known from events only.')).toBeVisible();
});

test('without customers it says how there come to be some', async () => {
  answer(CustomerListDocument, list([]));
  show(<CustomerTable search={{}} onChange={() => {}} />);
  expect(await screen.findByText(/once they sign up/)).toBeVisible();
});

test('when it fails it says so', async () => {
  refuse(CustomerListDocument, 'UNAVAILABLE', 'Try again in a moment.');
  show(<CustomerTable search={{}} onChange={() => {}} />);
  expect(await screen.findByRole('alert')).toHaveTextContent('Try again in a moment.');
});

const taste: Unmasked<CustomerTasteQuery> = {
  customer: {
    id: 'Customer/7',
    history: {
      pageInfo: { hasNextPage: false },
      edges: ['lid', 'cup'].map((sku) => ({
        node: {
          id: `event-${sku}`,
          type: 'ORDER_PLACED',
          occurredAt: '2026-11-01T10:00:00.000Z',
          sku,
          quantity: 1,
          rating: null,
          query: null,
          product: { name: sku === 'lid' ? 'Iron lid' : 'Tin cup' },
        },
      })),
    },
    profile: [{ sku: 'lid', influence: 0.8, product: { name: 'Iron lid' } }],
    recommendations: {
      edges: [
        {
          source: 'PERSONAL',
          score: 0.5,
          node: { sku: 'pan', name: 'Cast-iron pan', image: '/p.svg', vendor: { name: 'Acorn' } },
          reasons: [
            {
              kind: 'EVENT',
              share: 0.5,
              text: '',
              product: { sku: 'lid', name: 'Iron lid' },
              event: { id: 'event-lid' },
            },
          ],
        },
      ],
      freshness: {
        served: 'FOLD_IN',
        profileThrough: '2026-11-01T10:00:00.000Z',
        trainedAt: '2026-11-01T10:00:00.000Z',
        pendingEvents: 0,
        late: [],
        tookMs: 1,
      },
      model: { name: 'aaaa1111ffff' },
    },
  },
};

test('of a customer who is not there nothing else is shown', async () => {
  answer(CustomerDetailDocument, { customer: null });
  show(<CustomerDetail id="Customer/9">What they did</CustomerDetail>);
  expect(await screen.findByText('There is no such customer.')).toBeVisible();
  expect(screen.queryByText('What they did')).toBeNull();
});

test('pointing at either side lights up its part of the other', async () => {
  answer(CustomerTasteDocument, taste);
  show(<CustomerTaste id="Customer/7" placement="home" />);
  const user = userEvent.setup();
  await user.hover(await screen.findByRole('button', { name: /Cast-iron pan/ }));
  const done = screen.getByText('Ordered Iron lid').closest('li');
  expect(done).toHaveAttribute('data-lit', 'for');
  expect(screen.getByText('Ordered Tin cup').closest('li')).not.toHaveAttribute('data-lit');
  await user.hover(screen.getByRole('button', { name: /Ordered Iron lid/ }));
  expect(screen.getByText('Cast-iron pan').closest('li')).toHaveAttribute('data-lit', 'for');
});

const receipt: Unmasked<ForgettingReceiptFragment> = {
  id: 'r-1',
  requestedAt: '2026-11-01T10:00:00.000Z',
  erasedAt: null,
  sessions: 1,
  carts: 0,
  orders: 2,
  recentEvents: 5,
  lists: 1,
  erasedEvents: 0,
  keptSales: 0,
  rewrittenFiles: 0,
  models: [],
};

test('forgetting asks once, and shows the receipt until the lake is rewritten', async () => {
  answer(CustomerDeleteDocument, { customerDelete: { forgetting: receipt, userErrors: [] } });
  answer(ForgettingStateDocument, {
    forgetting: {
      ...receipt,
      erasedAt: '2026-11-01T10:00:05.000Z',
      erasedEvents: 48,
      models: [{ id: 'm', name: 'aaaa' }],
    },
  });
  show(<ForgetDialog id="Customer/7" name="Wren" onClose={() => {}} />);
  await userEvent.click(await screen.findByRole('button', { name: 'Forget Wren for good' }));
  expect(await screen.findByText(/The lake is rewritten/)).toBeVisible();
  expect(screen.getByRole('row', { name: 'Events erased from the lake 48' })).toBeVisible();
  expect(screen.getByText(/One model was trained before/)).toBeVisible();
});
