import { waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { ShopNameDocument } from '~/gql/graphql';
import { answer, refuse } from '~/testing/api';
import { show } from '~/testing/render';
import { usePageTitle } from './page-title';

function Page({ name, room }: { name?: string; room?: 'console' | 'playground' }) {
  usePageTitle(name, room);
  return null;
}

test.each([
  ['Fern & Flint', {}],
  ['Cart · Fern & Flint', { name: 'Cart' }],
  ['Keys · Fern & Flint console', { name: 'Keys', room: 'console' as const }],
  ['Fern & Flint playground', { room: 'playground' as const }],
])('a page is called %s, by the name that the settings give the shop', async (title, page) => {
  answer(ShopNameDocument, { shop: { name: 'Fern & Flint' } });
  show(<Page {...page} />);
  await waitFor(() => expect(document.title).toBe(title));
});

test('without an answer the shop has the program’s name', async () => {
  refuse(ShopNameDocument, 'UNAVAILABLE', 'Try again.');
  document.title = '';
  show(<Page name="Cart" />);
  await waitFor(() => expect(document.title).toBe('Cart · Also'));
});
