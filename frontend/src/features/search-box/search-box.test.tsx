import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { SearchSuggestionsDocument, type SearchSuggestionsQueryVariables } from '~/gql/graphql';
import { answer, refuse } from '~/testing/api';
import { show } from '~/testing/render';
import { SearchBox } from './search-box';

const found = (didYouMean: string | null = null) => ({
  searchSuggestions: {
    didYouMean,
    products: [{ sku: 'POT-1', name: 'Tall teapot', image: '/pictures/POT-1.svg', price: null }],
    categories: [{ slug: 'teapots', name: 'Teapots', parent: { name: 'Tea and coffee' } }],
    vendors: [{ slug: 'bramble', name: 'Bramble & Teaspoon' }],
  },
});

const box = () => screen.findByRole('combobox', { name: 'Search the shop' });

test('what fits is offered in groups, and counted for those who do not see it', async () => {
  answer(SearchSuggestionsDocument, found());
  show(<SearchBox query="" />);
  expect(await box()).toHaveAttribute('aria-expanded', 'false');
  await userEvent.type(await box(), 'tea');
  const list = await screen.findByRole('listbox', { name: 'Suggestions' });
  expect(await within(list).findByRole('option', { name: /Teapots/ })).toHaveTextContent('in Tea and coffee');
  expect(
    within(list)
      .getAllByRole('group')
      .map((group) => group.getAttribute('aria-label')),
  ).toEqual(['Search', 'Categories', 'Made by', 'Products']);
  expect(await box()).toHaveAttribute('aria-expanded', 'true');
  await screen.findByText('3 suggestions, by the arrow keys.');
});

test('the arrow keys mark, Enter takes, and the focus stays in the text', async () => {
  answer(SearchSuggestionsDocument, found());
  const { router } = show(<SearchBox query="" />);
  const user = userEvent.setup();
  await user.type(await box(), 'tea');
  const product = await screen.findByRole('option', { name: /Tall teapot/ });
  await user.keyboard('{ArrowUp}');
  expect(product).toHaveAttribute('aria-selected', 'true');
  expect(await box()).toHaveAttribute('aria-activedescendant', product.id);
  expect(await box()).toHaveFocus();
  await user.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}');
  expect(screen.getByRole('option', { name: /Teapots/ })).toHaveAttribute('aria-selected', 'true');
  await user.keyboard('{Enter}');
  await waitFor(() => expect(router.state.location.pathname).toBe('/category/teapots'));
});

test('Enter with nothing marked searches for the text; a text that is known better is offered', async () => {
  answer(SearchSuggestionsDocument, found('teapot'));
  const { router } = show(<SearchBox query="" />);
  const user = userEvent.setup();
  await user.type(await box(), 'taepot');
  await screen.findByRole('option', { name: 'Search for teapot' });
  await user.keyboard('{Enter}');
  await waitFor(() => expect(router.state.location.search).toEqual({ q: 'taepot' }));
  expect(screen.queryByRole('listbox')).toBeNull();
  await user.type(await box(), 's');
  await user.click(await screen.findByRole('option', { name: 'Search for teapot' }));
  await waitFor(() => expect(router.state.location.search).toEqual({ q: 'teapot' }));
});

test('Escape closes the list and leaves the text', async () => {
  answer(SearchSuggestionsDocument, found());
  show(<SearchBox query="" />);
  const user = userEvent.setup();
  await user.type(await box(), 'tea');
  await screen.findByRole('listbox');
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('listbox')).toBeNull();
  expect(await box()).toHaveValue('tea');
});

test('it asks when the typing pauses, not at every letter', async () => {
  const asked: SearchSuggestionsQueryVariables[] = [];
  answer(SearchSuggestionsDocument, (variables) => {
    asked.push(variables);
    return found();
  });
  show(<SearchBox query="" />);
  await userEvent.setup({ delay: 5 }).type(await box(), 'teapots blue');
  await waitFor(() => expect(asked.at(-1)?.query).toBe('teapots blue'));
  expect(asked.length).toBeLessThanOrEqual(2); // the first letter, and the whole
});

test('without an answer one can still search', async () => {
  refuse(SearchSuggestionsDocument, 'UNAVAILABLE', 'Try again.');
  const { router } = show(<SearchBox query="" />);
  const user = userEvent.setup();
  await user.type(await box(), 'tea');
  await user.click(await screen.findByRole('option', { name: 'Search for tea' }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/search'));
});
