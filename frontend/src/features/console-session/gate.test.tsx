import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { ConsoleSessionDocument, type Role } from '~/gql/graphql';
import { answer, refuse, server } from '~/testing/api';
import { show } from '~/testing/render';
import { Gate } from './gate';

const inside = <p>the console</p>;
const as = (role: Role | null) => answer(ConsoleSessionDocument, { viewer: { role } });

test('an ADMIN comes in', async () => {
  as('ADMIN');
  show(<Gate>{inside}</Gate>);
  expect(await screen.findByText('the console')).toBeVisible();
});

test('a stranger is asked for a key, and comes in with a good one', async () => {
  as(null);
  const keys: unknown[] = [];
  server.use(
    http.post('/admin/session', async ({ request }) => {
      keys.push(await request.json());
      as('ADMIN');
      return HttpResponse.json({ role: 'ADMIN' });
    }),
  );
  show(<Gate>{inside}</Gate>);
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText(/Key/), 'a-good-key');
  expect(screen.queryByText('the console')).not.toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Open the console' }));
  expect(await screen.findByText('the console')).toBeVisible();
  expect(keys).toEqual([{ key: 'a-good-key' }]);
});

test('too many attempts are refused in the server’s words', async () => {
  as(null);
  server.use(
    http.post('/admin/session', () =>
      HttpResponse.json({ errors: [{ message: 'Too many attempts. Wait a minute.' }] }, { status: 429 }),
    ),
  );
  show(<Gate>{inside}</Gate>);
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText(/Key/), 'wrong');
  await user.click(screen.getByRole('button', { name: 'Open the console' }));
  expect(await screen.findByText('Too many attempts. Wait a minute.')).toBeVisible();
  expect(screen.queryByText('the console')).not.toBeInTheDocument();
});

test('a wrong key is told to be one', async () => {
  as(null);
  server.use(http.post('/admin/session', () => HttpResponse.json({}, { status: 401 })));
  show(<Gate>{inside}</Gate>);
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText(/Key/), 'wrong');
  await user.click(screen.getByRole('button', { name: 'Open the console' }));
  expect(await screen.findByText(/This key is not valid/)).toBeVisible();
  expect(screen.getByLabelText(/Key/)).toBeInvalid();
});

test('a SHOP key is too small, and told so', async () => {
  as('SHOP');
  show(<Gate>{inside}</Gate>);
  expect(await screen.findByText(/Use one with the role ADMIN/)).toBeVisible();
});

test('without a server it says so', async () => {
  refuse(ConsoleSessionDocument, 'UNAVAILABLE', 'The server is starting. Try again in a moment.');
  show(<Gate>{inside}</Gate>);
  expect(await screen.findByRole('alert')).toHaveTextContent('The server is starting.');
});
