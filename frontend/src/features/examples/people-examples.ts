import { ExampleCustomerDocument, ExampleOrderDocument } from '~/gql/graphql';
import { type ExampleGroup, type Filler, made } from './example';

const orderInput = ({ sku, externalId, fresh }: Filler) => ({
  customer: made(externalId, 'a customer'),
  idempotencyKey: `playground-${fresh}`,
  lines: [{ sku: sku(0), quantity: 1 }],
});

const makeOrder = async (filler: Filler) =>
  (await filler.ask(ExampleOrderDocument, { input: orderInput(filler) })).orderCreate.order;

export const peopleExamples: ExampleGroup[] = [
  {
    noun: 'Customers',
    examples: [
      {
        title: 'Customers, the newest first',
        about: 'With how much each ordered and when they were last seen.',
        role: 'ADMIN',
        query: `query Customers {
  customers(first: 5, sort: NEWEST) {
    totalCount
    edges { node { id externalId name email hasAccount orderCount lastSeenAt } }
    pageInfo { hasNextPage endCursor }
  }
}
`,
      },
      {
        title: 'History beside recommendations',
        about: 'What one customer did, what it made the shop believe, and what they would be shown.',
        role: 'ADMIN',
        query: `query Customer($externalId: String!) {
  customer(externalId: $externalId) {
    id
    name
    history(first: 5) { edges { node { type occurredAt product { name } } } }
    profile(first: 5) { weight influence product { name } }
    recommendations(placement: "home", first: 5) {
      edges { source node { name } reasons(first: 2) { share text } }
    }
  }
}
`,
        variables: ({ externalId }) => ({ externalId }),
      },
      {
        title: 'A new customer',
        about: 'Creates one with a new id; “Forget a customer” below shows how one is removed.',
        role: 'ADMIN',
        query: `mutation CustomerCreate($input: CustomerCreateInput!) {
  customerCreate(input: $input) {
    customer { id externalId name attributes { name value } }
    userErrors { code field message }
  }
}
`,
        variables: ({ fresh }) => ({
          input: {
            externalId: `playground-${fresh}`,
            name: 'Playground',
            attributes: [{ name: 'newsletter', value: 'yes' }],
          },
        }),
      },
      {
        title: 'Forget a customer',
        about: 'Opening it creates a customer; running it forgets that one and tells what was erased.',
        role: 'ADMIN',
        query: `mutation CustomerDelete($input: CustomerDeleteInput!) {
  customerDelete(input: $input) {
    forgetting { id requestedAt sessions carts orders recentEvents }
    userErrors { code field message }
  }
}
`,
        variables: async ({ ask, fresh }) => {
          const input = { externalId: `playground-${fresh}`, name: 'Playground' };
          const { customerCreate } = await ask(ExampleCustomerDocument, { input });
          return { input: { id: made(customerCreate.customer, 'a customer').id } };
        },
      },
    ],
  },
  {
    noun: 'Orders',
    examples: [
      {
        title: 'Orders, the newest first',
        about: 'With their lines, and the recommendation that led to each.',
        role: 'ADMIN',
        query: `query Orders {
  orders(first: 5, sort: NEWEST) {
    edges { node { number state placedAt customer { name } total { amount currency } lines { sku quantity recommendationId } } }
  }
}
`,
      },
      {
        title: 'Tell of an order',
        about: 'As your server would after a checkout of its own; cancel it again with the last example here.',
        role: 'SHOP',
        query: `mutation OrderCreate($input: OrderCreateInput!) {
  orderCreate(input: $input) {
    order { id number state total { amount currency } }
    userErrors { code field message }
  }
}
`,
        variables: (filler) => ({ input: orderInput(filler) }),
      },
      {
        title: 'One order',
        about: 'The newest; where there is none yet, opening it places one.',
        role: 'ADMIN',
        query: `query Order($number: UUID!) {
  order(number: $number) {
    state
    placedAt
    cancellable
    lines { quantity price { amount currency } product { name } }
  }
}
`,
        variables: async (filler) => ({
          number: filler.admin?.orders.edges[0]?.node.number ?? made(await makeOrder(filler), 'an order').number,
        }),
      },
      {
        title: 'Cancel an order',
        about: 'Opening it places an order; running it cancels that one.',
        role: 'ADMIN',
        query: `mutation OrderCancel($input: OrderCancelInput!) {
  orderCancel(input: $input) {
    order { number state cancelledAt }
    userErrors { code field message }
  }
}
`,
        variables: async (filler) => ({ input: { id: made(await makeOrder(filler), 'an order').id } }),
      },
    ],
  },
  {
    noun: 'Carts',
    examples: [
      {
        title: 'Put something into your cart',
        about: 'Sets a line to a quantity, so that running it twice changes nothing more.',
        query: `mutation CartLineSet($input: CartLineSetInput!) {
  cartLineSet(input: $input) {
    cart { count total { amount currency } lines { sku quantity } }
    userErrors { code field message }
  }
}
`,
        variables: ({ sku }) => ({ input: { sku: sku(0), quantity: 2 } }),
      },
      {
        title: 'Empty your cart',
        about: 'Takes out all that the example before put in.',
        query: `mutation CartClear {
  cartClear(input: {}) {
    cart { count }
    userErrors { code message }
  }
}
`,
      },
      {
        title: 'Carts of all customers',
        about: 'What lies in them now, and since when.',
        role: 'ADMIN',
        query: `query Carts {
  carts(first: 5) {
    totalCount
    edges { node { since count total { amount currency } customer { name } lines { sku quantity } } }
  }
}
`,
      },
    ],
  },
];
