import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { KeyCreateDocument, KeyRevokeDocument, type KeyRowFragment, KeysDocument } from '~/gql/graphql';
import { answer, refuse } from '~/testing/api';
import { show } from '~/testing/render';
import type { Unmasked } from '~/testing/unmasked';
import { KeyForm } from './key-form';
import { KeyList } from './key-list';

const key: Unmasked<KeyRowFragment> = {
  id: 'key-1',
  name: 'web shop',
  role: 'SHOP',
  createdAt: '2026-11-01T10:00:00.000Z',
  revokedAt: null,
};

test('a new key shows its secret once', async () => {
  answer(KeyCreateDocument, ({ input }) => {
    expect(input).toEqual({ name: 'web shop', role: 'SHOP' });
    return { keyCreate: { key, secret: 'also_secret', userErrors: [] } };
  });
  show(<KeyForm />);
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText(/What for/), 'web shop');
  await user.click(screen.getByRole('button', { name: 'Make the key' }));
  expect(await screen.findByText('also_secret')).toBeVisible();
});

test('what is wrong with the name stands at the name', async () => {
  answer(KeyCreateDocument, {
    keyCreate: {
      key: null,
      secret: null,
      userErrors: [{ field: 'name', code: 'BAD_USER_INPUT', message: 'Use 1 to 100 characters.' }],
    },
  });
  show(<KeyForm />);
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText(/What for/), 'x');
  await user.click(screen.getByRole('button', { name: 'Make the key' }));
  await waitFor(() => expect(screen.getByLabelText(/What for/)).toBeInvalid());
});

test('revoking asks once and says what it means', async () => {
  answer(KeysDocument, { keys: [key] });
  const revoked: string[] = [];
  answer(KeyRevokeDocument, ({ input }) => {
    revoked.push(input.keyId);
    return { keyRevoke: { key: { ...key, revokedAt: '2026-11-02T10:00:00.000Z' }, userErrors: [] } };
  });
  show(<KeyList />);
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Revoke the key web shop' }));
  expect(await screen.findByText(/This cannot be taken back/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Revoke web shop' }));
  expect(await screen.findByText('The key web shop is revoked.')).toBeVisible();
  expect(revoked).toEqual(['key-1']);
});

test('when it fails it says so', async () => {
  refuse(KeysDocument, 'UNAVAILABLE', 'Try again in a moment.');
  show(<KeyList />);
  expect(await screen.findByRole('alert')).toHaveTextContent('Try again in a moment.');
});
