import {
  ExampleAdminFactsDocument,
  ExampleFactsDocument,
  type ExampleFactsQuery,
  type Role,
  type TypedDocumentString,
} from '~/gql/graphql';
import { type Ask, type Example, fillerOf } from './example';

/** An example with its variables filled, or what keeps it from running. */
export interface Opened {
  query: string;
  variables: string;
  /** In words, for whoever opened it: null if it runs as it stands. */
  obstacle: string | null;
}

/** Fills an example's variables from the shop that serves this page, as it is now. */
export async function openExample(example: Example, key: string): Promise<Opened> {
  const opened = { query: example.query.trim(), variables: '', obstacle: null };
  try {
    const { ask, upload } = asker(key);
    const facts = await ask(ExampleFactsDocument, {});
    const obstacle = missing(example, facts);
    if (obstacle) return { ...opened, obstacle };
    if (!example.variables) return opened;
    const admin = facts.viewer.role === 'ADMIN' ? await ask(ExampleAdminFactsDocument, {}) : null;
    const filler = fillerOf(facts, admin, { ask, upload, fresh: Math.random().toString(36).slice(2, 10) });
    return { ...opened, variables: JSON.stringify(await example.variables(filler), null, 2) };
  } catch (error) {
    return { ...opened, obstacle: error instanceof Error ? error.message : String(error) };
  }
}

const may: Record<Role, Role[]> = { SHOP: ['SHOP', 'ADMIN'], ADMIN: ['ADMIN'] };

function missing({ role }: Example, { viewer, products }: ExampleFactsQuery): string | null {
  if (role && !(viewer.role && may[role].includes(viewer.role)))
    return `It needs a key with the role ${role}: give one above, and open it again.`;
  if (products.edges.length === 0) return 'This shop has no products yet: its variables are yours to fill.';
  return null;
}

/** Speaks to the API as the playground does: with the key, or else this browser's cookies. */
function asker(key: string): { ask: Ask; upload(name: string, text: string): Promise<string> } {
  const authorization: Record<string, string> = key ? { Authorization: `Bearer ${key}` } : {};
  const ask = async <Data, Input>(document: TypedDocumentString<Data, Input>, variables: Input): Promise<Data> => {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { ...authorization, 'Content-Type': 'application/json' },
      body: JSON.stringify({ query: document.toString(), variables }),
    });
    const { data, errors }: { data?: Data; errors?: { message: string }[] } = await response.json();
    if (errors?.[0] || !data) throw new Error(errors?.[0]?.message ?? 'The server did not answer.');
    return data;
  };
  const upload = async (name: string, text: string) => {
    const response = await fetch(`/uploads?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      headers: authorization,
      body: text,
    });
    if (!response.ok) throw new Error(await response.text());
    const { id }: { id: string } = await response.json();
    return id;
  };
  return { ask, upload };
}
