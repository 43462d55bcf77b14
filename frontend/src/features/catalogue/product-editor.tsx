import { Button, Modal } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { readFragment } from '~/gql';
import {
  CatalogueProductDocument,
  CatalogueProductFieldsFragmentDoc,
  CatalogueSimilarDocument,
  ProductDeleteDocument,
} from '~/gql/graphql';
import { useCommand, useGraphql } from '~/shared/api/hooks';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { drawingOf, Picture } from '~/shared/ui/picture';
import { Skeleton } from '~/shared/ui/skeleton';
import { useToast } from '~/shared/ui/toast';
import styles from './catalogue.module.css';
import { ProductForm } from './product-form';

/** One product: its fields to change, its picture, what the model finds similar, and the way to delete it. */
export function ProductEditor({ sku, onDeleted }: { sku: string; onDeleted(): void }) {
  const { data, error, isPending, refresh } = useGraphql(CatalogueProductDocument, { sku });
  const [isAsked, setAsked] = useState(false);
  const [preview, setPreview] = useState<string>();
  if (isPending) return <Skeleton height="28rem" radius="var(--radius-card)" />;
  if (error) {
    return (
      <Notice tone="failed" title="This product cannot be shown now.">
        {error.message}
      </Notice>
    );
  }
  const product = readFragment(CatalogueProductFieldsFragmentDoc, data.product);
  if (!product) return <Notice title="There is no such product.">It may have been deleted since.</Notice>;
  return (
    <div className={styles.editor}>
      <Panel
        title={product.name}
        aside={
          <Button variant="outline" className={styles.danger} onClick={() => setAsked(true)}>
            Delete
          </Button>
        }
      >
        <ProductForm key={product.version} product={product} onSaved={refresh} onPicture={setPreview} />
      </Panel>
      <div className={styles.side}>
        <Picture src={preview ?? product.image} fallback={drawingOf(sku)} alt={product.name} />
        <p className={styles.quiet}>
          <code>{product.sku}</code>, version {product.version}.{' '}
          <a href={`/product/${product.sku}`}>See it in the shop</a>
        </p>
        <Similar sku={sku} />
      </div>
      {isAsked && <DeleteDialog sku={sku} name={product.name} onClose={() => setAsked(false)} onDeleted={onDeleted} />}
    </div>
  );
}

function Similar({ sku }: { sku: string }) {
  const { data } = useGraphql(CatalogueSimilarDocument, { sku, first: 8 });
  const edges = data?.product?.similar.edges ?? [];
  if (edges.length === 0) return null;
  return (
    <section aria-labelledby="similar">
      <h2 id="similar">What it is similar to</h2>
      <ul className={styles.similar}>
        {edges.map(({ node }) => (
          <li key={node.sku}>
            <Link to="/products/$sku" params={{ sku: node.sku }} title={node.name}>
              <Picture src={node.image} fallback={drawingOf(node.sku)} alt={node.name} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function DeleteDialog({
  sku,
  name,
  onClose,
  onDeleted,
}: {
  sku: string;
  name: string;
  onClose(): void;
  onDeleted(): void;
}) {
  const remove = useCommand(ProductDeleteDocument);
  const say = useToast();
  const [isBusy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const run = async () => {
    setBusy(true);
    const { data, error } = await remove({ input: { sku } });
    setBusy(false);
    const failure = error?.message ?? data?.productDelete.userErrors[0]?.message;
    if (failure) return setWrong(failure);
    say(`${name} is deleted.`);
    onDeleted();
  };
  return (
    <Modal opened onClose={onClose} title={`Delete ${name}?`}>
      <div className={styles.form}>
        <p>
          It is taken from the shop and from every answer at once. What happened with it stays known. To only stop
          selling it, archive it instead.
        </p>
        {wrong && (
          <Notice tone="failed" title="It was not deleted.">
            {wrong}
          </Notice>
        )}
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button variant="outline" loading={isBusy} onClick={run} className={styles.danger}>
            Delete {name}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
