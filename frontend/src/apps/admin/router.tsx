import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
} from '@tanstack/react-router';
import { BrokenPage } from '~/shared/ui/broken-page';
import { NotFoundPage } from './pages/not-found';
import { Shell } from './shell';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage });

const at = <Path extends string>(path: Path) => ({ getParentRoute: () => root, path });

const routes = [
  createRoute({ ...at('/'), component: lazyRouteComponent(() => import('./pages/overview'), 'OverviewPage') }),
  createRoute({ ...at('/training'), component: lazyRouteComponent(() => import('./pages/training'), 'TrainingPage') }),
  createRoute({
    ...at('/training/tuning'),
    component: lazyRouteComponent(() => import('./pages/tuning'), 'TuningPage'),
  }),
  createRoute({
    ...at('/customers'),
    component: lazyRouteComponent(() => import('./pages/customers'), 'CustomersPage'),
  }),
  createRoute({
    ...at('/customers/$id'),
    component: lazyRouteComponent(() => import('./pages/customer'), 'CustomerPage'),
  }),
  createRoute({ ...at('/orders'), component: lazyRouteComponent(() => import('./pages/orders'), 'OrdersPage') }),
  createRoute({
    ...at('/orders/$number'),
    component: lazyRouteComponent(() => import('./pages/order'), 'OrderPage'),
  }),
  createRoute({ ...at('/products'), component: lazyRouteComponent(() => import('./pages/products'), 'ProductsPage') }),
  createRoute({
    ...at('/products/$sku'),
    component: lazyRouteComponent(() => import('./pages/product'), 'ProductPage'),
  }),
  createRoute({ ...at('/vendors'), component: lazyRouteComponent(() => import('./pages/vendors'), 'VendorsPage') }),
  createRoute({
    ...at('/categories'),
    component: lazyRouteComponent(() => import('./pages/categories'), 'CategoriesPage'),
  }),
  createRoute({ ...at('/imports'), component: lazyRouteComponent(() => import('./pages/imports'), 'ImportsPage') }),
  createRoute({ ...at('/events'), component: lazyRouteComponent(() => import('./pages/events'), 'EventsPage') }),
  createRoute({
    ...at('/transporter'),
    component: lazyRouteComponent(() => import('./pages/transporter'), 'TransporterPage'),
  }),
  createRoute({ ...at('/settings'), component: lazyRouteComponent(() => import('./pages/settings'), 'SettingsPage') }),
  createRoute({ ...at('/keys'), component: lazyRouteComponent(() => import('./pages/keys'), 'KeysPage') }),
  createRoute({ ...at('/models'), component: lazyRouteComponent(() => import('./pages/models'), 'ModelsPage') }),
  createRoute({
    ...at('/models/compare'),
    component: lazyRouteComponent(() => import('./pages/compare'), 'ComparePage'),
  }),
  createRoute({ ...at('/models/$name'), component: lazyRouteComponent(() => import('./pages/model'), 'OneModelPage') }),
];

/** The console's pages, each loaded when it is needed. */
export function adminRouter(history?: RouterHistory) {
  return createRouter({
    routeTree: root.addChildren(routes),
    basepath: '/admin',
    history,
    defaultPreload: 'intent',
    defaultErrorComponent: BrokenPage,
  });
}
