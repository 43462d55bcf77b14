import type { ExampleAdminFactsQuery, ExampleFactsQuery, Role, TypedDocumentString } from '~/gql/graphql';

/** A worked example: an operation that runs as it stands on the shop that serves it. */
export interface Example {
  /** What it shows, in a few words. */
  title: string;
  /** One sentence more: what to look at, and what a change leaves behind. */
  about: string;
  /** Who may run it. Default: everyone. */
  role?: Role;
  /** One operation, named as no other. */
  query: string;
  /** Its variables, of what this shop holds. */
  variables?: (filler: Filler) => Variables | Promise<Variables>;
}

export type Variables = Record<string, unknown>;

/** The examples about one kind of thing. */
export interface ExampleGroup {
  noun: string;
  examples: Example[];
}

/** What variables are filled from. */
export interface Filler {
  /** A sku for each n: of what sells best and is in stock, around again where there are fewer. */
  sku(n: number): string;
  /** The slug of a vendor. */
  vendor: string;
  /** The slug of a category. */
  category: string;
  /** A customer, by the id that the shop's own systems know: null without the role. */
  externalId: string | null;
  /** What the console knows: null without the role ADMIN. */
  admin: ExampleAdminFactsQuery | null;
  /** Another one each time, for what has to be new. */
  fresh: string;
  /** Runs an operation with the key, for an example that needs something to work on. */
  ask: Ask;
  /** Uploads a file with the key, and returns the upload's id. */
  upload(name: string, text: string): Promise<string>;
}

export type Ask = <Data, Input>(document: TypedDocumentString<Data, Input>, variables: Input) => Promise<Data>;

/** Makes what variables are filled from. */
export function fillerOf(
  facts: ExampleFactsQuery,
  admin: ExampleAdminFactsQuery | null,
  rest: Pick<Filler, 'ask' | 'upload' | 'fresh'>,
): Filler {
  const products = facts.products.edges.map(({ node }) => node);
  const customer = admin?.customers.edges[0]?.node;
  return {
    sku: (n) => products[n % products.length]?.sku ?? '',
    vendor: products.find(({ vendor }) => vendor)?.vendor?.slug ?? '',
    category: products.find(({ categories }) => categories.length > 0)?.categories[0]?.slug ?? '',
    externalId: facts.demoCustomers.at(-1)?.id ?? customer?.externalId ?? customer?.id ?? null,
    admin,
    ...rest,
  };
}

/** What came, or an error that says what did not. */
export function made<Thing>(thing: Thing | null | undefined, what: string): Thing {
  if (thing === null || thing === undefined) throw new Error(`This example needs ${what}, and there is none.`);
  return thing;
}
