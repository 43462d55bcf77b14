import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { DepartmentsDocument } from '~/gql/graphql';
import { answer } from '~/testing/api';
import { show } from '~/testing/render';
import { Departments } from './departments';

test('the top of the tree is shown, what is below is not', async () => {
  const node = (slug: string, name: string, parent?: string) => ({
    node: { slug, name, parent: parent ? { slug: parent } : null },
  });
  answer(DepartmentsDocument, {
    categories: { edges: [node('kitchen', 'Kitchen'), node('pans', 'Pans', 'kitchen'), node('table', 'Table')] },
  });
  show(<Departments />);
  expect(await screen.findByRole('link', { name: 'Kitchen' })).toHaveAttribute('href', '/category/kitchen');
  expect(within(screen.getByRole('navigation', { name: 'Departments' })).getAllByRole('link')).toHaveLength(2);
});
