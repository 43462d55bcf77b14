import type { ProductPart, ProductStatus } from '~/gql/graphql';
import type { Tone } from '~/shared/ui/state-dot';

const words: Record<ProductStatus, { word: string; tone: Tone }> = {
  ACTIVE: { word: 'On offer', tone: 'good' },
  DRAFT: { word: 'Draft', tone: 'attention' },
  ARCHIVED: { word: 'Archived', tone: 'quiet' },
};

/** The states of a product, in the order of its life. */
export const statuses: ProductStatus[] = ['DRAFT', 'ACTIVE', 'ARCHIVED'];

/** A state in words, with its light. */
export const statusWord = (status: ProductStatus) => words[status];

/** What a product may lack, in words. */
export const partWords: Record<ProductPart, string> = {
  CATEGORY: 'A category',
  VENDOR: 'A vendor',
  PRICE: 'A price',
  PICTURE: 'A picture',
  DESCRIPTION: 'A description',
};

/** What a product may lack. */
export const parts = Object.keys(partWords) as ProductPart[];
