import { MantineProvider } from '@mantine/core';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { ApiProvider } from '~/shared/api/provider';
import { ToastProvider } from '~/shared/ui/toast';
import { connectInTest } from './api';

/** Shows something as a page of an application would: with the API of the tests, a router, a place for messages. */
export function show(ui: ReactNode) {
  const root = createRootRoute({
    component: () => (
      <ToastProvider>
        <Outlet />
      </ToastProvider>
    ),
  });
  const everywhere = createRoute({ getParentRoute: () => root, path: '$', component: () => ui });
  const front = createRoute({ getParentRoute: () => root, path: '/', component: () => ui });
  const router = createRouter({
    routeTree: root.addChildren([front, everywhere]),
    history: createMemoryHistory({ initialEntries: ['/'] }),
  });
  render(
    <MantineProvider env="test">
      <ApiProvider open={connectInTest}>
        <RouterProvider router={router} />
      </ApiProvider>
    </MantineProvider>,
  );
  return { router };
}
