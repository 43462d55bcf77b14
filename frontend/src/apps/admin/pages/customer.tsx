import { NativeSelect } from '@mantine/core';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { CustomerDetail } from '~/features/customers/customer-detail';
import { CustomerTaste } from '~/features/customers/customer-taste';
import { CustomerTasteDocument } from '~/gql/graphql';
import { usePageTitle } from '~/shared/lib/page-title';
import { QueryLink } from '~/shared/ui/query-link';
import styles from './page.module.css';

const placements = ['home', 'cart', 'order', 'category', 'buy-again'];

/** One customer: what they did beside what they would be shown, and what may be done with them. */
export function CustomerPage() {
  const { id = '' } = useParams({ strict: false });
  const search: { placement?: unknown } = useSearch({ strict: false });
  usePageTitle('Customer', 'console');
  const go = useNavigate();
  const placement = placements.find((one) => one === search.placement) ?? 'home';
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <Link to="/customers">All customers</Link>
        <QueryLink document={CustomerTasteDocument} variables={{ id, placement, events: 50, products: 12 }} />
      </div>
      <CustomerDetail key={id} id={id}>
        <div className={styles.ask}>
          <NativeSelect
            label="Place"
            description="Where on your pages they would be shown it."
            data={placements}
            value={placement}
            onChange={(event) =>
              void go({
                to: '/customers/$id',
                params: { id },
                search: { placement: event.currentTarget.value } as never,
              })
            }
          />
        </div>
        <CustomerTaste key={`${id} ${placement}`} id={id} placement={placement} />
      </CustomerDetail>
    </div>
  );
}
