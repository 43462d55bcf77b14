import type { ProblemsQuery } from '~/gql/graphql';

/** Something that is not as it should be. */
export type Problem = ProblemsQuery['problems'][number];

/** Where in the console it is mended, for a Link. */
export function placeOf({ nextPath }: Problem) {
  const [path = '/', search] = nextPath.split('?');
  return { to: path as never, search: Object.fromEntries(new URLSearchParams(search)) as never };
}
