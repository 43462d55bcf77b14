import { expect, test } from 'vitest';
import { attributeFilter, readListingSearch } from './listing-search';

test('what makes sense is read', () => {
  const search = { q: 'pan', category: 'pans', vendor: ['a', 'b'], min: '5', max: 12.5, stock: true, sort: 'NAME' };
  expect(readListingSearch(search)).toEqual({ ...search, category: ['pans'], max: '12.5' });
});

test('what makes none is left out', () => {
  expect(readListingSearch({ q: '', category: 7, min: 'cheap', stock: 'yes', sort: 'LOUDEST', other: 1 })).toEqual({});
});

test('attributes are pairs in the address, and one filter each for the API', () => {
  expect(readListingSearch({ attribute: ['colour:blue', 'nonsense', ':x'] })).toEqual({ attribute: ['colour:blue'] });
  expect(attributeFilter(['colour:blue', 'size:2:1', 'colour:red'])).toEqual([
    { name: 'colour', values: ['blue', 'red'] },
    { name: 'size', values: ['2:1'] },
  ]);
});
