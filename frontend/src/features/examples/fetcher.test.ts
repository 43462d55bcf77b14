import { expect, test } from 'vitest';
import { ownOperation } from './fetcher';

const query = 'query Models { models { edges { node { id } } } } query Runs { trainingRuns { edges { node { id } } } }';

test('an operation that the query holds is named', () => {
  expect(ownOperation({ query, operationName: 'Runs' })).toEqual({ query, operationName: 'Runs' });
});

test('one of another tab is not', () => {
  expect(ownOperation({ query, operationName: 'Recommendations' })).toEqual({ query });
  expect(ownOperation({ query, operationName: 'Run' })).toEqual({ query });
});

test('no name stays none', () => {
  expect(ownOperation({ query, operationName: null })).toEqual({ query });
});
