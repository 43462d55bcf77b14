import { expect, test } from 'vitest';
import { becauseOf } from './because';

const follows = (sku: string, kind: 'EVENT' | 'VENDOR' = 'EVENT') => ({
  reasons: [{ kind, product: { sku, name: `${sku}, large` } }],
});

test('it names what most cards follow from, in short', () => {
  expect(becauseOf([follows('pan'), follows('board'), follows('jar'), follows('board'), follows('jar')])).toBe(
    'Because of board and jar',
  );
  expect(becauseOf([follows('pan')])).toBe('Because of pan');
});

test('without a part of the shopper’s it says nothing', () => {
  expect(becauseOf([follows('pan', 'VENDOR'), { reasons: [] }])).toBeUndefined();
});
