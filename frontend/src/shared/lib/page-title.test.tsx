import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { ShopNameDocument } from '~/gql/graphql';
import { answer, refuse } from '~/testing/api';
import { show } from '~/testing/render';
import { ShopName } from './shop-name';

test('the shop has the name that its settings give it', async () => {
  answer(ShopNameDocument, { shop: { name: 'Fern & Flint' } });
  show(<ShopName />);
  expect(await screen.findByText('Fern & Flint')).toBeVisible();
});

test('without an answer it has the program’s', async () => {
  refuse(ShopNameDocument, 'UNAVAILABLE', 'Try again.');
  show(<ShopName />);
  expect(await screen.findByText('Also')).toBeVisible();
});
