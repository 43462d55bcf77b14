import { useState } from 'react';
import { OrderCancelDocument } from '~/gql/graphql';
import { useCommand } from '~/shared/api/hooks';
import { Button } from '~/shared/ui/button';
import { useToast } from '~/shared/ui/toast';
import styles from './orders.module.css';

/** Takes a fresh order back, asking once. */
export function CancelButton({ id }: { id: string }) {
  const cancel = useCommand(OrderCancelDocument);
  const say = useToast();
  const [isAsking, ask] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    const { data, error } = await cancel({ input: { id } });
    setBusy(false);
    const failure = error?.message ?? data?.orderCancel.userErrors[0]?.message;
    if (failure) return say(failure, 'failed');
    say('Your order is cancelled.');
  };
  return (
    <p className={styles.foot}>
      {isAsking ? (
        <>
          <Button size="small" onClick={() => ask(false)}>
            Keep it
          </Button>
          <Button size="small" kind="danger" isBusy={isBusy} onClick={run}>
            Cancel this order
          </Button>
        </>
      ) : (
        <Button size="small" kind="quiet" onClick={() => ask(true)}>
          Cancel…
        </Button>
      )}
    </p>
  );
}
