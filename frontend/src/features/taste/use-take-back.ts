import { useState } from 'react';
import { useRecord } from '~/shared/api/use-record';
import { useToast } from '~/shared/ui/toast';

/** Takes one thing that the visitor did out of their taste, and says so. */
export function useTakeBack(onDone: () => void): {
  isBusy: boolean;
  takeBack(event: string, sku?: string | null): Promise<void>;
} {
  const record = useRecord();
  const say = useToast();
  const [isBusy, setBusy] = useState(false);
  const takeBack = async (event: string, sku?: string | null) => {
    setBusy(true);
    const ok = await record([{ type: 'EXCLUDED_FROM_TASTE', ref: event, sku }]);
    setBusy(false);
    say(ok ? 'That no longer counts.' : 'That could not be saved. Try again in a moment.', ok ? 'plain' : 'failed');
    if (ok) onDone();
  };
  return { isBusy, takeBack };
}
