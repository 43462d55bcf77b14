import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { readFragment } from '~/gql';
import {
  CustomerDetailDocument,
  type CustomerDetailQuery,
  type CustomerFactsFragment,
  CustomerFactsFragmentDoc,
} from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { formatMoney } from '~/shared/lib/money';
import { exactTime, relativeTime } from '~/shared/lib/time';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { Skeleton } from '~/shared/ui/skeleton';
import { CustomerForm } from './customer-form';
import styles from './customers.module.css';
import { ForgetDialog } from './forget-dialog';

/** Who a customer is, what they ordered, and what may be done with them; below, unless there is no such customer, the rest. */
export function CustomerDetail({ id, children }: { id: string; children?: ReactNode }) {
  const { data, error, isPending } = useGraphql(CustomerDetailDocument, { id });
  const [open, setOpen] = useState<'edit' | 'forget'>();
  const facts = readFragment(CustomerFactsFragmentDoc, data?.customer);
  const name = facts ? facts.name || facts.email || facts.externalId || 'Without a name' : 'Customer';
  return (
    <>
      <h1>{name}</h1>
      {isPending && <Skeleton height="16rem" radius="var(--radius-card)" />}
      {error && (
        <Notice tone="failed" title="This customer cannot be shown now.">
          {error.message}
        </Notice>
      )}
      {data && !data.customer && (
        <Notice title="There is no such customer.">They may have been forgotten, or never have had a name.</Notice>
      )}
      {data?.customer && facts && (
        <>
          <div className={styles.about}>
            <Panel
              title="Who they are"
              aside={
                <span className={styles.buttons}>
                  <Button variant="default" size="xs" onClick={() => setOpen('edit')}>
                    Change
                  </Button>
                  <Button variant="default" size="xs" className={styles.danger} onClick={() => setOpen('forget')}>
                    Forget {name}
                  </Button>
                </span>
              }
            >
              <Facts customer={facts} cart={data.customer.cart} />
            </Panel>
            <Orders customer={data.customer} />
          </div>
          {open === 'edit' && <CustomerForm customer={facts} onClose={() => setOpen(undefined)} />}
          {open === 'forget' && <ForgetDialog id={id} name={name} onClose={() => setOpen(undefined)} />}
        </>
      )}
      {!(data && !data.customer) && children}
    </>
  );
}

type Customer = NonNullable<CustomerDetailQuery['customer']>;

function Facts({ customer, cart }: { customer: CustomerFactsFragment; cart: Customer['cart'] }) {
  const now = new Date();
  const facts: [string, string][] = [
    ['Email', customer.email ?? 'none'],
    ['Your id', customer.externalId ?? 'none'],
    ['Account', customer.hasAccount ? 'can sign in' : 'no password'],
    ['Known since', relativeTime(customer.createdAt, now)],
    ['Last seen', customer.lastSeenAt ? relativeTime(customer.lastSeenAt, now) : 'not lately'],
    [
      'In the cart',
      cart.count === 0 ? 'nothing' : `${cart.count} pieces${cart.total ? `, ${formatMoney(cart.total)}` : ''}`,
    ],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([what, value]) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Orders({ customer }: { customer: Customer }) {
  const facts = readFragment(CustomerFactsFragmentDoc, customer);
  const { edges } = customer.orders;
  const now = new Date();
  return (
    <Panel
      title={facts.orderCount === 1 ? 'One order' : `${facts.orderCount} orders`}
      aside={
        facts.orderCount > edges.length && (
          <Link to="/orders" search={{ customer: customer.id } as never}>
            All of them
          </Link>
        )
      }
    >
      {edges.length === 0 && <p className={styles.quiet}>They have not ordered here.</p>}
      <ul className={styles.orders}>
        {edges.map(({ node }) => (
          <li key={node.id}>
            <Link to="/orders/$number" params={{ number: node.number }}>
              {node.number.slice(-8)}
            </Link>
            <span title={exactTime(node.placedAt)}>{relativeTime(node.placedAt, now)}</span>
            {node.state === 'CANCELLED' && <span className={styles.quiet}>cancelled</span>}
            <span className={styles.number}>{formatMoney(node.total)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
