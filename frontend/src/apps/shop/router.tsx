import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
} from '@tanstack/react-router';
import { readListingSearch } from '~/shared/lib/listing-search';
import { BrokenPage } from '~/shared/ui/broken-page';
import { Layout } from './layout';
import { HomePage } from './pages/home';
import { NotFoundPage } from './pages/not-found';

const root = createRootRoute({ component: Layout, notFoundComponent: NotFoundPage });

const at = <Path extends string>(path: Path) => ({ getParentRoute: () => root, path });

const routes = [
  createRoute({ ...at('/'), component: HomePage }),
  createRoute({
    ...at('/search'),
    validateSearch: readListingSearch,
    component: lazyRouteComponent(() => import('./pages/search'), 'SearchPage'),
  }),
  createRoute({
    ...at('/category/$slug'),
    validateSearch: readListingSearch,
    component: lazyRouteComponent(() => import('./pages/category'), 'CategoryPage'),
  }),
  createRoute({
    ...at('/vendor/$slug'),
    validateSearch: readListingSearch,
    component: lazyRouteComponent(() => import('./pages/vendor'), 'VendorPage'),
  }),
  createRoute({
    ...at('/product/$sku'),
    component: lazyRouteComponent(() => import('./pages/product'), 'ProductPage'),
  }),
  createRoute({ ...at('/cart'), component: lazyRouteComponent(() => import('./pages/cart'), 'CartPage') }),
  createRoute({
    ...at('/checkout'),
    component: lazyRouteComponent(() => import('./pages/checkout'), 'CheckoutPage'),
  }),
  createRoute({ ...at('/orders'), component: lazyRouteComponent(() => import('./pages/orders'), 'OrdersPage') }),
  createRoute({ ...at('/orders/$id'), component: lazyRouteComponent(() => import('./pages/order'), 'OrderPage') }),
  createRoute({ ...at('/account'), component: lazyRouteComponent(() => import('./pages/account'), 'AccountPage') }),
  createRoute({ ...at('/taste'), component: lazyRouteComponent(() => import('./pages/taste'), 'TastePage') }),
];

/** The shop's pages. All but the first come when they are needed, or a little before: when a link is pointed at. */
export function shopRouter(history?: RouterHistory) {
  return createRouter({
    routeTree: root.addChildren(routes),
    history,
    defaultPreload: 'intent',
    defaultErrorComponent: BrokenPage,
    scrollRestoration: true,
  });
}
