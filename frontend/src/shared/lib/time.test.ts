import { expect, test } from 'vitest';
import { duration, relativeTime } from './time';

const now = new Date('2026-11-23T12:00:00.000Z');

test.each([
  ['2026-11-23T11:59:59.500Z', 'just now'],
  ['2026-11-23T11:59:56.000Z', '4 seconds ago'],
  ['2026-11-23T11:57:00.000Z', '3 minutes ago'],
  ['2026-11-22T11:00:00.000Z', 'yesterday'],
  ['2026-09-01T12:00:00.000Z', '2 months ago'],
  ['2026-11-23T12:00:30.000Z', 'in 30 seconds'],
])('%s is %s', (at, words) => {
  expect(relativeTime(at, now)).toBe(words);
});

test.each([
  [350, '350 ms'],
  [12_400, '12 s'],
  [125_000, '2 min 5 s'],
  [7_260_000, '2 h 1 min'],
])('%i ms is %s', (ms, words) => {
  expect(duration(ms)).toBe(words);
});
