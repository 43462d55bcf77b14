import { Button, Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ProductCreateDocument } from '~/gql/graphql';
import { useCommand } from '~/shared/api/hooks';
import { Notice } from '~/shared/ui/notice';
import styles from './catalogue.module.css';
import type { Wrong } from './group';

/** The way to a new product: a draft with a name and a sku, to be filled in where products are edited. */
export function ProductAdd({ onAdded }: { onAdded(sku: string): void }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Add a product</Button>
      {isOpen && <AddForm onAdded={onAdded} onClose={() => setOpen(false)} />}
    </>
  );
}

function AddForm({ onAdded, onClose }: { onAdded(sku: string): void; onClose(): void }) {
  const create = useCommand(ProductCreateDocument);
  const [isBusy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<Wrong>();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    setBusy(true);
    const price = { amount: text('amount').replace(',', '.'), currency: text('currency').toUpperCase() };
    const { data, error } = await create({
      input: { name: text('name'), sku: text('sku'), status: 'DRAFT', price },
    });
    setBusy(false);
    const refused = error ?? data.productCreate.userErrors[0];
    setWrong(refused);
    if (!refused) onAdded(text('sku'));
  };
  const at = (field: string) => (wrong?.field === field ? wrong.message : undefined);
  const isAtField = ['name', 'sku', 'price.amount', 'price.currency'].includes(wrong?.field ?? '');
  return (
    <Modal opened onClose={onClose} title="Add a product">
      <form onSubmit={submit} className={styles.form}>
        {wrong && !isAtField && (
          <Notice tone="failed" title="Nothing was added.">
            {wrong.message}
          </Notice>
        )}
        <TextInput name="name" label="Name" error={at('name')} required data-autofocus />
        <TextInput
          name="sku"
          label="Sku"
          description="Your own name for it: imports and events know it by this. It stays as it is."
          error={at('sku')}
          required
        />
        <div className={styles.pair}>
          <TextInput name="amount" label="Price" inputMode="decimal" error={at('price.amount')} required />
          <TextInput
            name="currency"
            label="Currency"
            defaultValue="EUR"
            maxLength={3}
            error={at('price.currency')}
            required
          />
        </div>
        <p className={styles.quiet}>It begins as a draft, which only the console shows.</p>
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose}>
            Leave
          </Button>
          <Button type="submit" loading={isBusy}>
            Add the draft
          </Button>
        </div>
      </form>
    </Modal>
  );
}
