import { Button, Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type CustomerFactsFragment, CustomerUpdateDocument } from '~/gql/graphql';
import { useCommand } from '~/shared/api/hooks';
import { useToast } from '~/shared/ui/toast';
import styles from './customers.module.css';

/** Changes what is known of a customer. Your own id of them is theirs for ever, so it can be given once. */
export function CustomerForm({ customer, onClose }: { customer: CustomerFactsFragment; onClose(): void }) {
  const update = useCommand(CustomerUpdateDocument);
  const say = useToast();
  const [isBusy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<{ field?: string | null; message: string }>();
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    setBusy(true);
    const { data, error } = await update({
      input: {
        id: customer.id,
        name: text('name'),
        email: text('email') === (customer.email ?? '') ? undefined : text('email'),
        externalId: customer.externalId || !text('externalId') ? undefined : text('externalId'),
      },
    });
    setBusy(false);
    if (error) return setWrong({ message: error.message });
    const refused = data.customerUpdate.userErrors[0];
    if (refused) return setWrong(refused);
    say('The customer is saved.');
    onClose();
  };
  const at = (field: string) => (wrong?.field === field ? wrong.message : undefined);
  return (
    <Modal opened onClose={onClose} title="Change the customer">
      <form className={styles.form} onSubmit={save}>
        <TextInput name="name" label="Name" defaultValue={customer.name} error={at('name')} data-autofocus />
        <TextInput name="email" label="Email" defaultValue={customer.email ?? ''} error={at('email')} />
        <TextInput
          name="externalId"
          label="Your id of them"
          description="Events of your own systems name them by it, so it cannot be changed later."
          defaultValue={customer.externalId ?? ''}
          disabled={!!customer.externalId}
          error={at('externalId')}
        />
        {wrong && !wrong.field && <p role="alert">{wrong.message}</p>}
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose}>
            Leave it as it is
          </Button>
          <Button type="submit" loading={isBusy}>
            Save
          </Button>
        </div>
      </form>
    </Modal>
  );
}
