import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { SearchSuggestionsDocument, type SearchSuggestionsQuery } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { useKept } from '~/shared/lib/use-kept';
import { useSettled } from '~/shared/lib/use-settled';
import { SearchIcon } from '~/shared/ui/icons';
import { Picture } from '~/shared/ui/picture';
import { Price } from '~/shared/ui/price';
import styles from './search-box.module.css';

/** How long a text must stand still before it is asked about, in ms. */
const pause = 120;

interface Option {
  id: string;
  content: ReactNode;
  take(): void;
}

/** What fits the text so far, in groups. What was there for the text before stays until there is news. */
export function Suggestions({
  id,
  text,
  active,
  onSearch,
  onDone,
}: {
  id: string;
  text: string;
  /** The id of the option that is marked. */
  active: string | undefined;
  onSearch(text: string): void;
  onDone(): void;
}) {
  const settled = useSettled(text, pause);
  const { data } = useGraphql(SearchSuggestionsDocument, { query: settled }, { policy: 'cache-first' });
  const found = useKept(data?.searchSuggestions);
  const go = useNavigate();
  const leave = (move: () => void) => () => {
    onDone();
    move();
  };
  const texts: Option[] = [text, ...(found?.didYouMean ? [found.didYouMean] : [])].map((q, at) => ({
    id: `${id}-text-${at}`,
    content: (
      <>
        <SearchIcon size={16} stroke={1.5} />
        <span>
          Search for <strong>{q}</strong>
        </span>
      </>
    ),
    take: () => onSearch(q),
  }));
  const groups = [{ title: 'Search', options: texts }, ...(found ? groupsOf(found, id, go, leave) : [])];
  const count = groups.reduce((sum, { options }) => sum + options.length, 0) - 1; // the text itself is no news
  return (
    <>
      <div className={styles.panel}>
        <div role="listbox" id={id} aria-label="Suggestions">
          {groups.map(({ title, options }, at) => (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a listbox
            <div key={title} role="group" aria-label={title}>
              {at > 0 && (
                <p className={styles.title} aria-hidden>
                  {title}
                </p>
              )}
              {options.map((option) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: keys are the text's matter
                <div
                  key={option.id}
                  role="option"
                  id={option.id}
                  aria-selected={option.id === active}
                  className={styles.option}
                  onPointerDown={(event) => event.preventDefault()}
                  onClick={option.take}
                >
                  {option.content}
                </div>
              ))}
            </div>
          ))}
        </div>
      </div>
      <p role="status" className="visually-hidden">
        {found && settled === text && (count === 0 ? 'No suggestions.' : `${count} suggestions, by the arrow keys.`)}
      </p>
    </>
  );
}

function groupsOf(
  { categories, vendors, products }: SearchSuggestionsQuery['searchSuggestions'],
  id: string,
  go: ReturnType<typeof useNavigate>,
  leave: (move: () => void) => () => void,
): { title: string; options: Option[] }[] {
  const groups = [
    {
      title: 'Categories',
      options: categories.map(({ slug, name, parent }) => ({
        id: `${id}-category-${slug}`,
        content: (
          <>
            <span>{name}</span>
            {parent && <span className={styles.quiet}>in {parent.name}</span>}
          </>
        ),
        take: leave(() => void go({ to: '/category/$slug', params: { slug } })),
      })),
    },
    {
      title: 'Made by',
      options: vendors.map(({ slug, name }) => ({
        id: `${id}-vendor-${slug}`,
        content: <span>{name}</span>,
        take: leave(() => void go({ to: '/vendor/$slug', params: { slug } })),
      })),
    },
    {
      title: 'Products',
      options: products.map(({ sku, name, image, price }) => ({
        id: `${id}-product-${sku}`,
        content: (
          <>
            <span className={styles.picture}>
              <Picture src={image} eager />
            </span>
            <span className={styles.name}>{name}</span>
            <span className={styles.price}>
              <Price value={price} />
            </span>
          </>
        ),
        take: leave(() => void go({ to: '/product/$sku', params: { sku } })),
      })),
    },
  ];
  return groups.filter(({ options }) => options.length > 0);
}
