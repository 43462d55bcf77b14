import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import {
  CatalogueCategoriesDocument,
  type CatalogueCategoryFragment,
  type CatalogueVendorFragment,
  CatalogueVendorsDocument,
  type CatalogueVendorsQueryVariables,
  CategoryDeleteDocument,
  CategoryUpdateDocument,
  VendorCreateDocument,
  VendorDeleteDocument,
} from '~/gql/graphql';
import { answer, refuse } from '~/testing/api';
import { show } from '~/testing/render';
import type { Unmasked } from '~/testing/unmasked';
import { CategoryList } from './category-list';
import { readGroupSearch } from './group-search';
import { VendorList } from './vendor-list';

const acorn: Unmasked<CatalogueVendorFragment> = {
  slug: 'acorn',
  name: 'Acorn',
  productCount: 2,
  every: { totalCount: 3 },
  best: { edges: [{ node: { sku: 'pan', name: 'Cast-iron pan', image: '/pictures/pan.svg' } }] },
};
const idle: Unmasked<CatalogueVendorFragment> = {
  slug: 'idle',
  name: 'Idle & Sons',
  productCount: 0,
  every: { totalCount: 0 },
  best: { edges: [] },
};
const pageInfo = { hasNextPage: false, endCursor: null };

const withVendors = (...vendors: Unmasked<CatalogueVendorFragment>[]) =>
  answer(CatalogueVendorsDocument, {
    vendors: { totalCount: vendors.length, pageInfo, edges: vendors.map((node) => ({ node })) },
  });

const category = (
  slug: string,
  name: string,
  change: Partial<Unmasked<CatalogueCategoryFragment>> = {},
): Unmasked<CatalogueCategoryFragment> => ({ ...idle, slug, name, parent: null, children: [], ...change });

const withCategories = (...categories: Unmasked<CatalogueCategoryFragment>[]) =>
  answer(CatalogueCategoriesDocument, {
    categories: { totalCount: categories.length, pageInfo, edges: categories.map((node) => ({ node })) },
  });

test('a vendor leads to its products and to what sells best', async () => {
  withVendors(acorn, idle);
  show(<VendorList search={{}} onChange={() => {}} />);
  const row = within(await screen.findByRole('row', { name: /Acorn/ }));
  expect(row.getByRole('link', { name: 'On offer of Acorn: 2' })).toHaveAttribute(
    'href',
    '/products?vendor=acorn&status=ACTIVE',
  );
  expect(row.getByRole('link', { name: 'All products of Acorn: 3' })).toHaveAttribute('href', '/products?vendor=acorn');
  expect(row.getByRole('link', { name: 'Cast-iron pan' })).toHaveAttribute('href', '/products/pan');
  expect(screen.getByRole('heading', { name: '2 vendors' })).toBeVisible();
});

test('the address decides what the table asks for', async () => {
  const asked: CatalogueVendorsQueryVariables[] = [];
  answer(CatalogueVendorsDocument, (variables) => {
    asked.push(variables);
    return { vendors: { totalCount: 0, pageInfo, edges: [] } };
  });
  show(<VendorList search={{ q: 'ac', has: 'no', sort: 'PRODUCT_COUNT' }} onChange={() => {}} />);
  expect(await screen.findByText('Nothing fits.')).toBeVisible();
  expect(asked[0]).toMatchObject({ query: 'ac', filter: { hasProducts: false }, sort: 'PRODUCT_COUNT' });
});

test('a vendor is added, and what the server refuses stands at its field', async () => {
  withVendors();
  const inputs: unknown[] = [];
  answer(VendorCreateDocument, ({ input }) => {
    inputs.push(input);
    const taken = input.slug === 'acorn';
    return {
      vendorCreate: {
        vendor: taken ? null : { slug: 'acorn-2' },
        userErrors: taken ? [{ field: 'slug', message: 'a vendor with this id exists already' }] : [],
      },
    };
  });
  show(<VendorList search={{}} onChange={() => {}} />);
  const user = userEvent.setup();
  expect(await screen.findByText('There are no vendors yet.')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Add a vendor' }));
  await user.type(await screen.findByLabelText(/^Name/), 'Acorn');
  await user.type(screen.getByLabelText('Slug'), 'acorn');
  await user.click(screen.getByRole('button', { name: 'Add the vendor' }));
  expect(await screen.findByText('a vendor with this id exists already')).toBeVisible();
  await user.clear(screen.getByLabelText('Slug'));
  await user.click(screen.getByRole('button', { name: 'Add the vendor' }));
  expect(await screen.findByText('Acorn is saved.')).toBeVisible();
  expect(inputs).toEqual([{ name: 'Acorn', slug: 'acorn' }, { name: 'Acorn' }]);
});

test('a vendor whose products are still there cannot be deleted, and leads to them', async () => {
  withVendors(acorn);
  show(<VendorList search={{}} onChange={() => {}} />);
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Delete Acorn' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Delete Acorn?' }));
  expect(dialog.getByText(/3 products name it/)).toBeVisible();
  expect(dialog.getByRole('link', { name: 'Show them' })).toHaveAttribute('href', '/products?vendor=acorn');
  expect(dialog.queryByRole('button', { name: 'Delete Acorn' })).toBeNull();
});

test('deleting an idle vendor asks once, and says why it is refused', async () => {
  withVendors(idle);
  let tries = 0;
  answer(VendorDeleteDocument, () => ({
    vendorDelete: {
      deletedId: null,
      userErrors: tries++ === 0 ? [{ field: 'slug', message: 'product "pan" is of this vendor' }] : [],
    },
  }));
  show(<VendorList search={{}} onChange={() => {}} />);
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Delete Idle & Sons' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.click(dialog.getByRole('button', { name: 'Delete Idle & Sons' }));
  expect(await dialog.findByRole('alert')).toHaveTextContent('product "pan" is of this vendor');
  await user.click(dialog.getByRole('button', { name: 'Delete Idle & Sons' }));
  expect(await screen.findByText('Idle & Sons is deleted.')).toBeVisible();
});

const kitchen = category('kitchen', 'Kitchen', { children: [{ slug: 'pans' }] });
const pans = category('pans', 'Pans', { parent: { slug: 'kitchen', name: 'Kitchen' } });

test('categories stand as the tree that they are, and one is moved to the root', async () => {
  withCategories(category('garden', 'Garden'), pans, kitchen);
  const inputs: unknown[] = [];
  answer(CategoryUpdateDocument, ({ input }) => {
    inputs.push(input);
    return { categoryUpdate: { category: { slug: 'pans' }, userErrors: [] } };
  });
  show(<CategoryList search={{}} onChange={() => {}} />);
  await screen.findByText('Pans');
  const names = screen.getAllByRole('row').map((row) => row.querySelector('strong')?.textContent);
  expect(names).toEqual([undefined, 'Garden', 'Kitchen', 'Pans']);
  const user = userEvent.setup();
  await user.click(screen.getByRole('button', { name: 'Edit Pans' }));
  expect(await screen.findByLabelText('Slug')).toBeDisabled();
  await user.selectOptions(screen.getByLabelText('Below'), 'nothing, at the root');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Pans is saved.')).toBeVisible();
  expect(inputs).toEqual([{ slug: 'pans', name: 'Pans', parent: '' }]);
});

test('a category with others below it says so', async () => {
  withCategories(kitchen, pans);
  answer(CategoryDeleteDocument, { categoryDelete: { deletedId: 'id', userErrors: [] } });
  show(<CategoryList search={{}} onChange={() => {}} />);
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Delete Kitchen' }));
  expect(await screen.findByText(/One category lies right below it/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Keep it' }));
  await user.click(screen.getByRole('button', { name: 'Delete Pans' }));
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Delete Pans' }));
  expect(await screen.findByText('Pans is deleted.')).toBeVisible();
});

test('while another page of a long tree is elsewhere, a category says what it lies below', async () => {
  withCategories(pans);
  show(<CategoryList search={{ q: 'pan' }} onChange={() => {}} />);
  expect(await screen.findByText(/below Kitchen/)).toBeVisible();
});

test('when they cannot be listed it says so', async () => {
  refuse(CatalogueVendorsDocument, 'UNAVAILABLE', 'Try again in a moment.');
  show(<VendorList search={{}} onChange={() => {}} />);
  expect(await screen.findByRole('alert')).toHaveTextContent('Try again in a moment.');
});

test('an address that makes no sense is read as far as it does', () => {
  expect(readGroupSearch({ q: 7, has: 'maybe', sort: 'PRICE' })).toEqual({ q: '7' });
});
