import { useState } from 'react';
import { readFragment } from '~/gql';
import {
  CatalogueVendorFragmentDoc,
  CatalogueVendorsDocument,
  VendorCreateDocument,
  VendorDeleteDocument,
  VendorUpdateDocument,
} from '~/gql/graphql';
import { useCommand, useGraphql } from '~/shared/api/hooks';
import { useKept } from '~/shared/lib/use-kept';
import type { Draft, Group, Wrong } from './group';
import { GroupList } from './group-list';
import { type GroupSearch, groupVariables } from './group-search';

/** The vendors, to be found, added, renamed and deleted. */
export function VendorList({ search, onChange }: { search: GroupSearch; onChange(next: GroupSearch): void }) {
  const [after, setAfter] = useState<string[]>([]);
  const { data, error, refresh } = useGraphql(CatalogueVendorsDocument, {
    ...groupVariables(search),
    after: after.at(-1),
  });
  const vendors = useKept(data?.vendors);
  const create = useCommand(VendorCreateDocument);
  const update = useCommand(VendorUpdateDocument);
  const drop = useCommand(VendorDeleteDocument);
  const done = (wrong: Wrong | undefined) => {
    if (!wrong) refresh();
    return wrong;
  };
  const save = async ({ name, slug }: Draft, vendor: Group | undefined) => {
    if (!vendor) {
      const { data, error } = await create({ input: { name, slug: slug || undefined } });
      return done(error ?? data.vendorCreate.userErrors[0]);
    }
    const { data, error } = await update({ input: { slug: vendor.slug, name } });
    return done(error ?? data.vendorUpdate.userErrors[0]);
  };
  const remove = async ({ slug }: Group) => {
    const { data, error } = await drop({ input: { slug } });
    return done(error ?? data.vendorDelete.userErrors[0]);
  };
  return (
    <GroupList
      kind="vendor"
      search={search}
      onChange={onChange}
      total={vendors?.totalCount}
      groups={vendors?.edges.map(({ node }) => readFragment(CatalogueVendorFragmentDoc, node))}
      error={error}
      after={after}
      next={vendors?.pageInfo.hasNextPage ? vendors.pageInfo.endCursor : undefined}
      onAfter={setAfter}
      save={save}
      remove={remove}
    />
  );
}
