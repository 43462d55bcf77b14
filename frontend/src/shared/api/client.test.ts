import { graphql, HttpResponse } from 'msw';
import { afterEach, expect, test, vi } from 'vitest';
import { server } from '~/testing/api';
import { makeClient } from './client';
import type { EarlyAnswer } from './early';

const countText = 'query Count {\n  count\n}';
const addText = 'mutation Add {\n  add {\n    kind\n  }\n}';

afterEach(() => vi.useRealTimers());

/** A client of a server that counts its queries; a mutation answers with a thing of a type. */
function counting(early?: EarlyAnswer) {
  let asked = 0;
  const bodies: string[] = [];
  server.use(
    graphql.query('Count', ({ query }) => {
      bodies.push(query);
      asked++;
      return HttpResponse.json({ data: { count: asked, thing: { __typename: 'Thing' } } });
    }),
    graphql.mutation('Add', () => HttpResponse.json({ data: { add: { __typename: 'Thing' } } })),
    graphql.mutation('Other', () => HttpResponse.json({ data: { other: { __typename: 'Else' } } })),
  );
  const client = makeClient(
    'http://also.test/graphql',
    () => () => {},
    () => early,
  );
  return { client, bodies, asked: () => asked };
}

const countOf = (client: ReturnType<typeof counting>['client']) => {
  const question = client.question(countText, {});
  return { question, count: () => (question.read().data as { count: number } | undefined)?.count };
};

test('all who ask the same follow one answer, and every object of it is asked for its type', async () => {
  const { client, bodies } = counting();
  const { question, count } = countOf(client);
  expect(client.question(countText, {})).toBe(question);
  expect(client.question(countText, { a: 1 })).not.toBe(question);
  expect(question.needs('cache-first')).toBe(true);
  question.ask();
  expect(question.read().isFetching).toBe(true);
  expect(question.needs('cache-and-network'), 'it is on its way').toBe(false);
  await vi.waitFor(() => expect(count()).toBe(1));
  expect(question.needs('cache-first')).toBe(false);
  expect(question.needs('cache-and-network')).toBe(true);
  expect(bodies[0]).toContain('{\n__typename\n  count');
});

test('an older request does not overwrite what a newer one brought', async () => {
  const { client } = counting();
  const { question, count } = countOf(client);
  const seen: unknown[] = [];
  question.follow(() => seen.push(count()));
  question.ask();
  question.ask();
  await vi.waitFor(() => expect(question.read().isFetching).toBe(false));
  expect(count()).toBe(2);
  expect(seen.filter((value) => value !== undefined)).toEqual([2]);
});

test('a mutation that touches its types makes it ask again where it is followed, and forget where it is not', async () => {
  const { client, asked } = counting();
  const { question, count } = countOf(client);
  const leave = question.follow(() => {});
  question.ask();
  await vi.waitFor(() => expect(count()).toBe(1));
  await client.command('mutation Other {\n  other\n}', {});
  expect(question.read()).toEqual(expect.objectContaining({ isFetching: false }));
  await client.command(addText, {});
  await vi.waitFor(() => expect(count()).toBe(2));
  leave();
  await client.command(addText, {});
  expect(count()).toBeUndefined();
  expect(asked()).toBe(2);
});

test('what was answered before the scripts came is there at once, and is not asked again for a while', () => {
  vi.useFakeTimers();
  const result = { data: { count: 7 } };
  const { client } = counting({ coming: Promise.resolve(result), result });
  const { question, count } = countOf(client);
  expect(count()).toBe(7);
  expect(question.needs('cache-and-network')).toBe(false);
  vi.advanceTimersByTime(1001);
  expect(question.needs('cache-and-network')).toBe(true);
});

test('what is still on its way is waited for, not sent again', async () => {
  const { client, asked } = counting({ coming: Promise.resolve({ data: { count: 7 } }) });
  const { question, count } = countOf(client);
  question.ask();
  await vi.waitFor(() => expect(count()).toBe(7));
  expect(asked()).toBe(0);
  question.ask();
  await vi.waitFor(() => expect(count()).toBe(1));
});

test('a server that cannot be reached is said to be so; an error comes with its code', async () => {
  server.use(graphql.query('Count', () => HttpResponse.error()));
  const client = makeClient('http://also.test/graphql', () => () => {});
  const { question } = countOf(client);
  question.ask();
  await vi.waitFor(() => expect(question.read().error?.code).toBe('OFFLINE'));
  server.use(
    graphql.query('Count', () =>
      HttpResponse.json({ data: null, errors: [{ message: 'No.', extensions: { code: 'FORBIDDEN' } }] }),
    ),
  );
  question.ask();
  await vi.waitFor(() => expect(question.read().error).toEqual({ code: 'FORBIDDEN', message: 'No.' }));
});

test('a subscription’s messages and failures reach who follows', () => {
  const sink = { next: vi.fn(), failed: vi.fn() };
  makeClient('http://also.test/graphql', (_request, to) => {
    to.next({ data: { n: 1 } });
    to.next({ errors: [{ message: 'No.' }] });
    to.error(new Event('close'));
    return () => {};
  }).follow('subscription N {\n  n\n}', {}, sink);
  expect(sink.next).toHaveBeenCalledExactlyOnceWith({ n: 1 });
  expect(sink.failed.mock.calls.map(([error]) => error.code)).toEqual(['INTERNAL', 'OFFLINE']);
});
