import { useState } from 'react';
import { DemoCustomerBecomeDocument, DemoCustomersDocument } from '~/gql/graphql';
import { useCommand, useGraphql } from '~/shared/api/hooks';
import { useSession } from '~/shared/api/provider';
import { Button } from '~/shared/ui/button';
import { useToast } from '~/shared/ui/toast';
import styles from './account.module.css';

/** Made-up customers with a known taste, to become by one click. Only the demo shop has them. */
export function DemoCustomers({ onDone }: { onDone(): void }) {
  const { data } = useGraphql(DemoCustomersDocument, {});
  const become = useCommand(DemoCustomerBecomeDocument);
  const { renew } = useSession();
  const say = useToast();
  const [busy, setBusy] = useState<string>();
  if (!data || data.demoCustomers.length === 0) return null;
  const choose = async (id: string, name: string) => {
    setBusy(id);
    const result = await become({ input: { id } });
    setBusy(undefined);
    const wrong = result.error?.message ?? result.data?.demoCustomerBecome.userErrors[0]?.message;
    if (wrong) return say(wrong, 'failed');
    renew();
    say(`You are ${name} now.`);
    onDone();
  };
  return (
    <section className={styles.panel} aria-labelledby="demo-customers">
      <h2 id="demo-customers">Try the shop as someone else</h2>
      <p className={styles.quiet}>This is a demo. These shoppers are made up; each has a taste the shop has learnt.</p>
      <ul className={styles.people}>
        {data.demoCustomers.map(({ id, name, taste }) => (
          <li key={id} className={styles.person}>
            <span>
              <strong>{name}</strong>
              <span className={styles.quiet}>{taste}</span>
            </span>
            <Button size="small" isBusy={busy === id} onClick={() => choose(id, name)} aria-label={`Become ${name}`}>
              Become
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
