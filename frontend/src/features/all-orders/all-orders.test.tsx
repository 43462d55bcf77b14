import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import {
  AllOrdersDocument,
  type AllOrdersQueryVariables,
  OneOfAllOrdersDocument,
  OpenCartsDocument,
  OrderCancelAnyDocument,
} from '~/gql/graphql';
import { answer, refuse } from '~/testing/api';
import { show } from '~/testing/render';
import { OpenCarts } from './open-carts';
import { OrderDetail } from './order-detail';
import { readOrderSearch } from './order-search';
import { OrderTable } from './order-table';

const money = (amount: string) => ({ amount, currency: 'EUR' });
const number = '018f2b1c-0000-7000-8000-0000abcd1234';
const order = {
  id: 'Order/1',
  number,
  placedAt: '2026-11-20T10:00:00.000Z',
  state: 'PLACED' as const,
  cancelledAt: null,
  cancellable: true,
  delivery: { name: 'Ann', street: '1 Long Lane', postcode: '', city: 'Anytown', country: 'Nowhere' },
  total: money('25.00'),
  customer: { id: 'Customer/7', name: 'Wren', email: null, externalId: null },
  lines: [
    {
      sku: 'pan',
      quantity: 2,
      recommendationId: 'r-1',
      price: money('12.50'),
      total: money('25.00'),
      product: { name: 'Cast-iron pan', image: '/p.svg', stock: 7 },
    },
  ],
};
const list = (orders: (typeof order)[]) => ({
  orders: { pageInfo: { hasNextPage: false, endCursor: null }, edges: orders.map((node) => ({ node })) },
});

test('the table asks for what the address says, its last day among them', async () => {
  const asked: AllOrdersQueryVariables[] = [];
  answer(AllOrdersDocument, (variables) => {
    asked.push(variables);
    return list([order]);
  });
  show(
    <OrderTable search={readOrderSearch({ from: '2026-11-01', to: '2026-11-20', state: 'x' })} onChange={() => {}} />,
  );
  expect(await screen.findByRole('link', { name: 'abcd1234' })).toBeVisible();
  expect(screen.getByRole('link', { name: 'Wren' })).toBeVisible();
  expect(asked[0]?.filter).toMatchObject({ from: '2026-11-01T00:00:00Z', before: '2026-11-21T00:00:00.000Z' });
});

test('without orders, or without any that fit, it says so', async () => {
  answer(AllOrdersDocument, list([]));
  show(<OrderTable search={{}} onChange={() => {}} />);
  expect(await screen.findByText('Nobody has ordered here yet.')).toBeVisible();
});

test('when it fails it says so', async () => {
  refuse(AllOrdersDocument, 'UNAVAILABLE', 'Try again in a moment.');
  show(<OrderTable search={{}} onChange={() => {}} />);
  expect(await screen.findByRole('alert')).toHaveTextContent('Try again in a moment.');
});

test('an order shows what led to it, and is cancelled, asking once', async () => {
  answer(OneOfAllOrdersDocument, { order });
  answer(OrderCancelAnyDocument, {
    orderCancel: { order: { ...order, state: 'CANCELLED', cancellable: false }, userErrors: [] },
  });
  show(<OrderDetail number={number} />);
  expect(await screen.findByText('r-1')).toBeVisible();
  expect(screen.getByText('Ann, 1 Long Lane, Anytown, Nowhere')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Cancel this order' }));
  answer(OneOfAllOrdersDocument, { order: { ...order, state: 'CANCELLED', cancellable: false } });
  await userEvent.click(await screen.findByRole('button', { name: 'Cancel the order' }));
  expect(await screen.findByText('Cancelled')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Cancel this order' })).toBeNull();
});

test('an order that is gone says why', async () => {
  answer(OneOfAllOrdersDocument, { order: null });
  show(<OrderDetail number={number} />);
  expect(await screen.findByText('There is no such order.')).toBeVisible();
});

test('open carts show whose they are', async () => {
  answer(OpenCartsDocument, {
    carts: {
      totalCount: 1,
      edges: [
        {
          node: {
            count: 2,
            since: null,
            total: null,
            customer: null,
            lines: [{ sku: 'pan', quantity: 2, product: null }],
          },
        },
      ],
    },
  });
  show(<OpenCarts />);
  expect(await screen.findByText('A visitor')).toBeVisible();
  expect(screen.getByText('2 × pan')).toBeVisible();
});
