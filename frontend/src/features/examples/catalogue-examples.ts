import type { ExampleGroup } from './example';

export const catalogueExamples: ExampleGroup[] = [
  {
    noun: 'Products',
    examples: [
      {
        title: 'A page of products',
        about: 'Those of a category that are in stock, the cheapest first; pass endCursor as after for the next page.',
        query: `query Products($filter: ProductFilter, $after: String) {
  products(first: 5, after: $after, filter: $filter, sort: PRICE_ASC) {
    totalCount
    edges { node { sku name stock price { amount currency } vendor { name } categories { name } } }
    pageInfo { hasNextPage endCursor }
  }
}
`,
        variables: ({ category }) => ({ filter: { categories: [category], inStock: true } }),
      },
      {
        title: 'One product and its rows',
        about:
          'All that a product page shows: similar ones, bought together, the vendor’s, the category’s best-sellers.',
        query: `query Product($sku: String!) {
  product(sku: $sku) {
    sku
    name
    description
    image
    attributes { name value }
    similar(first: 3) { edges { node { name } reasons(first: 1) { text } } }
    boughtTogether(first: 3) { edges { node { name } reasons(first: 1) { text } } }
    moreByVendor(first: 3) { edges { node { name } } }
    bestSellersInCategory(first: 3) { edges { node { name } } }
  }
}
`,
        variables: ({ sku }) => ({ sku: sku(0) }),
      },
      {
        title: 'A product, from creation to deletion',
        about: 'Creates a product with a new sku, changes its stock and deletes it again.',
        role: 'ADMIN',
        query: `mutation ProductLife($create: ProductCreateInput!, $update: ProductUpdateInput!, $delete: ProductDeleteInput!) {
  productCreate(input: $create) {
    product { sku name version price { amount currency } }
    userErrors { code field message }
  }
  productUpdate(input: $update) {
    product { stock version }
    userErrors { code field message }
  }
  productDelete(input: $delete) {
    deletedId
    userErrors { code field message }
  }
}
`,
        variables: ({ fresh, vendor, category }) => {
          const sku = `PLAYGROUND-${fresh}`;
          const price = { amount: '12.50', currency: 'EUR' };
          return {
            create: { sku, name: 'Playground kettle', vendor, categories: [category], price, stock: 3 },
            update: { sku, stock: 4 },
            delete: { sku },
          };
        },
      },
    ],
  },
  {
    noun: 'Vendors',
    examples: [
      {
        title: 'Vendors by size',
        about: 'Those with the most products first, each with its best-sellers.',
        query: `query Vendors {
  vendors(first: 5, sort: PRODUCT_COUNT, filter: { hasProducts: true }) {
    totalCount
    edges { node { slug name productCount products(first: 2) { edges { node { name } } } } }
  }
}
`,
      },
      {
        title: 'A vendor, from creation to deletion',
        about: 'Creates a vendor with a new slug, renames it and deletes it again.',
        role: 'ADMIN',
        query: `mutation VendorLife($create: VendorCreateInput!, $update: VendorUpdateInput!, $delete: VendorDeleteInput!) {
  vendorCreate(input: $create) {
    vendor { id slug name }
    userErrors { code field message }
  }
  vendorUpdate(input: $update) {
    vendor { name }
    userErrors { code field message }
  }
  vendorDelete(input: $delete) {
    deletedId
    userErrors { code field message }
  }
}
`,
        variables: ({ fresh }) => {
          const slug = `playground-${fresh}`;
          return {
            create: { slug, name: 'Playground Pottery' },
            update: { slug, name: 'Playground Potteries' },
            delete: { slug },
          };
        },
      },
    ],
  },
  {
    noun: 'Categories',
    examples: [
      {
        title: 'The tree of categories',
        about: 'The first two levels, with how many products each holds.',
        query: `query Categories {
  categories(first: 20) {
    edges { node { slug name productCount parent { slug } children { slug name } } }
  }
}
`,
      },
      {
        title: 'One category',
        about: 'What it is within, and what sells best in it.',
        query: `query Category($slug: String!) {
  category(slug: $slug) {
    name
    parent { name }
    products(first: 5, sort: BEST_SELLING) {
      totalCount
      edges { node { sku name } }
    }
  }
}
`,
        variables: ({ category }) => ({ slug: category }),
      },
      {
        title: 'A category, from creation to deletion',
        about: 'Creates a category with a new slug, moves it below another and deletes it again.',
        role: 'ADMIN',
        query: `mutation CategoryLife($create: CategoryCreateInput!, $update: CategoryUpdateInput!, $delete: CategoryDeleteInput!) {
  categoryCreate(input: $create) {
    category { id slug name }
    userErrors { code field message }
  }
  categoryUpdate(input: $update) {
    category { name parent { name } }
    userErrors { code field message }
  }
  categoryDelete(input: $delete) {
    deletedId
    userErrors { code field message }
  }
}
`,
        variables: ({ fresh, category }) => {
          const slug = `playground-${fresh}`;
          return { create: { slug, name: 'Playground' }, update: { slug, parent: category }, delete: { slug } };
        },
      },
    ],
  },
];
