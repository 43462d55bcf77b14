import { afterEach, expect, test } from 'vitest';
import { earlyAnswered, takeEarly } from './early';

afterEach(() => {
  window.early = undefined;
});

test('an answer under way is taken once, by the first visitor only', async () => {
  const answer = { coming: Promise.resolve({ data: 1 }) };
  window.early = new Map([['a question', answer]]);
  const first = takeEarly();
  const second = takeEarly();
  expect(second('a question')).toBeUndefined();
  expect(first('another')).toBeUndefined();
  expect(first('a question')).toBe(answer);
  expect(first('a question')).toBeUndefined();
});

test('waiting for them ends when all have come or failed', async () => {
  window.early = new Map([
    ['good', { coming: Promise.resolve({ data: 1 }) }],
    ['bad', { coming: Promise.reject(new Error('no network')) }],
  ]);
  await expect(earlyAnswered()).resolves.toBeUndefined();
});
