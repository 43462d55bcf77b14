import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { CustomerPreview } from '~/features/preview/customer-preview';
import { CustomerPreviewDocument } from '~/gql/graphql';
import { usePageTitle } from '~/shared/lib/page-title';
import { Notice } from '~/shared/ui/notice';
import { QueryLink } from '~/shared/ui/query-link';
import styles from './page.module.css';

const placements = ['home', 'cart', 'order', 'category', 'product'];

/** What a customer would be shown, and why. Customer and place stand in the address. */
export function CustomersPage() {
  usePageTitle('Customers · Also console');
  const search: { customer?: unknown; placement?: unknown } = useSearch({ strict: false });
  const go = useNavigate();
  const customer = search.customer === undefined ? '' : String(search.customer);
  const placement = placements.find((one) => one === search.placement) ?? 'home';
  const show = (change: { customer?: string; placement?: string }) =>
    void go({ to: '/customers', search: { customer, placement, ...change } as never });
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>Customers</h1>
        <QueryLink document={CustomerPreviewDocument} variables={{ customer, placement, first: 20 }} />
      </div>
      <form
        className={styles.ask}
        onSubmit={(event) => {
          event.preventDefault();
          show({ customer: String(new FormData(event.currentTarget).get('customer') ?? '').trim() });
        }}
      >
        <TextInput
          key={customer}
          name="customer"
          label="Customer"
          description="Your shop’s own id of the customer."
          defaultValue={customer}
        />
        <NativeSelect
          label="Place"
          description="Where on your pages."
          data={placements}
          value={placement}
          onChange={(event) => show({ placement: event.currentTarget.value })}
        />
        <Button type="submit">Show</Button>
      </form>
      {customer ? (
        <CustomerPreview customer={customer} placement={placement} key={`${customer} ${placement}`} />
      ) : (
        <Notice title="Name a customer.">
          What they would be shown right now stands here, with where each product comes from and what of their history
          speaks for it. In the demo shop, try C-00001.
        </Notice>
      )}
    </div>
  );
}
