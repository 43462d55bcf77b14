import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { SettingsDocument, type SettingsFormFragment, SettingsUpdateDocument } from '~/gql/graphql';
import { answer, refuse } from '~/testing/api';
import { show } from '~/testing/render';
import type { Unmasked } from '~/testing/unmasked';
import { SettingsList } from './settings-list';

const settings: Unmasked<SettingsFormFragment> = {
  shopName: 'Also',
  trainingSchedule: '',
  nextTrainingAt: null,
  promoteAutomatically: true,
  modelMaxAgeDays: 7,
  updatedAt: null,
};
const fact = {
  key: 'first',
  name: 'Elements of one page',
  value: '100',
  explanation: 'The most.',
  change: 'Built in.',
};

test('a change is sent whole, and what comes back is shown', async () => {
  answer(SettingsDocument, { settings: { ...settings, groups: [{ name: 'Limits', settings: [fact] }] } });
  answer(SettingsUpdateDocument, ({ input }) => {
    expect(input).toEqual({
      shopName: 'Also',
      trainingSchedule: '0 2 * * *',
      promoteAutomatically: true,
      modelMaxAgeDays: 7,
    });
    const next = { ...settings, trainingSchedule: '0 2 * * *', nextTrainingAt: '2026-11-28T02:00:00.000Z' };
    return { settingsUpdate: { settings: next, userErrors: [] } };
  });
  show(<SettingsList />);
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText('Training schedule'), '0 2 * * *');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText(/^Saved\./)).toBeVisible();
  expect(screen.getByText(/Next: /)).toBeVisible();
  expect(screen.getByText('Elements of one page')).toBeVisible();
});

test('what is wrong stands at its field', async () => {
  answer(SettingsDocument, { settings: { ...settings, groups: [] } });
  answer(SettingsUpdateDocument, {
    settingsUpdate: { settings: null, userErrors: [{ field: 'trainingSchedule', message: 'That is not a schedule.' }] },
  });
  show(<SettingsList />);
  await userEvent.click(await screen.findByRole('button', { name: 'Save' }));
  expect(await screen.findByText('That is not a schedule.')).toBeVisible();
});

test('a refusal is said', async () => {
  refuse(SettingsDocument, 'FORBIDDEN', 'This needs a key of role ADMIN.');
  show(<SettingsList />);
  expect(await screen.findByRole('alert')).toHaveTextContent('This needs a key of role ADMIN.');
});
