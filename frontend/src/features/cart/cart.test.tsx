import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { expect, test } from 'vitest';
import {
  CartDocument,
  CartLineSetDocument,
  type CartLineSetInput,
  CheckoutDocument,
  OrderPlaceDocument,
} from '~/gql/graphql';
import { answer, refuse } from '~/testing/api';
import { show as showBare } from '~/testing/render';
import { sampleCart, sampleProduct } from '~/testing/samples';
import { BuyButtons } from './buy-buttons';
import { CartLines } from './cart-lines';
import { CartLink } from './cart-link';
import { CartProvider } from './cart-provider';
import { Checkout } from './checkout';

const show = (ui: ReactNode) => showBare(<CartProvider>{ui}</CartProvider>);
const withCart = (skus: string[]) => answer(CartDocument, { viewer: { cart: sampleCart(skus) } });
const ordered = (number: string) => ({
  orderPlace: {
    order: { id: 'order-1', number, total: { amount: '12.50', currency: 'EUR' } },
    viewer: { cart: sampleCart([]) },
    userErrors: [],
  },
});

function takeLines(): CartLineSetInput[] {
  const lines: CartLineSetInput[] = [];
  answer(CartLineSetDocument, ({ input }) => {
    lines.push(input);
    return { cartLineSet: { cart: sampleCart([input.sku]), userErrors: [] } };
  });
  return lines;
}

test('adding puts one more into the cart, and names the answer that led there', async () => {
  withCart([]);
  const lines = takeLines();
  show(<BuyButtons product={sampleProduct('pan')} recommendationId="answer-1" />);
  await userEvent.click(await screen.findByRole('button', { name: 'Add Product pan to the cart' }));
  expect(await screen.findByText('Product pan is in your cart.')).toBeVisible();
  expect(lines).toEqual([{ sku: 'pan', quantity: 1, recommendationId: 'answer-1' }]);
});

test('buying with an empty cart orders at once, with a name for the attempt', async () => {
  withCart([]);
  takeLines();
  const attempts: (string | null | undefined)[] = [];
  answer(OrderPlaceDocument, ({ input }) => {
    attempts.push(input.idempotencyKey);
    expect(input.lines).toEqual([
      { sku: 'pan', quantity: 1, price: { amount: '12.50', currency: 'EUR' }, recommendationId: 'answer-1' },
    ]);
    return ordered('018f-1');
  });
  show(<BuyButtons product={sampleProduct('pan')} recommendationId="answer-1" />);
  await userEvent.click(await screen.findByRole('button', { name: 'Buy Product pan now' }));
  expect(await screen.findByRole('button', { name: 'Ordered' })).toBeDisabled();
  expect(attempts).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)]);
});

test('buying with other things in the cart shows the cart first', async () => {
  withCart(['kettle']);
  takeLines();
  const { router } = show(<BuyButtons product={sampleProduct('pan')} />);
  await userEvent.click(await screen.findByRole('button', { name: 'Buy Product pan now' }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/cart'));
});

test('what is sold out cannot be bought', async () => {
  withCart([]);
  show(
    <>
      <p>here</p>
      <BuyButtons product={sampleProduct('pan', { stock: 0 })} />
    </>,
  );
  await screen.findByText('here');
  expect(screen.queryByRole('button')).not.toBeInTheDocument();
});

test('why something cannot be added is said in the server’s words', async () => {
  withCart([]);
  answer(CartLineSetDocument, {
    cartLineSet: { cart: null, userErrors: [{ field: 'quantity', code: 'OUT_OF_STOCK', message: 'Only 2 are left.' }] },
  });
  show(<BuyButtons product={sampleProduct('pan')} />);
  await userEvent.click(await screen.findByRole('button', { name: 'Add Product pan to the cart' }));
  expect(await screen.findByText('Only 2 are left.')).toBeVisible();
});

test('the bar counts the pieces', async () => {
  withCart(['pan', 'kettle']);
  show(<CartLink />);
  expect(await screen.findByRole('link', { name: 'Cart, 2 pieces' })).toBeVisible();
});

test('a line is taken out', async () => {
  const lines = takeLines();
  show(<CartLines lines={sampleCart(['bowl']).lines} />);
  await userEvent.click(await screen.findByRole('button', { name: 'Take out Product bowl' }));
  await waitFor(() => expect(lines).toEqual([{ sku: 'bowl', quantity: 0 }]));
});

const ann = { name: 'Ann', street: '1 Long Lane', postcode: '', city: 'Anytown', country: 'Nowhere' };
const withAddress = () =>
  answer(CheckoutDocument, { viewer: { customer: null, orders: { edges: [{ node: { delivery: ann } }] } } });

test('the address of the last order stands there already, and goes along', async () => {
  withAddress();
  const sent: unknown[] = [];
  answer(OrderPlaceDocument, ({ input }) => {
    sent.push(input.delivery);
    return ordered('018f-1');
  });
  show(<Checkout cart={sampleCart(['pan'])} onOrdered={() => {}} />);
  const user = userEvent.setup();
  await user.type(await screen.findByRole('textbox', { name: /^Postcode/ }), '12345');
  await user.click(screen.getByRole('button', { name: 'Place the order' }));
  await waitFor(() => expect(sent).toEqual([{ ...ann, postcode: '12345' }]));
});

test('what is missing is said at each field, and the focus goes to the first', async () => {
  answer(CheckoutDocument, { viewer: { customer: { name: 'Ann' }, orders: { edges: [] } } });
  show(<Checkout cart={sampleCart(['pan'])} onOrdered={() => {}} />);
  await userEvent.click(await screen.findByRole('button', { name: 'Place the order' }));
  expect(screen.getByRole('textbox', { name: 'Name' })).toHaveValue('Ann');
  const street = screen.getByRole('textbox', { name: 'Street and number' });
  expect(street).toHaveAccessibleDescription('Give the street and number.');
  expect(street).toHaveFocus();
  expect(screen.getByRole('textbox', { name: 'Country' })).toBeInvalid();
});

test('what the server refuses is said where it belongs', async () => {
  withAddress();
  const refuseOrder = (field: string | null, message: string) =>
    answer(OrderPlaceDocument, {
      orderPlace: { order: null, viewer: null, userErrors: [{ field, code: 'BAD_USER_INPUT', message }] },
    });
  show(<Checkout cart={sampleCart(['pan', 'pot'])} onOrdered={() => {}} />);
  const user = userEvent.setup();
  refuseOrder('delivery.postcode', 'is longer than 20 characters: shorten it');
  await user.click(await screen.findByRole('button', { name: 'Place the order' }));
  const postcode = screen.getByRole('textbox', { name: /^Postcode/ });
  await waitFor(() => expect(postcode).toHaveAccessibleDescription(/longer than 20/));
  refuseOrder('lines.1.quantity', 'only 2 of "pot" are left');
  await user.click(screen.getByRole('button', { name: 'Place the order' }));
  const alert = await screen.findByRole('alert');
  expect(alert.closest('li')).toHaveTextContent('Product pot');
  await waitFor(() => expect(alert).toHaveFocus());
});

test('an order whose answer got lost is asked for again under the same name', async () => {
  refuse(OrderPlaceDocument, 'UNAVAILABLE', 'Try again in a moment.');
  const placed: string[] = [];
  withAddress();
  show(<Checkout cart={sampleCart(['pan'])} onOrdered={(id) => placed.push(id)} />);
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Place the order' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('Try again in a moment.');
  const attempts: (string | null | undefined)[] = [];
  answer(OrderPlaceDocument, ({ input }) => {
    attempts.push(input.idempotencyKey);
    return ordered('018f-1');
  });
  await user.click(screen.getByRole('button', { name: 'Place the order' }));
  await waitFor(() => expect(placed).toEqual(['order-1']));
  await user.click(screen.getByRole('button', { name: 'Place the order' }));
  await waitFor(() => expect(placed).toHaveLength(2));
  expect(new Set(attempts).size).toBe(2); // one order, one name; the next order has its own
});
