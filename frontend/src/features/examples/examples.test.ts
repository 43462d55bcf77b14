// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { examples } from './examples';

const root = new URL('../../../../', import.meta.url);
const parts = readdirSync(new URL('graph/', root)).filter((name) => name.endsWith('.graphqls'));
const text = ['schema.graphqls', ...parts.map((name) => `graph/${name}`)]
  .map((name) => readFileSync(new URL(name, root), 'utf8'))
  .join('\n');
const schema = buildSchema(text);

test.each(examples)('an example fits the schema: $query', ({ query, variables }) => {
  expect(validate(schema, parse(query))).toEqual([]);
  expect(() => JSON.parse(variables ?? '{}')).not.toThrow();
});
