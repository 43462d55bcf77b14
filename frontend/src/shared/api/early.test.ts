import { afterEach, expect, test, vi } from 'vitest';
import { fetchOrTake } from './early';

afterEach(() => vi.unstubAllGlobals());

test('an answer under way is taken once, by the first visitor only', async () => {
  const early = new Response('early');
  const later = new Response('later');
  vi.stubGlobal('fetch', async () => later);
  window.early = new Map([['a question', Promise.resolve(early)]]);
  const first = fetchOrTake();
  const second = fetchOrTake();
  expect(await second('/graphql', { body: 'a question' })).toBe(later);
  expect(await first('/graphql', { body: 'another' })).toBe(later);
  expect(await first('/graphql', { body: 'a question' })).toBe(early);
  expect(await first('/graphql', { body: 'a question' })).toBe(later);
});
