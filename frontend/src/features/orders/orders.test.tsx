import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { OrderCancelDocument, OrderDocument, type OrderSummaryFragment, OrdersDocument } from '~/gql/graphql';
import { answer, refuse } from '~/testing/api';
import { show } from '~/testing/render';
import type { Unmasked } from '~/testing/unmasked';
import { OneOrder } from './one-order';
import { OrderList } from './order-list';

const money = (amount: string) => ({ amount, currency: 'EUR' });
const order: Unmasked<OrderSummaryFragment> & { id: string } = {
  id: 'order-1',
  number: '018f2b1c-0000-7000-8000-0000abcd1234',
  placedAt: '2026-11-20T10:00:00.000Z',
  state: 'PLACED',
  cancellable: false,
  delivery: { name: 'Ann', street: '1 Long Lane', postcode: '', city: 'Anytown', country: 'Nowhere' },
  total: money('25.00'),
  lines: [
    {
      sku: 'pan',
      quantity: 2,
      price: money('12.50'),
      total: money('25.00'),
      product: { name: 'Cast-iron pan', image: '/pictures/pan.svg' },
    },
  ],
};
const list = (orders: (typeof order)[]) => ({
  viewer: { orders: { pageInfo: { hasNextPage: false, endCursor: null }, edges: orders.map((node) => ({ node })) } },
});

test('an order shows when, what and how much', async () => {
  answer(OrdersDocument, list([order]));
  show(<OrderList />);
  expect(await screen.findByRole('link', { name: 'Cast-iron pan' })).toHaveAttribute('href', '/product/pan');
  expect(screen.getByText('2 ×')).toBeVisible();
  expect(screen.getAllByText('€25.00')).toHaveLength(2);
  expect(screen.getByText('No. abcd1234')).toBeVisible();
  expect(screen.getByText('Delivered to Ann, 1 Long Lane, Anytown, Nowhere')).toBeVisible();
});

test('without orders it says what will stand there', async () => {
  answer(OrdersDocument, list([]));
  show(<OrderList />);
  expect(await screen.findByText('You have not ordered anything yet.')).toBeVisible();
});

test('when it fails it says so', async () => {
  refuse(OrdersDocument, 'UNAVAILABLE', 'Try again in a moment.');
  show(<OrderList />);
  expect(await screen.findByRole('alert')).toHaveTextContent('Try again in a moment.');
});

test('one order tells the page what was bought', async () => {
  answer(OrderDocument, { node: { __typename: 'Order', ...order } });
  show(
    <OneOrder id="order-1" title={<h1>Your order</h1>} missing={<p>no such order</p>}>
      {(skus) => <p>goes with {skus.join()}</p>}
    </OneOrder>,
  );
  expect(await screen.findByText('goes with pan')).toBeVisible();
});

test('another’s order is not there', async () => {
  answer(OrderDocument, { node: null });
  show(<OneOrder id="order-2" title={<h1>Your order</h1>} missing={<p>no such order</p>} />);
  expect(await screen.findByText('no such order')).toBeVisible();
});

test('a fresh order is cancelled, asking once', async () => {
  answer(OrdersDocument, list([{ ...order, cancellable: true }]));
  answer(OrderCancelDocument, {
    orderCancel: { order: { ...order, state: 'CANCELLED', cancellable: false }, userErrors: [] },
  });
  show(<OrderList />);
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Cancel…' }));
  answer(OrdersDocument, list([{ ...order, state: 'CANCELLED' }]));
  await user.click(screen.getByRole('button', { name: 'Cancel this order' }));
  expect(await screen.findByText('Your order is cancelled.')).toBeVisible();
});

test('a cancelled order says so', async () => {
  answer(OrdersDocument, list([{ ...order, state: 'CANCELLED' }]));
  show(<OrderList />);
  expect(await screen.findByText('Cancelled')).toBeVisible();
});

test('an order that is not fresh any more cannot be cancelled', async () => {
  answer(OrdersDocument, list([order]));
  show(<OrderList />);
  await screen.findByText('No. abcd1234');
  expect(screen.queryByRole('button', { name: 'Cancel…' })).toBeNull();
});
