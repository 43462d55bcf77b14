import { useCallback } from 'react';
import { type ViewerEventInput, ViewerEventsDocument } from '~/gql/graphql';
import { useCommand } from './hooks';
import { useSession } from './provider';

/**
 * Gives a function that records what the visitor did. A failure is not the
 * visitor's concern: the function answers false, and the page goes on.
 */
export function useRecord(): (events: ViewerEventInput[]) => Promise<boolean> {
  const send = useCommand(ViewerEventsDocument);
  const { acted } = useSession();
  return useCallback(
    async (events) => {
      const result = await send({ events });
      acted();
      return result.data !== undefined && result.data.viewerEventsRecord.userErrors.length === 0;
    },
    [send, acted],
  );
}
