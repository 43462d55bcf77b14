import { expect, test } from 'vitest';
import { readListingSearch } from './listing-search';

test('what makes sense is read', () => {
  const search = { q: 'pan', category: 'pans', vendor: ['a', 'b'], min: '5', max: 12.5, stock: true, sort: 'NAME' };
  expect(readListingSearch(search)).toEqual({ ...search, category: ['pans'], max: '12.5' });
});

test('what makes none is left out', () => {
  expect(readListingSearch({ q: '', category: 7, min: 'cheap', stock: 'yes', sort: 'LOUDEST', other: 1 })).toEqual({});
});
