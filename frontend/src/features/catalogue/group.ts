import type { CatalogueCategoryFragment, CatalogueVendorFragment } from '~/gql/graphql';

/** A vendor or a category: what products are grouped by. */
export type Group = CatalogueVendorFragment | CatalogueCategoryFragment;

/** Which of the two. */
export type Kind = 'vendor' | 'category';

/** More than one of a kind, in words. */
export const many: Record<Kind, string> = { vendor: 'vendors', category: 'categories' };

/** What the server refuses: of a field, or of the whole. */
export interface Wrong {
  field?: string | null;
  message: string;
}

/** What is typed of a group; `parent` is the slug of the category above, empty at the root. */
export interface Draft {
  name: string;
  slug: string;
  parent: string;
}

/** The category above a group; vendors have none. */
export const parentOf = (group: Group) => ('parent' in group ? (group.parent ?? undefined) : undefined);

/** How many groups lie right below. */
export const countBelow = (group: Group) => ('children' in group ? group.children.length : 0);

/** Each below the one it lies in, in the order given; at the root what lies in none of them. */
export function asTree(groups: Group[]): { group: Group; depth: number }[] {
  const known = new Set(groups.map(({ slug }) => slug));
  const below = (slug: string | undefined, depth: number): { group: Group; depth: number }[] =>
    groups
      .filter((one) => [parentOf(one)?.slug].find((parent) => parent && known.has(parent)) === slug)
      .flatMap((group) => [{ group, depth }, ...below(group.slug, depth + 1)]);
  return below(undefined, 0);
}
