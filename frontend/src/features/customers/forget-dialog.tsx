import { Button, Modal } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { readFragment } from '~/gql';
import {
  CustomerDeleteDocument,
  type ForgettingReceiptFragment,
  ForgettingReceiptFragmentDoc,
  ForgettingStateDocument,
} from '~/gql/graphql';
import { useCommand, useGraphql } from '~/shared/api/hooks';
import { Notice } from '~/shared/ui/notice';
import styles from './customers.module.css';

/** Asks once, forgets, and shows the receipt. */
export function ForgetDialog({ id, name, onClose }: { id: string; name: string; onClose(): void }) {
  const forget = useCommand(CustomerDeleteDocument);
  const [isBusy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const [receipt, setReceipt] = useState<ForgettingReceiptFragment>();
  const run = async () => {
    setBusy(true);
    const { data, error } = await forget({ input: { id } });
    setBusy(false);
    const failure = error?.message ?? data?.customerDelete.userErrors[0]?.message;
    if (failure) return setWrong(failure);
    const got = readFragment(ForgettingReceiptFragmentDoc, data?.customerDelete.forgetting);
    if (got) setReceipt(got);
  };
  if (receipt) {
    return (
      <Modal opened onClose={onClose} title={`${name} is forgotten`}>
        <Receipt first={receipt} />
      </Modal>
    );
  }
  return (
    <Modal opened onClose={onClose} title={`Forget ${name}?`}>
      <div className={styles.form}>
        <p>
          Their name, email, password, sessions, cart, orders and history go, here and in the lake. What they bought
          stays in your figures as sales to nobody. This cannot be undone.
        </p>
        {wrong && (
          <Notice tone="failed" title="Nobody was forgotten.">
            {wrong}
          </Notice>
        )}
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep them
          </Button>
          <Button color="red" loading={isBusy} onClick={run}>
            Forget {name} for good
          </Button>
        </div>
      </div>
    </Modal>
  );
}

/** What went, and what is still on its way. */
function Receipt({ first }: { first: ForgettingReceiptFragment }) {
  const { data, refresh } = useGraphql(ForgettingStateDocument, { id: first.id }, { pause: !!first.erasedAt });
  const now = readFragment(ForgettingReceiptFragmentDoc, data?.forgetting) ?? first;
  useEffect(() => {
    if (now.erasedAt) return;
    const timer = setInterval(refresh, 1000);
    return () => clearInterval(timer);
  }, [now.erasedAt, refresh]);
  const lines: [string, number][] = [
    ['Sessions ended', now.sessions],
    ['Carts emptied', now.carts],
    ['Orders deleted', now.orders],
    ['Recent events deleted', now.recentEvents],
    ['Lists made for them deleted', now.lists],
    ['Events erased from the lake', now.erasedEvents],
    ['Order lines kept, as sales to nobody', now.keptSales],
    ['Files rewritten', now.rewrittenFiles],
  ];
  return (
    <div className={styles.form}>
      <table className={styles.receipt}>
        <tbody>
          {lines.map(([what, n]) => (
            <tr key={what}>
              <th scope="row">{what}</th>
              <td className={styles.number}>{n.toLocaleString('en')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p role="status">
        {now.erasedAt
          ? 'The lake is rewritten; its old files are deleted within a quarter of an hour.'
          : 'The lake is being rewritten. You may leave: it goes on by itself.'}
      </p>
      {now.models.length > 0 && (
        <p>
          {now.models.length === 1 ? 'One model was' : `${now.models.length} models were`} trained before. Each may hold
          a row of numbers made from what they did, under a random number that leads to nobody any more.{' '}
          <Link to="/training">Train anew</Link> to replace the one that answers.
        </p>
      )}
      <p className={styles.quiet}>
        Receipt <code>{now.id}</code>
      </p>
      <div className={styles.buttons}>
        <Link to="/customers">To the customers</Link>
      </div>
    </div>
  );
}
