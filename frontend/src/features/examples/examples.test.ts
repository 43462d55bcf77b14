// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';
import { buildSchema, type DirectiveNode, parse, TypeInfo, validate, visit, visitWithTypeInfo } from 'graphql';
import { expect, test } from 'vitest';
import type { Role } from '~/gql/graphql';
import { type Ask, fillerOf } from './example';
import { groups } from './examples';

const root = new URL('../../../../', import.meta.url);
const parts = readdirSync(new URL('graph/', root)).filter((name) => name.endsWith('.graphqls'));
const text = ['schema.graphqls', ...parts.map((name) => `graph/${name}`)]
  .map((name) => readFileSync(new URL(name, root), 'utf8'))
  .join('\n');
const schema = buildSchema(text);

const node = { id: 'Thing/1', externalId: 'C-1', number: '0190', name: 'one' };
const edges = [{ node }];
/** Answers any of the operations that prepare an example. */
const ask = (async () => {
  const made = { customer: node, order: node, key: node, run: node, import: node, userErrors: [] };
  return {
    customerCreate: made,
    orderCreate: made,
    keyCreate: made,
    trainingRunStart: made,
    importStart: made,
    import: { endedAt: '2026-01-01T00:00:00Z' },
  };
}) as unknown as Ask;
const filler = fillerOf(
  {
    viewer: { role: 'ADMIN' },
    products: { edges: [{ node: { sku: 'A', name: 'A', vendor: { slug: 'v' }, categories: [{ slug: 'c' }] } }] },
    demoCustomers: [],
  },
  {
    customers: { edges },
    orders: { edges },
    events: { edges },
    models: { edges },
    settings: { shopName: 'Also', modelMaxAgeDays: 7 },
  },
  { ask, upload: async () => 'upload', fresh: 'fresh' },
);

const roles: (Role | null)[] = [null, 'SHOP', 'ADMIN'];
const examples = groups.flatMap((group) => group.examples);

test.each(examples)('$title: fits the schema, one operation with a name', ({ query, role }) => {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  expect(document.definitions).toHaveLength(1);
  expect(nameOf(query)).toBeTruthy();
  // More where opening it makes something first, never less.
  expect(roles.indexOf(role ?? null)).toBeGreaterThanOrEqual(roles.indexOf(neededRole(query)));
});

test('each kind of thing has examples, and no two share a title or a name', () => {
  for (const { noun, examples } of groups) expect(examples.length, noun).toBeGreaterThan(1);
  expect(new Set(groups.map(({ noun }) => noun)).size).toBe(groups.length);
  expect(new Set(examples.map(({ title }) => title)).size).toBe(examples.length);
  expect(new Set(examples.map(({ query }) => nameOf(query))).size).toBe(examples.length);
});

test.each(examples)('$title: each variable that it needs is filled, and no other', async ({ query, variables }) => {
  const filled = (await variables?.(filler)) ?? {};
  const [operation] = parse(query).definitions;
  const declared = operation?.kind === 'OperationDefinition' ? (operation.variableDefinitions ?? []) : [];
  const names = declared.map(({ variable }) => variable.name.value);
  expect(names).toEqual(expect.arrayContaining(Object.keys(filled)));
  for (const { variable, type } of declared) {
    if (type.kind === 'NonNullType') expect(filled[variable.name.value]).toBeTruthy();
  }
});

function nameOf(query: string): string | undefined {
  return /^(?:query|mutation|subscription) (\w+)/.exec(query)?.[1];
}

/** The highest role that a field of the operation is kept for. */
function neededRole(query: string): Role | null {
  const roles = new Set<string>();
  const info = new TypeInfo(schema);
  const look = (node?: { directives?: readonly DirectiveNode[] } | null) => {
    for (const { name, arguments: given } of node?.directives ?? []) {
      const value = name.value === 'hasRole' ? given?.[0]?.value : undefined;
      if (value?.kind === 'EnumValue') roles.add(value.value);
    }
  };
  visit(
    parse(query),
    visitWithTypeInfo(info, {
      Field: () => look(info.getFieldDef()?.astNode),
      Argument: () => look(info.getArgument()?.astNode),
    }),
  );
  return roles.has('ADMIN') ? 'ADMIN' : roles.has('SHOP') ? 'SHOP' : null;
}
