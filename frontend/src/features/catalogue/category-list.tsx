import { useState } from 'react';
import { readFragment } from '~/gql';
import {
  CatalogueCategoriesDocument,
  CatalogueCategoryFragmentDoc,
  CategoryCreateDocument,
  CategoryDeleteDocument,
  CategoryUpdateDocument,
} from '~/gql/graphql';
import { useCommand, useGraphql } from '~/shared/api/hooks';
import { useKept } from '~/shared/lib/use-kept';
import { asTree, type Draft, type Group, parentOf, type Wrong } from './group';
import { GroupList } from './group-list';
import { type GroupSearch, groupVariables } from './group-search';

/** The tree of categories, to be found, added, renamed, moved and deleted. */
export function CategoryList({ search, onChange }: { search: GroupSearch; onChange(next: GroupSearch): void }) {
  const [after, setAfter] = useState<string[]>([]);
  const { data, error, refresh } = useGraphql(CatalogueCategoriesDocument, {
    ...groupVariables(search),
    after: after.at(-1),
  });
  const categories = useKept(data?.categories);
  const all = useGraphql(CatalogueCategoriesDocument, groupVariables({}), { policy: 'cache-first' });
  const create = useCommand(CategoryCreateDocument);
  const update = useCommand(CategoryUpdateDocument);
  const drop = useCommand(CategoryDeleteDocument);
  const done = (wrong: Wrong | undefined) => {
    if (wrong) return wrong;
    refresh();
    all.refresh();
  };
  const save = async ({ name, slug, parent }: Draft, category: Group | undefined) => {
    if (!category) {
      const { data, error } = await create({ input: { name, slug: slug || undefined, parent: parent || undefined } });
      return done(error ?? data.categoryCreate.userErrors[0]);
    }
    const moved = parent === (parentOf(category)?.slug ?? '') ? undefined : parent;
    const { data, error } = await update({ input: { slug: category.slug, name, parent: moved } });
    return done(error ?? data.categoryUpdate.userErrors[0]);
  };
  const remove = async ({ slug }: Group) => {
    const { data, error } = await drop({ input: { slug } });
    return done(error ?? data.categoryDelete.userErrors[0]);
  };
  const read = (page: typeof categories) =>
    page?.edges.map(({ node }) => readFragment(CatalogueCategoryFragmentDoc, node));
  return (
    <GroupList
      kind="category"
      search={search}
      onChange={onChange}
      total={categories?.totalCount}
      groups={read(categories)}
      error={error}
      after={after}
      next={categories?.pageInfo.hasNextPage ? categories.pageInfo.endCursor : undefined}
      onAfter={setAfter}
      parents={asTree(read(all.data?.categories) ?? []).map(({ group, depth }) => ({
        value: group.slug,
        label: `${'– '.repeat(depth)}${group.name}`,
      }))}
      save={save}
      remove={remove}
    />
  );
}
