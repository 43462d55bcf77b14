import { expect, test } from 'vitest';
import { arrange } from './arrange';

test('without a held card the next order is shown', () => {
  expect(arrange(['a', 'b', 'c'], ['c', 'd'], undefined)).toEqual(['c', 'd']);
});

test('the held card keeps its place while the others move', () => {
  expect(arrange(['a', 'b', 'c'], ['c', 'b', 'a', 'd'], 'c')).toEqual(['b', 'a', 'c', 'd']);
});

test('the held card stays even if the answer has dropped it', () => {
  expect(arrange(['a', 'b', 'c'], ['d', 'e', 'f'], 'b')).toEqual(['d', 'b', 'e', 'f']);
});

test('the held card is the last one where the answer is shorter than its place', () => {
  expect(arrange(['a', 'b', 'c'], ['d'], 'c')).toEqual(['d', 'c']);
});
