import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import {
  CatalogueNamesDocument,
  CatalogueProductDocument,
  type CatalogueProductFieldsFragment,
  CatalogueProductsDocument,
  type CatalogueProductsQueryVariables,
  CatalogueSimilarDocument,
  ProductCreateDocument,
  ProductDeleteDocument,
  ProductUpdateDocument,
} from '~/gql/graphql';
import { answer, refuse } from '~/testing/api';
import { show } from '~/testing/render';
import type { Unmasked } from '~/testing/unmasked';
import { type CatalogueSearch, readCatalogueSearch } from './catalogue-search';
import { ProductEditor } from './product-editor';
import { ProductTable } from './product-table';

const pan: Unmasked<CatalogueProductFieldsFragment> = {
  sku: 'pan',
  name: 'Cast-iron pan',
  description: 'It lasts.',
  image: '/pictures/pan.svg',
  images: [],
  status: 'ACTIVE',
  stock: 7,
  version: 3,
  price: { amount: '12.50', currency: 'EUR' },
  vendor: { slug: 'acorn' },
  categories: [{ slug: 'pans' }, { slug: 'gifts' }],
};

function withPan() {
  answer(CatalogueProductDocument, { product: pan });
  answer(CatalogueSimilarDocument, { product: { similar: { edges: [] } } });
  answer(CatalogueNamesDocument, {
    vendors: { edges: [{ node: { slug: 'acorn', name: 'Acorn' } }] },
    categories: { edges: [{ node: { slug: 'pans', name: 'Pans' } }, { node: { slug: 'woks', name: 'Woks' } }] },
  });
}

test('only what was changed is sent, with the version that was seen', async () => {
  withPan();
  const inputs: unknown[] = [];
  answer(ProductUpdateDocument, ({ input }) => {
    inputs.push(input);
    return { productUpdate: { product: { ...pan, version: 4 }, userErrors: [] } };
  });
  show(<ProductEditor sku="pan" onDeleted={() => {}} />);
  const user = userEvent.setup();
  const price = await screen.findByLabelText('Price, EUR');
  await user.clear(price);
  await user.type(price, '13,90');
  await user.selectOptions(screen.getByLabelText('Main category'), await screen.findByRole('option', { name: 'Woks' }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Cast-iron pan is saved.')).toBeVisible();
  expect(inputs).toEqual([
    { sku: 'pan', version: 3, price: { amount: '13.90', currency: 'EUR' }, categories: ['woks', 'gifts'] },
  ]);
});

test('what the server refuses stands at its field, a conflict above', async () => {
  withPan();
  answer(ProductUpdateDocument, {
    productUpdate: {
      product: null,
      userErrors: [
        { field: 'price.amount', code: 'BAD_USER_INPUT', message: 'Write it like 12.50.' },
        { field: null, code: 'CONFLICT', message: 'It was changed meanwhile. Load it again.' },
      ],
    },
  });
  show(<ProductEditor sku="pan" onDeleted={() => {}} />);
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText('Price, EUR'), 'x');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('It was changed meanwhile.');
  expect(screen.getByLabelText('Price, EUR')).toBeInvalid();
});

test('deleting asks once', async () => {
  withPan();
  const deleted: string[] = [];
  answer(ProductDeleteDocument, ({ input }) => {
    deleted.push(input.sku);
    return { productDelete: { deletedId: 'id-pan', userErrors: [] } };
  });
  let left = 0;
  show(<ProductEditor sku="pan" onDeleted={() => left++} />);
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Delete' }));
  await user.click(await screen.findByRole('button', { name: 'Delete Cast-iron pan' }));
  await waitFor(() => expect(left).toBe(1));
  expect(deleted).toEqual(['pan']);
});

test('a picture that cannot be had gives way to the drawing', async () => {
  withPan();
  show(<ProductEditor sku="pan" onDeleted={() => {}} />);
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Add a picture' }));
  await user.type(screen.getByLabelText('Address of picture 1'), '/gone.jpg');
  const picture = screen.getByRole('img', { name: 'Cast-iron pan' });
  expect(picture).toHaveAttribute('src', '/gone.jpg');
  fireEvent.error(picture);
  expect(picture).toHaveAttribute('src', '/pictures/pan.svg');
});

test('pictures are added, put in order and taken away, each with what it shows', async () => {
  const images = [
    { url: '/front.png', alt: 'from the front' },
    { url: '/back.png', alt: '' },
  ];
  withPan();
  answer(CatalogueProductDocument, { product: { ...pan, image: '/front.png', images } });
  const inputs: unknown[] = [];
  answer(ProductUpdateDocument, ({ input }) => {
    inputs.push(input);
    return {
      productUpdate: {
        product: null,
        userErrors: [{ field: 'images.1.url', code: 'BAD_USER_INPUT' as const, message: 'no!' }],
      },
    };
  });
  show(<ProductEditor sku="pan" onDeleted={() => {}} />);
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText('What picture 2 shows'), 'from behind');
  await user.click(screen.getByRole('button', { name: 'Move picture 2 up' }));
  await user.click(screen.getByRole('button', { name: 'Add a picture' }));
  await user.type(screen.getByLabelText('Address of picture 3'), '/top.png');
  await user.click(screen.getByRole('button', { name: 'Take picture 2 away' }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('no!')).toBeVisible();
  expect(screen.getByLabelText('Address of picture 2')).toBeInvalid();
  const sent = [
    { url: '/back.png', alt: 'from behind' },
    { url: '/top.png', alt: '' },
  ];
  expect(inputs).toEqual([{ sku: 'pan', version: 3, images: sent }]);
});

test('what it is similar to leads there', async () => {
  withPan();
  const wok = { sku: 'wok', name: 'Wok', image: '/pictures/wok.svg' };
  answer(CatalogueSimilarDocument, { product: { similar: { edges: [{ score: 0.9, node: wok }] } } });
  show(<ProductEditor sku="pan" onDeleted={() => {}} />);
  expect(await screen.findByRole('link', { name: 'Wok' })).toHaveAttribute('href', '/products/wok');
});

const list = (skus: string[]) => ({
  products: {
    totalCount: skus.length,
    pageInfo: { hasNextPage: false, endCursor: null },
    edges: skus.map((sku) => ({ node: { ...pan, sku, vendor: { name: 'Acorn' }, categories: [] } })),
  },
});

test('the address decides what the table asks for', async () => {
  const asked: CatalogueProductsQueryVariables[] = [];
  answer(CatalogueProductsDocument, (variables) => {
    asked.push(variables);
    return list(['pan']);
  });
  const search: CatalogueSearch = { q: 'pan', status: 'DRAFT', lacks: 'CATEGORY', stockBelow: 5, sort: 'STOCK_ASC' };
  show(<ProductTable search={search} onChange={() => {}} onAdded={() => {}} />);
  expect(await screen.findByRole('link', { name: 'Cast-iron pan' })).toHaveAttribute('href', '/products/pan');
  expect(asked[0]).toMatchObject({
    query: 'pan',
    sort: 'STOCK_ASC',
    filter: { statuses: ['DRAFT'], lacks: ['CATEGORY'], stockBelow: 5 },
  });
});

test('a product is added as a draft, and what the server refuses stands at its field', async () => {
  answer(CatalogueProductsDocument, list(['pan']));
  const inputs: unknown[] = [];
  answer(ProductCreateDocument, ({ input }) => {
    inputs.push(input);
    const userErrors = input.sku === 'pan' ? [{ field: 'sku', message: 'a product with this sku exists' }] : [];
    return { productCreate: { product: { sku: input.sku }, userErrors } };
  });
  const added: string[] = [];
  show(<ProductTable search={{}} onChange={() => {}} onAdded={(sku) => added.push(sku)} />);
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Add a product' }));
  await user.type(await screen.findByLabelText(/^Name/), 'Wok');
  await user.type(screen.getByLabelText(/^Sku/), 'pan');
  await user.type(screen.getByLabelText(/^Price/), '19,5');
  await user.click(screen.getByRole('button', { name: 'Add the draft' }));
  expect(await screen.findByText('a product with this sku exists')).toBeVisible();
  await user.clear(screen.getByLabelText(/^Sku/));
  await user.type(screen.getByLabelText(/^Sku/), 'wok');
  await user.click(screen.getByRole('button', { name: 'Add the draft' }));
  await waitFor(() => expect(added).toEqual(['wok']));
  expect(inputs[1]).toEqual({
    name: 'Wok',
    sku: 'wok',
    status: 'DRAFT',
    price: { amount: '19.5', currency: 'EUR' },
  });
});

test('an empty table says what fills it', async () => {
  answer(CatalogueProductsDocument, list([]));
  show(<ProductTable search={{}} onChange={() => {}} onAdded={() => {}} />);
  expect(await screen.findByText(/also import products/)).toBeVisible();
});

test('when it fails it says so', async () => {
  refuse(CatalogueProductsDocument, 'UNAVAILABLE', 'Try again in a moment.');
  show(<ProductTable search={{}} onChange={() => {}} onAdded={() => {}} />);
  expect(await screen.findByRole('alert')).toHaveTextContent('Try again in a moment.');
});

test('an address that makes no sense is read as far as it does', () => {
  expect(readCatalogueSearch({ q: 7, status: 'SOLD', sort: 'NAME', stockBelow: -1, lacks: 'SOUL' })).toEqual({
    q: '7',
    sort: 'NAME',
  });
});
