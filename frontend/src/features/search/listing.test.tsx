import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { ListingDocument, type ListingQuery, type ListingQueryVariables, NothingFoundDocument } from '~/gql/graphql';
import type { ListingSearch } from '~/shared/lib/listing-search';
import { answer, refuse } from '~/testing/api';
import { show } from '~/testing/render';
import { sampleProduct } from '~/testing/samples';
import type { Unmasked } from '~/testing/unmasked';
import { Listing } from './listing';

const euro = (amount: string) => ({ amount, currency: 'EUR' });

const products = (
  skus: string[],
  totalCount = skus.length,
  didYouMean: string | null = null,
): Unmasked<ListingQuery> => ({
  products: {
    totalCount,
    didYouMean,
    pageInfo: { hasNextPage: totalCount > skus.length, endCursor: null },
    facets: {
      inStock: 1,
      attributes: [
        {
          name: 'colour',
          values: [
            { value: 'blue', count: 2 },
            { value: 'red', count: 1 },
          ],
        },
      ],
      categories: [
        { count: 2, category: { slug: 'pans', name: 'Pans' } },
        { count: 1, category: { slug: 'bowls', name: 'Bowls' } },
      ],
      vendors: [],
      prices: [
        { count: 3, min: euro('0.00'), max: euro('10.00') },
        { count: 4, min: euro('10.00'), max: euro('20.00') },
        { count: 1, min: euro('20.00'), max: euro('64.50') },
      ],
    },
    edges: skus.map((sku) => ({ node: sampleProduct(sku) })),
  },
});

test('it lists what fits, and counts it', async () => {
  answer(ListingDocument, products(['a', 'b']));
  show(<Listing search={{ q: 'pan' }} onChange={() => {}} />);
  expect(await screen.findByText('2 products')).toBeVisible();
  expect(screen.getAllByRole('article')).toHaveLength(2);
});

test('a search that finds nothing says what to do', async () => {
  answer(ListingDocument, products([], 0, 'pan'));
  answer(NothingFoundDocument, {
    searchSuggestions: { products: [] },
    products: { edges: [{ node: sampleProduct('best') }] },
  });
  const changes: Partial<ListingSearch>[] = [];
  show(<Listing search={{ q: 'pqn', stock: true }} onChange={(change) => changes.push(change)} />);
  expect(await screen.findByText(/Check the spelling/)).toBeInTheDocument();
  expect(await screen.findByRole('heading', { name: 'Best-selling instead' })).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'pan' }));
  await userEvent.click(screen.getByRole('button', { name: 'Take all filters away' }));
  expect(changes).toEqual([{ q: 'pan' }, expect.objectContaining({ stock: undefined })]);
});

test('a typo finds, and the page says for what', async () => {
  answer(ListingDocument, products(['a'], 1, 'teapot'));
  show(<Listing search={{ q: 'taepot' }} onChange={() => {}} />);
  expect((await screen.findByText('teapot')).parentElement).toHaveTextContent('Showing results for teapot.');
});

test('a chip takes its filter away, and one button all of them', async () => {
  answer(ListingDocument, products(['a', 'b']));
  const changes: Partial<ListingSearch>[] = [];
  const search = { category: ['pans'], attribute: ['colour:blue', 'colour:red'], min: '5', stock: true };
  show(<Listing search={search} onChange={(change) => changes.push(change)} />);
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Remove Pans' }));
  await user.click(screen.getByRole('button', { name: 'Remove Colour: blue' }));
  await user.click(screen.getByRole('button', { name: 'Remove €5.00 and above' }));
  await user.click(screen.getByRole('button', { name: 'Remove In stock' }));
  await user.click(screen.getByRole('button', { name: 'Clear all' }));
  expect(changes).toEqual([
    { category: undefined },
    { attribute: ['colour:red'] },
    { min: undefined, max: undefined },
    { stock: undefined },
    { category: undefined, vendor: undefined, attribute: undefined, min: undefined, max: undefined, stock: undefined },
  ]);
});

test('when it fails it says so, and what was chosen can be taken back', async () => {
  refuse(ListingDocument, 'BAD_USER_INPUT', 'priceMin: must not be above priceMax');
  const changes: Partial<ListingSearch>[] = [];
  show(<Listing search={{ min: '9', max: '5' }} onChange={(change) => changes.push(change)} />);
  expect(await screen.findByRole('alert')).toHaveTextContent('priceMin');
  await userEvent.click(screen.getByRole('button', { name: 'Remove €9.00 – €5.00' }));
  expect(changes).toEqual([{ min: undefined, max: undefined }]);
});

test('a band of prices includes its lower end, not its upper one; the first and the last are open', async () => {
  answer(ListingDocument, products(['a']));
  const changes: Partial<ListingSearch>[] = [];
  show(<Listing search={{ min: '20' }} onChange={(change) => changes.push(change)} />);
  const user = userEvent.setup();
  await user.click(await screen.findByText('Filters'));
  expect(await screen.findByRole('radio', { name: /€20.00 and above ?1/ })).toBeChecked();
  await user.click(screen.getByRole('radio', { name: /Up to €9.99 ?3/ }));
  await user.click(screen.getByRole('radio', { name: /€10.00 – €19.99 ?4/ }));
  await user.click(screen.getByRole('radio', { name: 'Any price' }));
  expect(changes).toEqual([
    { min: undefined, max: '9.99' },
    { min: '10', max: '19.99' },
    { min: undefined, max: undefined },
  ]);
});

test('the address decides what is asked', async () => {
  const asked: ListingQueryVariables[] = [];
  answer(ListingDocument, (variables) => {
    asked.push(variables);
    return products(['a']);
  });
  show(
    <Listing
      search={{ q: 'pan', vendor: ['acorn'], attribute: ['colour:blue'], min: '5', stock: true, sort: 'PRICE_ASC' }}
      within={{ categories: ['kitchen'] }}
      onChange={() => {}}
    />,
  );
  await screen.findByText('1 product');
  expect(asked[0]).toMatchObject({
    query: 'pan',
    sort: 'PRICE_ASC',
    filter: {
      categories: ['kitchen'],
      vendors: ['acorn'],
      priceMin: { amount: '5' },
      inStock: true,
      attributes: [{ name: 'colour', values: ['blue'] }],
    },
  });
});

test('choices, prices and the order go to the address', async () => {
  answer(ListingDocument, products(['a', 'b']));
  const changes: Partial<ListingSearch>[] = [];
  show(<Listing search={{ category: ['bowls'] }} onChange={(change) => changes.push(change)} />);
  const user = userEvent.setup();
  await user.click(await screen.findByText('Filters'));
  await user.click(await screen.findByRole('checkbox', { name: /Pans/ }));
  await user.click(screen.getByRole('checkbox', { name: /Bowls/ }));
  await user.click(screen.getByRole('checkbox', { name: /In stock only/ }));
  await user.click(screen.getByRole('checkbox', { name: /blue/ }));
  await user.type(screen.getByRole('textbox', { name: 'Highest price' }), '12,50');
  await user.tab();
  await user.selectOptions(screen.getByRole('combobox', { name: 'Sort by' }), 'Newest');
  expect(changes).toEqual([
    { category: ['bowls', 'pans'] },
    { category: undefined },
    { stock: true },
    { attribute: ['colour:blue'] },
    { max: '12.50' },
    { sort: 'NEWEST' },
  ]);
});

test('more are shown when asked for', async () => {
  answer(ListingDocument, ({ first }) =>
    products(
      Array.from({ length: first }, (_, at) => `p${at}`),
      60,
    ),
  );
  show(<Listing search={{}} onChange={() => {}} />);
  await userEvent.click(await screen.findByRole('button', { name: 'Show more' }));
  await waitFor(() => expect(screen.getAllByRole('article')).toHaveLength(48));
});
