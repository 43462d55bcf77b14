import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { type FragmentType, readFragment } from '~/gql';
import { type ProductCardFragmentDoc, ProductFactsFragmentDoc, ProductPageDocument } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { useRecord } from '~/shared/api/use-record';
import { usePageTitle } from '~/shared/lib/page-title';
import { trailOf } from '~/shared/lib/trail';
import { Button } from '~/shared/ui/button';
import { Notice } from '~/shared/ui/notice';
import { drawingOf, Picture } from '~/shared/ui/picture';
import { Price } from '~/shared/ui/price';
import { Skeleton } from '~/shared/ui/skeleton';
import { Gallery } from './gallery';
import styles from './product-facts.module.css';

/** What the page below the facts needs to know of the product. */
export interface Facts {
  vendor?: { name: string } | null;
  category?: { name: string };
}

/** A product's picture and facts; that it was looked at is recorded. */
export function ProductFacts({
  sku,
  missing,
  buy,
  children,
}: {
  sku: string;
  /** Shown when there is no such product. */
  missing: ReactNode;
  buy: (product: FragmentType<typeof ProductCardFragmentDoc>) => ReactNode;
  children: (facts: Facts) => ReactNode;
}) {
  const { data, error, isPending, refresh } = useGraphql(ProductPageDocument, { sku });
  const card = data?.product;
  const product = readFragment(ProductFactsFragmentDoc, card);
  const record = useRecord();
  const isThere = product !== undefined && product !== null;
  useEffect(() => {
    if (isThere) void record([{ type: 'PRODUCT_VIEW', sku, recommendationId: trailOf(sku) }]);
  }, [isThere, sku, record]);
  usePageTitle(product?.name);

  if (isPending) return <FactsSkeleton />;
  if (error) {
    return (
      <Notice
        tone="failed"
        title="This product cannot be shown now."
        action={<Button onClick={refresh}>Try again</Button>}
      >
        {error.message}
      </Notice>
    );
  }
  if (!product || !card) return missing;
  const category = product.categories[0];
  return (
    <>
      <article className={styles.product}>
        <div className={styles.picture}>
          <Gallery
            pictures={product.images.length > 0 ? product.images : [{ url: product.image, alt: '' }]}
            drawing={drawingOf(product.sku)}
            name={product.name}
          />
        </div>
        <div className={styles.facts}>
          {category && (
            <nav className={styles.crumbs} aria-label="Where it belongs">
              {category.parent && (
                <>
                  <Link to="/category/$slug" params={{ slug: category.parent.slug }}>
                    {category.parent.name}
                  </Link>
                  <span aria-hidden>›</span>
                </>
              )}
              <Link to="/category/$slug" params={{ slug: category.slug }}>
                {category.name}
              </Link>
            </nav>
          )}
          <h1>{product.name}</h1>
          {product.vendor && (
            <p className={styles.vendor}>
              by{' '}
              <Link to="/vendor/$slug" params={{ slug: product.vendor.slug }}>
                {product.vendor.name}
              </Link>
            </p>
          )}
          <div className={styles.buy}>
            <p className={styles.price}>
              <Price value={product.price} />
            </p>
            <p className={styles.stock} data-low={product.stock < 6 || undefined}>
              {stockText(product.stock)}
            </p>
            <div className={styles.buttons}>{buy(card)}</div>
          </div>
          {product.description && <p>{product.description}</p>}
          {product.attributes.length > 0 && (
            <dl className={styles.attributes}>
              {product.attributes.map(({ name, value }) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          )}
        </div>
      </article>
      {children({ vendor: product.vendor, category })}
    </>
  );
}

function stockText(stock: number): string {
  if (stock === 0) return 'Sold out';
  return stock < 6 ? `Only ${stock} left` : 'In stock';
}

function FactsSkeleton() {
  return (
    <div className={styles.product} role="status" aria-busy="true" aria-label="Loading the product">
      <div className={styles.picture}>
        <Picture src={undefined} />
      </div>
      <div className={styles.facts}>
        <Skeleton width="30%" height="1.2rem" />
        <Skeleton width="80%" height="2.3rem" />
        <Skeleton width="100%" height="9rem" radius="var(--radius-card)" />
        <Skeleton width="95%" height="4.5rem" />
      </div>
    </div>
  );
}
