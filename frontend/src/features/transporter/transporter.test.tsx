import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { TransporterDocument, type TransporterQuery } from '~/gql/graphql';
import { answer, refuse } from '~/testing/api';
import { show } from '~/testing/render';
import { Pipes } from './pipes';

type Told = TransporterQuery['transporter'];

const pipe: Told['pipes'][number] = {
  key: 'outbox/shop',
  kind: 'OUTBOX',
  name: 'Commands → journal',
  text: 'What commands write goes into the journal.',
  state: 'BEHIND',
  entries: 1200,
  lagMs: 65_000,
  rate: 12.34,
  movedAt: null,
  failure: null,
  failedAt: null,
  holder: 'host-1',
  history: [
    { at: '2026-11-22T02:00:00.000Z', lagMs: 0 },
    { at: '2026-11-22T02:00:02.000Z', lagMs: 65_000 },
  ],
};
const told = (change: Partial<Told>): TransporterQuery => ({
  transporter: {
    carried: true,
    through: 10,
    visible: { count: 0, p50Ms: 0, p90Ms: 0, p99Ms: 0 },
    pipes: [pipe],
    ...change,
  },
});

test('each pipe says what waits, for how long and how fast it moves', async () => {
  answer(TransporterDocument, told({}));
  show(<Pipes />);
  expect(await screen.findByText('Commands → journal')).toBeVisible();
  expect(screen.getByText('Behind')).toBeVisible();
  expect(screen.getByText('1,200')).toBeVisible();
  expect(screen.getByText('1 min 5 s')).toBeVisible();
  expect(screen.getByText('12.3')).toBeVisible();
  expect(screen.getByRole('img', { name: /1 min 5 s at the most/ })).toBeVisible();
});

test('that nobody carries is said', async () => {
  answer(TransporterDocument, told({ carried: false }));
  show(<Pipes />);
  expect(await screen.findByText('No process carries events to the lake.')).toBeVisible();
});

test('a failure stands with its pipe', async () => {
  answer(TransporterDocument, told({ pipes: [{ ...pipe, state: 'FAILING', failure: 'no space left' }] }));
  show(<Pipes />);
  expect(await screen.findByRole('alert')).toHaveTextContent('no space left');
});

test('a refusal is said', async () => {
  refuse(TransporterDocument, 'FORBIDDEN', 'This needs a key of role ADMIN.');
  show(<Pipes />);
  expect(await screen.findByRole('alert')).toHaveTextContent('This needs a key of role ADMIN.');
});
