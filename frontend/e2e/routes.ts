/** Pages to be checked: for each route of each application at least one address, in a state that shows it at work. */
export const addresses = {
  shop: {
    '/': ['/'],
    '/search': ['/search?q=tea', '/search?q=zzzzzz', '/search?category=%5B"tea-and-coffee"%5D&sort=PRICE_ASC'],
    '/category/$slug': ['/category/tea-and-coffee', '/category/teapots', '/category/none'],
    '/vendor/$slug': ['/vendor/bramble-teaspoon', '/vendor/none'],
    '/product/$sku': ['/product/POT-0001', '/product/NONE-1'],
    '/cart': ['/cart'],
    '/checkout': ['/checkout'],
    '/orders': ['/orders'],
    '/orders/$id': ['/orders/none'],
    '/account': ['/account'],
    '/taste': ['/taste'],
    '*': ['/nowhere'],
  },
  admin: {
    '/': ['/admin'],
    '/training': ['/admin/training'],
    '/training/tuning': ['/admin/training/tuning'],
    '/models': ['/admin/models'],
    '/customers': ['/admin/customers', '/admin/customers?q=C-00001'],
    '/customers/$id': ['/admin/customers/{customer}', '/admin/customers/none'],
    '/orders': ['/admin/orders'],
    '/orders/$number': ['/admin/orders/{order}', '/admin/orders/none'],
    '/products': ['/admin/products', '/admin/products?q=tea'],
    '/products/$sku': ['/admin/products/POT-0001'],
    '/vendors': ['/admin/vendors', '/admin/vendors?q=acorn&sort=PRODUCT_COUNT'],
    '/categories': ['/admin/categories', '/admin/categories?q=zzzz'],
    '/imports': ['/admin/imports'],
    '/events': ['/admin/events', '/admin/events?type=ORDER_PLACED'],
    '/transporter': ['/admin/transporter'],
    '/settings': ['/admin/settings'],
    '/keys': ['/admin/keys'],
    '/models/compare': ['/admin/models/compare', '/admin/models/compare?a={model}&b={model}'],
    '/models/$name': ['/admin/models/{model}', '/admin/models/none'],
    '*': ['/admin/nowhere'],
  },
  playground: { '/': ['/playground'] },
} as const satisfies Record<string, Record<string, readonly string[]>>;

export type Application = keyof typeof addresses;

/** All addresses of an application. */
export const addressesOf = (application: Application): string[] => Object.values(addresses[application]).flat();
