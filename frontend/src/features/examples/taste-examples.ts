import type { ExampleGroup } from './example';

export const tasteExamples: ExampleGroup[] = [
  {
    noun: 'Recommendations',
    examples: [
      {
        title: 'The front page, with reasons',
        about: 'What to show whoever asks, why, and how fresh the answer is.',
        query: `query Recommendations {
  recommendations(placement: "home", first: 5) {
    recommendationId
    edges {
      source
      score
      node { sku name price { amount currency } }
      reasons(first: 3) { kind share text }
    }
    freshness { served profileThrough trainedThrough pendingEvents tookMs }
    model { name }
  }
}
`,
      },
      {
        title: 'What goes with a cart',
        about: 'Complements of some products, without what you do not want to show.',
        query: `query Complements($products: [String!], $exclude: [String!]) {
  recommendations(placement: "cart", products: $products, filter: { excludeSkus: $exclude }, first: 5) {
    edges { source node { sku name } reasons(first: 1) { text } }
  }
}
`,
        variables: ({ sku }) => ({ products: [sku(0), sku(1)], exclude: [sku(2)] }),
      },
      {
        title: 'For a customer of yours',
        about: 'The same front page, asked by your own server for someone it knows.',
        role: 'SHOP',
        query: `query RecommendationsForCustomer($customer: String!) {
  recommendations(placement: "home", customer: $customer, first: 5) {
    edges { source score node { sku name } reasons(first: 3) { share text } }
  }
}
`,
        variables: ({ externalId }) => ({ customer: externalId }),
      },
      {
        title: 'A row that changes as one shops',
        about: 'Leave it running, look at products in another tab of this browser, and watch the row change.',
        query: `subscription RecommendationsUpdated {
  recommendationsUpdated(placement: "home", first: 5) {
    edges { source node { sku name } }
    freshness { served profileThrough }
  }
}
`,
      },
    ],
  },
  {
    noun: 'Viewer and taste',
    examples: [
      {
        title: 'Whoever asks',
        about: 'The cart, the orders, and what was looked at last.',
        query: `query Viewer {
  viewer {
    signedIn
    role
    customer { name }
    cart { count total { amount currency } lines { quantity product { name } } }
    orders(first: 3) { edges { node { number placedAt total { amount currency } } } }
    recentlyViewed(first: 3) { sku name }
  }
}
`,
      },
      {
        title: 'Tell what the visitor did',
        about: 'A look and a rating, as a page of yours would send them; the next example shows what they changed.',
        query: `mutation ViewerEventsRecord($input: ViewerEventsRecordInput!) {
  viewerEventsRecord(input: $input) {
    accepted
    rejected { index code message }
    userErrors { code message }
  }
}
`,
        variables: ({ sku }) => ({
          input: {
            events: [
              { type: 'PRODUCT_VIEW', sku: sku(0) },
              { type: 'RATING', sku: sku(1), rating: 5 },
            ],
          },
        }),
      },
      {
        title: 'What the shop believes',
        about: 'Each product that says something about the visitor, with its weight and its influence.',
        query: `query Taste {
  viewer {
    taste {
      events(first: 5) { id type occurredAt product { name } }
      beliefs(first: 5) { sku weight target influence bought rejected excluded }
    }
  }
}
`,
      },
      {
        title: 'An account, from sign-up to deletion',
        about:
          'Makes an account with a new address, names it and deletes it again: nothing is left but you signed out.',
        query: `mutation Account($signUp: CustomerSignUpInput!, $name: String!, $password: String!) {
  customerSignUp(input: $signUp) {
    viewer { signedIn }
    userErrors { code field message }
  }
  viewerUpdate(input: { name: $name }) {
    viewer { customer { name email } }
    userErrors { code field message }
  }
  viewerDelete(input: { password: $password }) {
    viewer { signedIn }
    userErrors { code field message }
  }
}
`,
        variables: ({ fresh }) => ({
          signUp: { email: `playground-${fresh}@example.com`, password: `${fresh}-${fresh}` },
          name: 'Playground',
          password: `${fresh}-${fresh}`,
        }),
      },
    ],
  },
  {
    noun: 'Search and suggestions',
    examples: [
      {
        title: 'Search, with a typing error',
        about: 'Ranked by the words and the taste of whoever asks, with what the result divides into.',
        query: `query Search($query: String!) {
  products(query: $query, first: 5, sort: RELEVANCE) {
    totalCount
    didYouMean
    edges { node { sku name price { amount currency } vendor { name } } }
    facets {
      categories { count category { slug name } }
      vendors { count vendor { slug name } }
      prices { count min { amount } max { amount } }
      inStock
    }
  }
}
`,
        variables: () => ({ query: 'teapto' }),
      },
      {
        title: 'Suggestions while one types',
        about: 'Products, categories and vendors for the first letters of a word.',
        query: `query SearchSuggestions($query: String!) {
  searchSuggestions(query: $query, first: 4) {
    products { sku name }
    categories { slug name }
    vendors { slug name }
    didYouMean
  }
}
`,
        variables: () => ({ query: 'te' }),
      },
    ],
  },
];
