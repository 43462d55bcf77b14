import { readFragment } from '~/gql';
import { AccountDocument, AccountViewerFragmentDoc } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';

/** Who the shop takes the visitor for. */
export function useAccount() {
  const state = useGraphql(AccountDocument, {});
  const viewer = state.data ? readFragment(AccountViewerFragmentDoc, state.data.viewer) : undefined;
  return { viewer, error: state.error, isPending: state.isPending, refresh: state.refresh };
}
