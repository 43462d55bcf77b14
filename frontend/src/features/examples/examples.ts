/** A worked example: an operation that runs as it stands. */
export interface Example {
  /** What it is about: the tab is named after the operation. */
  query: string;
  variables?: string;
}

/*
 * A test checks each against the schema. The first line says what it shows,
 * and whether it needs a key.
 */
export const examples: Example[] = [
  {
    query: `# What to show a visitor on the front page, why, and how fresh the answer is.
query Recommendations {
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
    query: `# The same for a customer of your shop. Needs a key with the role SHOP.
query RecommendationsForCustomer($customer: String!) {
  recommendations(placement: "home", customer: $customer, first: 5) {
    edges { source score node { sku name } reasons(first: 3) { share text } }
  }
}
`,
    variables: `{ "customer": "c-1001" }`,
  },
  {
    query: `# Search, with what the result divides into.
query Products($query: String) {
  products(query: $query, first: 5, sort: RELEVANCE) {
    totalCount
    edges { node { sku name stock price { amount currency } vendor { name } } }
    facets { categories { count category { slug name } } vendors { count vendor { slug name } } }
  }
}
`,
    variables: `{ "query": "oak" }`,
  },
  {
    query: `# Tell the shop what happened elsewhere. Needs a key with the role SHOP.
# Run it, then RecommendationsForCustomer: the next answer knows.
mutation EventsRecord($input: EventsRecordInput!) {
  eventsRecord(input: $input) {
    accepted
    duplicates
    rejected { index code message }
  }
}
`,
    variables: `{
  "input": {
    "events": [
      { "type": "PRODUCT_VIEW", "customer": "c-1001", "sku": "a-sku-of-yours" },
      { "type": "PURCHASE", "customer": "c-1001", "sku": "a-sku-of-yours", "quantity": 1 }
    ]
  }
}`,
  },
  {
    query: `# Whoever asks: cart, orders, and what the shop remembers.
query Viewer {
  viewer {
    signedIn
    role
    customer { name }
    cart { count total { amount currency } lines { quantity product { name } } }
    orders(first: 3) { edges { node { number placedAt total { amount currency } } } }
    taste { events(first: 5) { type occurredAt product { name } } }
  }
}
`,
  },
  {
    query: `# Start a full training run. Needs a key with the role ADMIN.
mutation TrainingRunStart {
  trainingRunStart(input: { kind: FULL, promote: true }) {
    run { id state }
    userErrors { code message }
  }
}
`,
  },
  {
    query: `# Follow a run as it goes: paste the id from TrainingRunStart. Needs a key with the role ADMIN.
subscription TrainingRunProgress($id: ID!) {
  trainingRunProgress(id: $id) {
    state
    phase
    epoch
    epochs
    losses
    rate
    timeLeftMs
    error
  }
}
`,
    variables: `{ "id": "" }`,
  },
  {
    query: `# The models, with what was measured and what simple methods reach. Needs a key with the role ADMIN.
query Models {
  models(first: 5) {
    edges {
      node {
        id
        name
        state
        trainedAt
        metrics {
          protocol
          model { name mean low high }
          baselines { name metrics { name mean } }
        }
      }
    }
  }
}
`,
  },
  {
    query: `# The visitor's row, live: leave it running, shop in another tab, and watch it change.
subscription RecommendationsUpdated {
  recommendationsUpdated(placement: "home", first: 5) {
    edges { source node { sku name } }
    freshness { served profileThrough }
  }
}
`,
  },
];
