import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { ProductPageDocument, type ProductPageQuery, ViewerEventsDocument } from '~/gql/graphql';
import { answer, refuse } from '~/testing/api';
import { show } from '~/testing/render';
import { sampleProduct } from '~/testing/samples';
import type { Unmasked } from '~/testing/unmasked';
import { ProductFacts } from './product-facts';

const page = (
  <ProductFacts sku="pan" missing={<p>no such product</p>} buy={() => <button type="button">buy</button>}>
    {({ vendor, category }) => (
      <p>
        rows of {vendor?.name} in {category?.name}
      </p>
    )}
  </ProductFacts>
);

const pan: Unmasked<ProductPageQuery>['product'] = {
  ...sampleProduct('pan', { stock: 3 }),
  id: 'id-pan',
  description: 'It lasts.',
  images: [],
  categories: [{ slug: 'pans', name: 'Pans', parent: { slug: 'kitchen', name: 'Kitchen' } }],
  attributes: [{ name: 'material', value: 'cast iron' }],
};

function takeEvents(): unknown[] {
  const events: unknown[] = [];
  answer(ViewerEventsDocument, (variables) => {
    events.push(variables.events);
    return { viewerEventsRecord: { accepted: 1, userErrors: [] } };
  });
  return events;
}

test('it shows the facts, and records that they were looked at', async () => {
  answer(ProductPageDocument, { product: pan });
  const events = takeEvents();
  show(page);
  await screen.findByRole('status', { name: 'Loading the product' });
  expect(await screen.findByRole('heading', { name: 'Product pan' })).toBeVisible();
  expect(screen.getByText('Only 3 left')).toBeVisible();
  expect(screen.getByText('cast iron')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Kitchen' })).toHaveAttribute('href', '/category/kitchen');
  expect(screen.getByText('rows of Acorn & Anvil in Pans')).toBeVisible();
  await waitFor(() => expect(events).toEqual([[{ type: 'PRODUCT_VIEW', sku: 'pan' }]]));
});

test('what is missing is said to be missing', async () => {
  answer(ProductPageDocument, { product: null });
  show(page);
  expect(await screen.findByText('no such product')).toBeVisible();
});

test('when it fails it says so and offers to try again', async () => {
  refuse(ProductPageDocument, 'DEADLINE_EXCEEDED', 'No answer in time.');
  show(page);
  expect(await screen.findByRole('alert')).toHaveTextContent('No answer in time.');
  expect(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
});

test('the picture can be looked at close up', async () => {
  answer(ProductPageDocument, { product: pan });
  takeEvents();
  show(page);
  expect(await screen.findByRole('img', { name: 'Product pan' })).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Close up' }));
  expect(screen.getByRole('img', { name: 'Product pan, close up' })).toBeVisible();
  expect(screen.getByRole('button', { name: 'Close up' })).toHaveAttribute('aria-pressed', 'true');
});

test('of several pictures one is shown, and arrow keys go from one to the next', async () => {
  const images = [
    { url: '/front.png', alt: 'The pan from the front' },
    { url: '/back.png', alt: '' },
  ];
  answer(ProductPageDocument, { product: { ...pan, image: '/front.png', images } });
  takeEvents();
  show(page);
  const user = userEvent.setup();
  const first = await screen.findByRole('button', { name: 'Picture 1 of 2' });
  expect(first).toHaveAttribute('aria-pressed', 'true');
  expect(screen.getByRole('img', { name: 'The pan from the front' })).toHaveAttribute('src', '/front.png');
  first.focus();
  await user.keyboard('{ArrowRight}{ArrowRight}');
  expect(screen.getByRole('button', { name: 'Picture 2 of 2' })).toHaveFocus();
  expect(screen.getByRole('img', { name: 'Product pan, picture 2' })).toHaveAttribute('src', '/back.png');
  expect(screen.queryByRole('img', { name: 'The pan from the front' })).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Close up' }));
  expect(screen.getByRole('img', { name: 'Product pan, picture 2, close up' })).toBeVisible();
  await user.keyboard('{ArrowLeft}');
  expect(screen.getByRole('img', { name: 'The pan from the front' })).toBeVisible();
});

test('a picture that cannot be had gives way to the drawing', async () => {
  answer(ProductPageDocument, { product: { ...pan, images: [{ url: '/gone.png', alt: 'gone' }] } });
  takeEvents();
  show(page);
  const picture = await screen.findByRole('img', { name: 'gone' });
  fireEvent.error(picture);
  expect(picture).toHaveAttribute('src', '/pictures/pan.svg');
});
