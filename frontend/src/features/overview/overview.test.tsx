import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import {
  HealthDocument,
  type HealthQuery,
  OverviewDocument,
  type OverviewFiguresFragment,
  ProblemsDocument,
  type ProblemsQuery,
} from '~/gql/graphql';
import { answer, refuse } from '~/testing/api';
import { show } from '~/testing/render';
import type { Unmasked } from '~/testing/unmasked';
import { change } from './change';
import { Figures } from './figures';
import { Health } from './health';
import { Problems } from './problems';

function health(live = true): Unmasked<HealthQuery> {
  const node = {
    name: 'aaaa1111ffff',
    state: live ? ('LIVE' as const) : ('CANDIDATE' as const),
    trainedThrough: 204_000,
    createdAt: '2026-11-22T02:10:00.000Z',
  };
  return {
    transporter: { through: 205_100, visible: { count: 0, p99Ms: 0 } },
    models: { edges: [{ node }] },
  };
}

type Severity = ProblemsQuery['problems'][number]['severity'];

const problemOf = (code: string, severity: Severity, sentence: string) => ({
  code,
  severity,
  sentence,
  reason: `The reason of ${code}.`,
  nextLabel: 'See to it',
  nextPath: '/transporter',
});

const diskLow = problemOf('DISK_LOW', 'CRITICAL', 'The disk is full.');
const behind = problemOf('TRANSPORTER_BEHIND', 'ATTENTION', '9 entries wait.');
const unpriced = problemOf('NO_PRICE', 'ATTENTION', 'A product has no price.');

test.each([
  ['Fresh', 'good', true, []],
  ['Fresh', 'good', true, [unpriced]],
  ['9 entries wait.', 'attention', true, [unpriced, behind]],
  ['The disk is full.', 'failed', true, [diskLow, behind]],
  ['The disk is full.', 'failed', false, [diskLow]],
  ['No model answers yet.', 'attention', false, []],
])('the light says %s and is %s', async (title, tone, live, problems) => {
  answer(HealthDocument, health(live));
  answer(ProblemsDocument, { problems });
  show(<Health />);
  expect(await screen.findByText(title)).toBeVisible();
  expect(screen.getByRole('region', { name: 'Freshness' })).toHaveAttribute('data-tone', tone);
  const advised = problems.length > 0 && title !== 'Fresh';
  expect(screen.queryAllByRole('link', { name: 'See to it' })).toHaveLength(advised ? 1 : 0);
});

test('without an answer the light says that too', async () => {
  refuse(HealthDocument, 'UNAVAILABLE', 'The store is down.');
  answer(ProblemsDocument, { problems: [] });
  show(<Health />);
  expect(await screen.findByRole('alert')).toHaveTextContent('The store is down.');
});

const figures = (scale: number): Unmasked<OverviewFiguresFragment> => ({
  events: 1000 * scale,
  users: 100,
  orders: 40 * scale,
  pieces: 90,
  from: '2026-11-15T00:00:00.000Z',
  to: '2026-11-22T00:00:00.000Z',
  clickThroughRate: 0.04 * scale,
  conversion: 0.1,
  recommendedShare: null,
  revenue: [{ amount: (2000 * scale).toFixed(2), currency: 'EUR' }],
  recommendedRevenue: [],
});

test('each figure stands to the period before', async () => {
  answer(OverviewDocument, ({ period, slices }) => {
    expect([period, slices]).toEqual(['WEEK', 7]);
    return { kpis: { ...figures(1.5), slices: Array.from({ length: 7 }, () => figures(0.2)), before: figures(1) } };
  });
  show(<Figures period="WEEK" />);
  expect(await screen.findByText('€3,000.00')).toBeVisible();
  expect(screen.getByText('6.0 %')).toBeVisible();
  expect(screen.getAllByText('+50 % on the period before')).toHaveLength(4);
  expect(screen.getByRole('img', { name: 'Orders over the period, in 7 parts' })).toBeVisible();
});

test('each problem has a sentence, a reason and one button', async () => {
  const problem = {
    code: 'NO_SCHEDULE',
    severity: 'HINT' as const,
    sentence: 'Nothing trains by itself.',
    reason: 'The model learns only when somebody starts a run.',
    nextLabel: 'Set a schedule',
    nextPath: '/settings',
  };
  answer(ProblemsDocument, { problems: [problem] });
  show(<Problems />);
  expect(await screen.findByText('Nothing trains by itself.')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Set a schedule' })).toHaveAttribute('href', '/settings');
});

test('without problems it says so', async () => {
  answer(ProblemsDocument, { problems: [] });
  show(<Problems />);
  expect(await screen.findByText('Nothing needs attention.')).toBeVisible();
});

test('a refusal to tell the problems is said', async () => {
  refuse(ProblemsDocument, 'FORBIDDEN', 'This needs a key of role ADMIN.');
  show(<Problems />);
  expect(await screen.findByRole('alert')).toHaveTextContent('This needs a key of role ADMIN.');
});

test.each([
  [108, 100, '+8.0 % on the period before', 'up'],
  [50, 100, '−50 % on the period before', 'down'],
  [5, 5, 'as before', 'same'],
  [5, 0, 'none before', 'up'],
])('%i after %i is %s', (now, before, text, direction) => {
  expect(change(now, before)).toEqual({ text, direction });
});
