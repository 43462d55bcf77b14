import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import {
  AccountDocument,
  DemoCustomerBecomeDocument,
  DemoCustomersDocument,
  SignInDocument,
  SignOutDocument,
  SignUpDocument,
} from '~/gql/graphql';
import { answer } from '~/testing/api';
import { show } from '~/testing/render';
import { AccountLink } from './account-link';
import { DemoCustomers } from './demo-customers';
import { SignInForm } from './sign-in-form';
import { SignedIn } from './signed-in';

const customer = { id: 'customer-1', name: 'A baker', email: 'baker@shop.example' };
const someone = { signedIn: true, customer };
const nobody = { signedIn: false, customer: null };

test('the bar invites a stranger to sign in', async () => {
  answer(AccountDocument, { viewer: nobody });
  show(<AccountLink />);
  expect(await screen.findByRole('link', { name: 'Sign in' })).toBeVisible();
});

test('the bar names who is signed in', async () => {
  answer(AccountDocument, { viewer: someone });
  show(<AccountLink />);
  expect(await screen.findByRole('link', { name: 'A baker' })).toBeVisible();
});

test('signing in sends what was typed', async () => {
  let done = 0;
  answer(SignInDocument, ({ input }) => {
    expect(input).toEqual({ email: 'baker@shop.example', password: 'flour and water' });
    return { customerSignIn: { viewer: someone, userErrors: [] } };
  });
  show(<SignInForm onDone={() => done++} />);
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText('Email'), 'baker@shop.example');
  await user.type(screen.getByLabelText('Password'), 'flour and water');
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
  await waitFor(() => expect(done).toBe(1));
});

test('what is wrong stands at its field, and what is wrong with all above', async () => {
  answer(SignUpDocument, {
    customerSignUp: {
      viewer: null,
      userErrors: [
        { field: 'password', code: 'BAD_USER_INPUT', message: 'Use at least 8 characters.' },
        { field: null, code: 'CONFLICT', message: 'This email has an account. Sign in instead.' },
      ],
    },
  });
  show(<SignInForm onDone={() => {}} />);
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'I am new here' }));
  await user.click(screen.getByRole('button', { name: 'Make the account' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('This email has an account.');
  expect(screen.getByLabelText('Password')).toHaveAccessibleDescription('Use at least 8 characters.');
  expect(screen.getByLabelText('Password')).toBeInvalid();
});

test('outside the demo there is nobody to become', async () => {
  answer(DemoCustomersDocument, { demoCustomers: [] });
  show(
    <>
      <p>here</p>
      <DemoCustomers onDone={() => {}} />
    </>,
  );
  await screen.findByText('here');
  expect(screen.queryByRole('heading')).not.toBeInTheDocument();
});

test('in the demo one becomes someone by one click', async () => {
  answer(DemoCustomersDocument, { demoCustomers: [{ id: 'd1', name: 'A baker', taste: 'Tins and flour' }] });
  answer(DemoCustomerBecomeDocument, { demoCustomerBecome: { viewer: someone, userErrors: [] } });
  let done = 0;
  show(<DemoCustomers onDone={() => done++} />);
  await userEvent.click(await screen.findByRole('button', { name: 'Become A baker' }));
  expect(await screen.findByText('You are A baker now.')).toBeVisible();
  expect(done).toBe(1);
});

test('signing out says so', async () => {
  answer(SignOutDocument, { customerSignOut: { viewer: nobody, userErrors: [] } });
  show(<SignedIn viewer={someone} />);
  await userEvent.click(await screen.findByRole('button', { name: 'Sign out' }));
  expect(await screen.findByText('You are signed out.')).toBeVisible();
});
