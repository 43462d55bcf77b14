import { Button, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import {
  CatalogueNamesDocument,
  type CatalogueProductFieldsFragment,
  type ImageInput,
  type ProductStatus,
  ProductUpdateDocument,
  type ProductUpdateInput,
} from '~/gql/graphql';
import { useCommand, useGraphql } from '~/shared/api/hooks';
import { Notice } from '~/shared/ui/notice';
import { drawingOf } from '~/shared/ui/picture';
import { useToast } from '~/shared/ui/toast';
import styles from './catalogue.module.css';
import { PictureFields } from './picture-fields';
import { statuses, statusWord } from './product-status';

/** What is wrong: of a field by its path, or of the whole form under "". */
type Wrongs = Record<string, string>;

/** Changes a product. What another changed meanwhile is not overwritten: the server says CONFLICT. */
export function ProductForm({
  product,
  onSaved,
  onPicture,
}: {
  product: CatalogueProductFieldsFragment;
  onSaved(): void;
  /** Called with the address of the main picture as it is typed; empty: it is drawn. */
  onPicture(image: string): void;
}) {
  const update = useCommand(ProductUpdateDocument);
  const names = useGraphql(CatalogueNamesDocument, {}, { policy: 'cache-first' }).data;
  const say = useToast();
  const [draft, setDraft] = useState(() => draftOf(product));
  const [isBusy, setBusy] = useState(false);
  const [wrongs, setWrongs] = useState<Wrongs>({});
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const { data, error } = await update({ input: inputOf(product, draft) });
    setBusy(false);
    if (error) return setWrongs({ '': error.message });
    const { userErrors } = data.productUpdate;
    setWrongs(Object.fromEntries(userErrors.map(({ field, message }) => [field ?? '', message])));
    if (userErrors.length > 0) return;
    say(`${draft.name} is saved.`);
    onSaved();
  };

  const vendors = names?.vendors.edges.map(({ node }) => ({ value: node.slug, label: node.name })) ?? [];
  const categories = names?.categories.edges.map(({ node }) => ({ value: node.slug, label: node.name })) ?? [];
  return (
    <form onSubmit={submit} className={styles.form}>
      {wrongs[''] && (
        <Notice tone="failed" title="Nothing was saved.">
          {wrongs['']}
        </Notice>
      )}
      <TextInput
        label="Name"
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        error={wrongs.name}
        required
      />
      <Textarea
        label="Description"
        rows={3}
        value={draft.description}
        onChange={(event) => set({ description: event.currentTarget.value })}
        error={wrongs.description}
      />
      <div className={styles.pair}>
        <TextInput
          label={`Price, ${draft.currency}`}
          inputMode="decimal"
          value={draft.amount}
          onChange={(event) => set({ amount: event.currentTarget.value })}
          error={wrongs['price.amount'] ?? wrongs.price}
        />
        <NumberInput
          label="Stock"
          min={0}
          allowDecimal={false}
          value={draft.stock}
          onChange={(value) => set({ stock: Number(value) || 0 })}
          error={wrongs.stock}
        />
      </div>
      <NativeSelect
        label="State"
        value={draft.status}
        onChange={(event) => set({ status: statuses.find((one) => one === event.currentTarget.value) ?? draft.status })}
        data={statuses.map((value) => ({ value, label: statusWord(value).word }))}
        error={wrongs.status}
      />
      <div className={styles.pair}>
        <NativeSelect
          label="Made by"
          value={draft.vendor}
          onChange={(event) => set({ vendor: event.currentTarget.value })}
          data={withOwn(vendors, draft.vendor)}
          error={wrongs.vendor}
        />
        <NativeSelect
          label="Main category"
          value={draft.category}
          onChange={(event) => set({ category: event.currentTarget.value })}
          data={withOwn(categories, draft.category)}
          error={wrongs.categories}
        />
      </div>
      <PictureFields
        images={draft.images}
        onChange={(images) => {
          set({ images });
          onPicture(images[0]?.url ?? '');
        }}
        wrongs={wrongs}
        drawing={drawingOf(product.sku)}
      />
      <div className={styles.buttons}>
        <Button type="submit" loading={isBusy}>
          Save
        </Button>
      </div>
    </form>
  );
}

interface Draft {
  name: string;
  description: string;
  amount: string;
  currency: string;
  stock: number;
  status: ProductStatus;
  vendor: string;
  category: string;
  images: ImageInput[];
}

function draftOf(product: CatalogueProductFieldsFragment): Draft {
  return {
    name: product.name,
    description: product.description,
    amount: product.price?.amount ?? '',
    currency: product.price?.currency ?? 'EUR',
    stock: product.stock,
    status: product.status,
    vendor: product.vendor?.slug ?? '',
    category: product.categories[0]?.slug ?? '',
    images: product.images.map(({ url, alt }) => ({ url, alt })),
  };
}

/** The fields that differ from what the form began with, and the version it saw. */
function inputOf(product: CatalogueProductFieldsFragment, draft: Draft): ProductUpdateInput {
  const before = draftOf(product);
  const changed = <Key extends keyof Draft>(key: Key) => (draft[key] === before[key] ? undefined : draft[key]);
  const amount = changed('amount');
  const category = changed('category');
  return {
    sku: product.sku,
    version: product.version,
    name: changed('name'),
    description: changed('description'),
    price: amount === undefined ? undefined : { amount: amount.replace(',', '.'), currency: draft.currency },
    stock: changed('stock'),
    status: changed('status'),
    vendor: changed('vendor'),
    images: JSON.stringify(draft.images) === JSON.stringify(before.images) ? undefined : draft.images,
    categories:
      category === undefined
        ? undefined
        : [category, ...product.categories.map(({ slug }) => slug).slice(1)].filter((slug) => slug !== ''),
  };
}

/** Keeps the present value choosable while the names are on their way, and "none". */
function withOwn(options: { value: string; label: string }[], own: string) {
  const all = [{ value: '', label: 'none' }, ...options];
  return all.some(({ value }) => value === own) ? all : [...all, { value: own, label: own }];
}
