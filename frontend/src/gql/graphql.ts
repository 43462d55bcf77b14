/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Where something is to be delivered. */
export type AddressInput = {
  /** Town, up to 300 characters. */
  city: string;
  /** Country, up to 300 characters. */
  country: string;
  /** Who receives it, up to 300 characters. */
  name: string;
  /** Postcode, up to 20 characters. Not every country has them. */
  postcode?: string | null | undefined;
  /** Street and number, up to 300 characters. */
  street: string;
};

/** Keeps products whose attribute has one of the values. */
export type AttributeFilter = {
  /** The attribute's name: `colour`. */
  name: string;
  /** Any of these values will do. */
  values: Array<string>;
};

/** A fact of a product: a name and a value. */
export type AttributeInput = {
  /** Its name: `colour`. */
  name: string;
  /** Its value: `red`. */
  value: string;
};

/** Input of cartLineSet. */
export type CartLineSetInput = {
  /** Pieces, up to 9,999; 0 takes it out. */
  quantity: number;
  /** The answer that led here, if one did. */
  recommendationId?: string | null | undefined;
  /** Which product. */
  sku: string;
};

/** Input of categoryCreate. */
export type CategoryCreateInput = {
  /** What it is called. */
  name: string;
  /** Slug of the category above; none at the root. */
  parent?: string | null | undefined;
  /** Its name in addresses and filters; made from the name if not given. */
  slug?: string | null | undefined;
};

/** Input of categoryDelete. */
export type CategoryDeleteInput = {
  /** Which category. */
  slug: string;
};

/** Keeps categories that match all that is set. */
export type CategoryFilter = {
  /** true: only those with products on offer, in them or below; false: only those without. */
  hasProducts?: boolean | null | undefined;
  /** Right below this one, by slug; empty: at the root. */
  parent?: string | null | undefined;
};

/** The order of a list of categories. */
export type CategorySort =
  /** By name, A first. */
  | 'NAME'
  /** Those with the most products on offer first. */
  | 'PRODUCT_COUNT';

/** Input of categoryUpdate: what is not given stays as it is. */
export type CategoryUpdateInput = {
  /** What it is called. */
  name?: string | null | undefined;
  /** Slug of the category above; empty to make it a root. */
  parent?: string | null | undefined;
  /** Which category. */
  slug: string;
};

/** Input of customerCreate. One of externalId and email is needed. */
export type CustomerCreateInput = {
  /** Further facts. */
  attributes?: Array<AttributeInput> | null | undefined;
  /** Where to write to; unique among customers, upper and lower case alike. */
  email?: string | null | undefined;
  /** The shop's own id of them, for ever. */
  externalId?: string | null | undefined;
  /** What to call them. */
  name?: string | null | undefined;
};

/** Input of customerDelete. */
export type CustomerDeleteInput = {
  /** Which customer. */
  id: string;
};

/** Keeps customers that match all that is set. */
export type CustomerFilter = {
  /** First known before then. */
  createdBefore?: string | null | undefined;
  /** First known from then on. */
  createdFrom?: string | null | undefined;
  /** Whether they have a password to sign in with. */
  hasAccount?: boolean | null | undefined;
};

/** Input of customerSignIn. */
export type CustomerSignInInput = {
  /** The account's email. */
  email: string;
  /** The account's password. */
  password: string;
};

/** Input of customerSignUp. */
export type CustomerSignUpInput = {
  /** Where to write to; unique among customers, upper and lower case alike. */
  email: string;
  /** What to call them. */
  name?: string | null | undefined;
  /** 8 to 200 characters. */
  password: string;
};

/** In which order customers are listed. */
export type CustomerSort =
  /** By name, upper and lower case alike. */
  | 'NAME'
  /** Those first known last come first. */
  | 'NEWEST'
  /** Those first known first come first. */
  | 'OLDEST';

/** Input of customerUpdate. */
export type CustomerUpdateInput = {
  /** Further facts, in place of those there are. */
  attributes?: Array<AttributeInput> | null | undefined;
  /** Where to write to; empty for none. */
  email?: string | null | undefined;
  /** The shop's own id of them; can be set once. */
  externalId?: string | null | undefined;
  /** Which customer. */
  id: string;
  /** What to call them. */
  name?: string | null | undefined;
};

/** Input of demoCustomerBecome. */
export type DemoCustomerBecomeInput = {
  /** The demo customer's id. */
  id: string;
};

/** Whose age makes an event count less. */
export type EventAges =
  /** Its own. */
  | 'EVENT'
  /** That of the last event of the same customer with the same product. */
  | 'LAST';

/** Which events. They fit all that is given; of customer, session and user give one at most. */
export type EventFilter = {
  /** By this customer, in the shop's own id; what their visits did before they signed in is theirs. */
  customer?: string | null | undefined;
  /** Happened at this moment or later. */
  from?: string | null | undefined;
  /** Led to by this answer. */
  recommendationId?: string | null | undefined;
  /** In this visit, in the shop's own id. */
  session?: string | null | undefined;
  /** About this product, vendor or category. */
  sku?: string | null | undefined;
  /** Happened before this moment. */
  to?: string | null | undefined;
  /** Any of these types. */
  types?: Array<EventType> | null | undefined;
  /** By this customer or visit, as the number that `user` of an event shows. */
  user?: string | null | undefined;
};

/** What an event of several pieces is worth to one of a single piece. */
export type EventQuantity =
  /** As many times as it has pieces, three at most. */
  | 'CAPPED'
  /** As much. */
  | 'IGNORED'
  /** One and the binary logarithm of its pieces. */
  | 'LOG';

/** What several events of a customer with a product are worth together. */
export type EventRepeats =
  /** Their sum, 1 at most: a second purchase adds nothing. */
  | 'CAPPED'
  /** The binary logarithm of 1 and their sum. */
  | 'LOG';

/** The steps of an event's way. */
export type EventStepKind =
  /** Answers for who did it know it, by fold-in. */
  | 'FOLDED_IN'
  /** The transporter wrote it to the journal, on disk: it has a position. */
  | 'JOURNAL'
  /** The live model was trained on it. */
  | 'MODEL'
  /** Compaction put it into the Parquet of its day. */
  | 'PARQUET'
  /** The shop learnt of it: checked, in the serving database and, by the same step, in the outbox. */
  | 'RECORDED';

/** Where a step stands. */
export type EventStepState =
  /** It is done. */
  | 'DONE'
  /** It does not apply to this event. */
  | 'SKIPPED'
  /** It will happen by itself. */
  | 'WAITING';

/** What can happen in a shop. */
export type EventType =
  /** Pieces were put into a cart. */
  | 'CART_ADD'
  /** Pieces were taken out of a cart. */
  | 'CART_REMOVE'
  /** A category is gone. Only the catalogue's commands make these. */
  | 'CATEGORY_DELETED'
  /** A category is new or changed. Only the catalogue's commands make these. */
  | 'CATEGORY_SAVED'
  /** A recommendation was clicked. */
  | 'CLICK'
  /** A customer was forgotten. Only forgetting makes these. */
  | 'CUSTOMER_DELETED'
  /** A shopper does not want an earlier event to count; `ref` names it. */
  | 'EXCLUDED_FROM_TASTE'
  /** A recommendation was seen. */
  | 'IMPRESSION'
  /** A shopper does not want to be shown a product. */
  | 'NOT_INTERESTED'
  /** A line of an order placed here; it moves stock. Only orderPlace makes these. */
  | 'ORDER_PLACED'
  /** A product is gone. Only the catalogue's commands make these. */
  | 'PRODUCT_DELETED'
  /** A product is new or changed. Only the catalogue's commands make these. */
  | 'PRODUCT_SAVED'
  /** A product's page was looked at. */
  | 'PRODUCT_VIEW'
  /** A purchase reported from elsewhere; it never moves stock. */
  | 'PURCHASE'
  /** A product was rated, 1 to 5. */
  | 'RATING'
  /** A purchase was returned. */
  | 'RETURN'
  /** Something was searched for; `query` says what. */
  | 'SEARCH'
  /** A session's events became a customer's. Only signing in makes these. */
  | 'SESSION_JOINED'
  /** A vendor is gone. Only the catalogue's commands make these. */
  | 'VENDOR_DELETED'
  /** A vendor is new or changed. Only the catalogue's commands make these. */
  | 'VENDOR_SAVED';

/** A picture of a product, as it is given. */
export type ImageInput = {
  /** What it shows, for those who do not see it, 300 characters at most. */
  alt?: string;
  /** Its address: https://… or, on this server, /…. */
  url: string;
};

/** Input of importCancel. */
export type ImportCancelInput = {
  /** The import's id. */
  importId: string;
};

/** What the values of a column look like. */
export type ImportColumnType =
  /** Numbers with decimals, whatever the sign that parts them. */
  | 'DECIMAL'
  /** Addresses of mail. */
  | 'EMAIL'
  /** Nothing. */
  | 'EMPTY'
  /** Whole numbers. */
  | 'INTEGER'
  /** Texts. */
  | 'TEXT'
  /** Dates or times. */
  | 'TIME';

/** Input of importDelete. */
export type ImportDeleteInput = {
  /** The import's id. */
  importId: string;
};

/** What the rows of a file are. */
export type ImportKind =
  /** Customers. */
  | 'CUSTOMERS'
  /** What happened: purchases, views and so on. */
  | 'EVENTS'
  /** Products, with their vendors and categories. */
  | 'PRODUCTS';

/** A field and what it is read from: either a column or an expression. */
export type ImportMappingInput = {
  /** The name of a column. */
  column?: string | null | undefined;
  /** An SQL expression over the columns of a row, of at most 2,000 characters, made of columns, constants and the functions that the documentation lists. */
  expression?: string | null | undefined;
  /** The field, such as sku, or attributes.colour. */
  field: string;
};

/** What a running import does now. */
export type ImportPhase =
  /** Finding the customers that the rows name. */
  | 'CHECK'
  /** Making it part of the lake. */
  | 'PUBLISH'
  /** Reading the file and judging its rows. */
  | 'READ'
  /** Writing what was accepted. */
  | 'WRITE';

/** Input of importPreview. */
export type ImportPreviewInput = {
  /** What the rows are. Default: as it looks. */
  kind?: ImportKind | null | undefined;
  /** How many rows to show, 1 to 100. */
  rows?: number | null | undefined;
  /** The upload's id. */
  uploadId: string;
};

/** Input of importStart. */
export type ImportStartInput = {
  /** The currency of prices that have none, such as EUR. */
  currency?: string | null | undefined;
  /** What the rows are. */
  kind: ImportKind;
  /** What each field is read from. */
  mapping: Array<ImportMappingInput>;
  /** Who told us: a name that goes into events' ids. Default: the file's name. */
  source?: string | null | undefined;
  /** The upload's id. */
  uploadId: string;
};

/** Where an import stands; the last three are final. */
export type ImportState =
  /** It was stopped. Events are not in the lake; products and customers that were saved before stay. */
  | 'CANCELLED'
  /** It is over, and in the shop. */
  | 'DONE'
  /** It ended without effect, unless `error` says otherwise. */
  | 'FAILED'
  /** It waits: one runs at a time. */
  | 'QUEUED'
  /** It runs. */
  | 'RUNNING';

/** Input of keyCreate. */
export type KeyCreateInput = {
  /** What it is for, 1 to 100 characters. */
  name: string;
  /** What it may do. */
  role: Role;
};

/** Input of keyRevoke. */
export type KeyRevokeInput = {
  /** The key's id. */
  keyId: string;
};

/** A period that ends now. */
export type KpiPeriod =
  /** 24 hours. */
  | 'DAY'
  /** 30 days. */
  | 'MONTH'
  /** 7 days. */
  | 'WEEK';

/** Input of modelComparisonStart. */
export type ModelComparisonStartInput = {
  /** The first model's id. */
  a: string;
  /** The second model's id. */
  b: string;
};

/** What a comparison does now, in this order. */
export type ModelComparisonStep =
  /** Cutting one hold-out from the history. */
  | 'DATA'
  /** Judging both on the hold-out. */
  | 'JUDGE'
  /** Asking both models for the same customers' lists. */
  | 'LISTS'
  /** Training what stands for the first model. */
  | 'TRAIN_A'
  /** Training what stands for the second model. */
  | 'TRAIN_B';

/** Input of modelDelete. */
export type ModelDeleteInput = {
  /** The model's id. */
  modelId: string;
};

/** Which models. */
export type ModelFilter = {
  /** With this text in the name, the title or the note. */
  query?: string | null | undefined;
  /** In any of these states. Default: all. */
  states?: Array<ModelState> | null | undefined;
};

/** Input of modelPromote. */
export type ModelPromoteInput = {
  /** The model's id. */
  modelId: string;
};

/** The order of models. Those without what is sorted by come last. */
export type ModelSort =
  /** By nDCG@20 on its own hold-out, the highest first. */
  | 'NDCG'
  /** The one made last comes first. */
  | 'NEWEST'
  /** The one made first comes first. */
  | 'OLDEST'
  /** By recall@20 on its own hold-out, the highest first. */
  | 'RECALL'
  /** By the room it takes on disk, the largest first. */
  | 'SIZE';

/** What a model is to the shop. */
export type ModelState =
  /** It waits to be promoted. */
  | 'CANDIDATE'
  /** It answers. */
  | 'LIVE'
  /** Rolling back returns to it. */
  | 'PREVIOUS'
  /** It was live before that. */
  | 'RETIRED';

/** Input of modelUpdate. */
export type ModelUpdateInput = {
  /** The model's id. */
  modelId: string;
  /** What to note about it, at most 1,000 letters; empty: nothing. */
  note?: string | null | undefined;
  /** What to call it, at most 60 letters; empty: nothing. */
  title?: string | null | undefined;
};

/** What a difference says of the second. */
export type ModelVerdict =
  /** The whole interval lies above zero. */
  | 'BETTER'
  /** No user's list differs in it. */
  | 'SAME'
  /** The interval holds zero: chance alone may have made it. */
  | 'UNDECIDED'
  /** The whole interval lies below zero. */
  | 'WORSE';

/** An amount of money. */
export type MoneyInput = {
  /** In the currency's major unit; more decimals than the currency has are refused: `"12.50"`. */
  amount: string;
  /** ISO 4217 code in capitals: `EUR`. */
  currency: string;
};

/** Input of orderCancel. */
export type OrderCancelInput = {
  /** Which order. */
  id: string;
};

/** Input of orderCreate. */
export type OrderCreateInput = {
  /** The shop's own id of the customer. */
  customer: string;
  /** Where to deliver it. */
  delivery?: AddressInput | null | undefined;
  /** Names this attempt, up to 128 characters: send the same again when an answer got lost. */
  idempotencyKey: string;
  /** What to order; each product once. */
  lines: Array<OrderLineInput>;
};

/** Keeps orders that match all that is set. */
export type OrderFilter = {
  /** Placed before then. */
  before?: string | null | undefined;
  /** Of this customer, by id. */
  customer?: string | null | undefined;
  /** Placed from then on. */
  from?: string | null | undefined;
  /** Only those that stand, or only cancelled ones. */
  state?: OrderState | null | undefined;
};

/** A line of the cart as the shopper saw it. */
export type OrderLineInput = {
  /** What one piece cost: PRICE_CHANGED if it is another price now. Any price will do if not given. */
  price?: MoneyInput | null | undefined;
  /** Pieces. */
  quantity: number;
  /** The answer that led to this line, if one did. */
  recommendationId?: string | null | undefined;
  /** Which product. */
  sku: string;
};

/** Input of orderPlace. */
export type OrderPlaceInput = {
  /** Where to deliver it. It is the shopper's own affair: nobody else but holders of keys reads it, and it goes when they are forgotten. */
  delivery?: AddressInput | null | undefined;
  /** Names this attempt, up to 200 characters: send the same again when an answer got lost. Without it every call is an attempt of its own. */
  idempotencyKey?: string | null | undefined;
  /** What the shopper saw in the cart: CONFLICT if it holds something else by now. Without it, whatever the cart holds is ordered at today's prices. */
  lines?: Array<OrderLineInput> | null | undefined;
};

/** In which order orders are listed. */
export type OrderSort =
  /** Those placed last come first. */
  | 'NEWEST'
  /** Those placed first come first. */
  | 'OLDEST';

/** Whether an order stands. */
export type OrderState =
  /** It was cancelled: the pieces are back in stock, and taste and figures have forgotten it. */
  | 'CANCELLED'
  /** It was placed, and stands. */
  | 'PLACED';

/** What a pipe carries. */
export type PipeKind =
  /** The journal's landing to Parquet. */
  | 'COMPACTION'
  /** The lake to the lists made by counting. */
  | 'LISTS'
  /** One outbox to the journal. */
  | 'OUTBOX'
  /** The lake to the live model. */
  | 'TRAINING';

/** How a pipe does. */
export type PipeState =
  /** Something has waited for longer than it should. */
  | 'BEHIND'
  /** It failed, and has not moved since; or nobody does it. */
  | 'FAILING'
  /** Nothing waits. */
  | 'IDLE'
  /** Something waits, not for long. */
  | 'MOVING';

/** How bad a problem is. */
export type ProblemSeverity =
  /** Something will not work, or works worse than it could. */
  | 'ATTENTION'
  /** Something does not work. */
  | 'CRITICAL'
  /** Something could be better. */
  | 'HINT';

/** Input of productCreate. */
export type ProductCreateInput = {
  /** Any other facts. */
  attributes?: Array<AttributeInput> | null | undefined;
  /** Slugs of its categories, the main one first; they must exist. */
  categories?: Array<string> | null | undefined;
  /** What it is, in sentences. */
  description?: string | null | undefined;
  /** Its pictures, the main one first, 20 at most; none: one is drawn. */
  images?: Array<ImageInput> | null | undefined;
  /** Since when it is on offer; now if not given. */
  listedAt?: string | null | undefined;
  /** What it is called. */
  name: string;
  /** Price of one piece. */
  price?: MoneyInput | null | undefined;
  /** The shop's own name for it, unique among products. */
  sku: string;
  /** Whether it can be seen and bought. */
  status?: ProductStatus | null | undefined;
  /** Pieces that can be sold, 0 or more. */
  stock?: number | null | undefined;
  /** The vendor's slug; it must exist. */
  vendor?: string | null | undefined;
};

/** Input of productDelete. */
export type ProductDeleteInput = {
  /** Which product. */
  sku: string;
};

/** Keeps products that match all that is set. */
export type ProductFilter = {
  /** Each of these attributes has one of its values. */
  attributes?: Array<AttributeFilter> | null | undefined;
  /** In any of these categories, by slug, or below them. */
  categories?: Array<string> | null | undefined;
  /** true: only what is in stock; false: only what is not. */
  inStock?: boolean | null | undefined;
  /** Without any of these. */
  lacks?: Array<ProductPart> | null | undefined;
  /** At this price or below. */
  priceMax?: MoneyInput | null | undefined;
  /** At this price or above. */
  priceMin?: MoneyInput | null | undefined;
  /** With any of these states. Without it: ACTIVE only. */
  statuses?: Array<ProductStatus> | null | undefined;
  /** With fewer pieces left than this. */
  stockBelow?: number | null | undefined;
  /** By any of these vendors, by slug. */
  vendors?: Array<string> | null | undefined;
};

/** Something that a product may lack. */
export type ProductPart =
  /** A category: without one it is in no category's list. */
  | 'CATEGORY'
  /** A description. */
  | 'DESCRIPTION'
  /** A picture of its own: without one it is drawn. */
  | 'PICTURE'
  /** A price: without one it cannot be bought. */
  | 'PRICE'
  /** A vendor. */
  | 'VENDOR';

/** The order of a list of products. */
export type ProductSort =
  /** What sells best first. */
  | 'BEST_SELLING'
  /** By name, A first. */
  | 'NAME'
  /** What was listed last first. */
  | 'NEWEST'
  /** The cheapest first. */
  | 'PRICE_ASC'
  /** The dearest first. */
  | 'PRICE_DESC'
  /**
   * What fits the search best first, and of that what the shopper likes best, or for a
   * stranger what sells best; without a search the newest.
   */
  | 'RELEVANCE'
  /** The fewest pieces left first. */
  | 'STOCK_ASC';

/** Whether a product can be seen and bought. */
export type ProductStatus =
  /** On offer. */
  | 'ACTIVE'
  /** No longer on offer. */
  | 'ARCHIVED'
  /** In preparation: admins only see it. */
  | 'DRAFT';

/** Input of productUpdate: what is not given stays as it is. */
export type ProductUpdateInput = {
  /** Any other facts, in place of the present ones. */
  attributes?: Array<AttributeInput> | null | undefined;
  /** Slugs of its categories, the main one first, in place of the present ones. */
  categories?: Array<string> | null | undefined;
  /** What it is, in sentences. */
  description?: string | null | undefined;
  /** Its pictures, the main one first, 20 at most, in place of the present ones; none: one is drawn. */
  images?: Array<ImageInput> | null | undefined;
  /** Since when it is on offer. */
  listedAt?: string | null | undefined;
  /** What it is called. */
  name?: string | null | undefined;
  /** Price of one piece. */
  price?: MoneyInput | null | undefined;
  /** Which product. */
  sku: string;
  /** Whether it can be seen and bought. */
  status?: ProductStatus | null | undefined;
  /** Pieces that can be sold, 0 or more. */
  stock?: number | null | undefined;
  /** The vendor's slug; empty for none. */
  vendor?: string | null | undefined;
  /** The version the caller saw: CONFLICT if it changed since. Without it the last save wins. */
  version?: number | null | undefined;
};

/** What a reason points at. */
export type ReasonKind =
  /** The category. */
  | 'CATEGORY'
  /** Many others did; the text says how many. */
  | 'COUNT'
  /** Something the shopper did; it has a share. */
  | 'EVENT'
  /** The product itself: whether it is on the rise. It has a share. */
  | 'GAIN'
  /** The product is new: what its category, vendor, price and name foretell. Or the shopper is: what other customers buy, those of the same attributes above all. It has a share. */
  | 'PRIOR'
  /** The product asked about. */
  | 'PRODUCT'
  /** How often the shopper buys the product itself, and when they last did. */
  | 'RHYTHM'
  /** The vendor. */
  | 'VENDOR';

/** Keeps products that match all that is set. What cannot be bought is never recommended. */
export type RecommendationFilter = {
  /** Each of these attributes has one of its values. */
  attributes?: Array<AttributeFilter> | null | undefined;
  /** In any of these categories, by slug, or below them. */
  categories?: Array<string> | null | undefined;
  /** None of these skus. */
  excludeSkus?: Array<string> | null | undefined;
  /** false: also what is out of stock. */
  inStock?: boolean | null | undefined;
  /** true: also what the shopper bought before. */
  includeBought?: boolean | null | undefined;
  /** At this price or below. */
  priceMax?: MoneyInput | null | undefined;
  /** At this price or above. */
  priceMin?: MoneyInput | null | undefined;
  /** None but these skus: ranks what the caller chose, or says why one product is shown. */
  skus?: Array<string> | null | undefined;
  /** Only what these sources propose; without it what the placement says. */
  sources?: Array<RecommendationSource> | null | undefined;
  /** By any of these vendors, by slug. */
  vendors?: Array<string> | null | undefined;
};

/** What proposed a product. */
export type RecommendationSource =
  /** What sells best in the category, or in the shop. */
  | 'BEST_SELLERS'
  /** Bought in the same orders as the products asked about. */
  | 'BOUGHT_WITH'
  /** What the shopper bought before, what is due by their rhythm and the product's own first. */
  | 'BUY_AGAIN'
  /** What was listed last. */
  | 'NEWEST'
  /** The model's scores for the shopper's whole history, solved now; while little of that is known, it begins at what other customers buy, those of the same attributes above all. */
  | 'PERSONAL'
  /** The model's scores for the shopper as of its training. */
  | 'PRECOMPUTED'
  /** What the shopper looked at. */
  | 'RECENTLY_SEEN'
  /** More by the same vendor. */
  | 'SAME_VENDOR'
  /** Similar to the products asked about, by the model. */
  | 'SIMILAR'
  /** What is on the rise now. */
  | 'TRENDING';

/** What a key may do. ADMIN may do all that SHOP may. */
export type Role =
  /** And the catalogue, training, models and keys. */
  | 'ADMIN'
  /** The shop's own server: events in, answers for any customer out. */
  | 'SHOP';

/** How an answer was made, best first. */
export type Served =
  /** Without a model or a history. */
  | 'FALLBACK'
  /** Solved now, from the shopper's whole history. */
  | 'FOLD_IN'
  /** From lists made at training. */
  | 'PRECOMPUTED';

/** Input of settingsUpdate. What is not given stays as it is. */
export type SettingsUpdateInput = {
  /** How many days old the live model may be, 1 to 365. */
  modelMaxAgeDays?: number | null | undefined;
  /** Whether a run that starts by itself goes live by itself, when it is not worse. */
  promoteAutomatically?: boolean | null | undefined;
  /** The shop's name, 1 to 60 characters. */
  shopName?: string | null | undefined;
  /** When training starts by itself: `0 2 * * *` is two every night, UTC. Empty: never. */
  trainingSchedule?: string | null | undefined;
};

/** The parameters of training; what is not given is chosen by the data. */
export type TrainingConfigInput = {
  /** Whose age that is. Default LAST. */
  ages?: EventAges | null | undefined;
  /** Whether weights of neighbours and gain that are not given are chosen while training, by what best foretells the last periods of the history; false: they come from the size of the data alone. Null: true. */
  choose?: boolean | null | undefined;
  /** Number of factors, 1 to 4,096. Default: by the size of the data. */
  dim?: number | null | undefined;
  /** Sweeps over users then items, from 1. Default 8. */
  epochs?: number | null | undefined;
  /** How much it helps a product that many customers have it, 0 to 2. Default: chosen while training where there are dates, else by the size of the data; beside another field of the gain 0. */
  gainPopularity?: number | null | undefined;
  /** How much it helps a product to reach new customers now, 0 to 2. Default: chosen while training where there are dates, else by the size of the data; beside another field of the gain 0. */
  gainTrend?: number | null | undefined;
  /** The age at which what a customer did counts half, in days, 0 to 36,500; 0: nothing ages. Default: by how long the history is; beside another field of how events are weighed 0. */
  halfLifeDays?: number | null | undefined;
  /** Regularisation, above 0. Default 0.003. */
  lambda?: number | null | undefined;
  /** What the weights of the neighbours' filter are multiplied by, from 0. Default: chosen while training where there are dates, else by the size of the data; beside another field of the neighbours 1. */
  neighbourFilter?: number | null | undefined;
  /** What the weights of the neighbours' ridge are multiplied by, from 0. Default: chosen while training where there are dates, else by the size of the data; beside another field of the neighbours 2.5. */
  neighbourRidge?: number | null | undefined;
  /** How many other products predict a product, 1 to 1,000. Default 100. */
  neighbourSources?: number | null | undefined;
  /** The power of a row's frequency by which regularisation grows, 0 or more. Default 1. */
  nu?: number | null | undefined;
  /** What buying several pieces at once says. Default IGNORED. */
  quantity?: EventQuantity | null | undefined;
  /** What doing it again says. Default CAPPED. */
  repeats?: EventRepeats | null | undefined;
  /** The dimension of a second set of factors beside the first, 0 to 4,096. Default 0: none. */
  secondDim?: number | null | undefined;
  /** Makes the random start: the same seed, the same model. A decimal number of up to 20 digits. Default 0. */
  seed?: string | null | undefined;
  /** The weight of every cell nobody touched, above 0. Default: by how dense the data are. */
  unobserved?: number | null | undefined;
  /** How much putting a product into the cart says, 0 to 1,000,000; a purchase says 1. Default 0.3. */
  weightCartAdd?: number | null | undefined;
  /** How much a click on a recommendation says, likewise. Default 0.1. */
  weightClick?: number | null | undefined;
  /** How much it says against a product not to be interested in it, likewise. Default 1. */
  weightNotInterested?: number | null | undefined;
  /** How much looking at a product says, likewise. Default 0.1. */
  weightProductView?: number | null | undefined;
  /** How much a rating says, likewise: for the product from four stars, against it up to two. Default 1. */
  weightRating?: number | null | undefined;
};

/** How much a line of a log matters. */
export type TrainingLogLevel =
  /** The run ended because of it. */
  | 'ERROR'
  /** What the run does. */
  | 'INFO'
  /** The run goes on, or ended otherwise than asked. */
  | 'WARNING';

/** What a running run does now, in this order. */
export type TrainingPhase =
  /** Choosing weights that were not given, by what foretells best the last periods before the hold-out. */
  | 'CHOOSE'
  /** Taking the training set from the lake. */
  | 'DATASET'
  /** Judging them on the hold-out. */
  | 'EVALUATE'
  /** Making ready-made lists. */
  | 'PUBLISH'
  /** Writing the model. */
  | 'SAVE'
  /** Solving the factors. */
  | 'TRAIN';

/** Input of trainingRunCancel. */
export type TrainingRunCancelInput = {
  /** The run's id. */
  runId: string;
};

/** Input of trainingRunDelete. */
export type TrainingRunDeleteInput = {
  /** The run's id. */
  runId: string;
};

/** Which training runs. */
export type TrainingRunFilter = {
  /** Of any of these kinds. Default: all. */
  kinds?: Array<TrainingRunKind> | null | undefined;
  /** In any of these states. Default: all. */
  states?: Array<TrainingRunState> | null | undefined;
};

/** How much a run solves again. */
export type TrainingRunKind =
  /** Everything. */
  | 'FULL'
  /** The rows that events since the live model touched. */
  | 'INCREMENTAL';

/** The order of training runs. */
export type TrainingRunSort =
  /** The one that took longest comes first; one that goes on counts until now. */
  | 'LONGEST'
  /** The one asked for last comes first. */
  | 'NEWEST'
  /** The one asked for first comes first. */
  | 'OLDEST';

/** Input of trainingRunStart. */
export type TrainingRunStartInput = {
  /** Parameters; what is not given is chosen by the data. */
  config?: TrainingConfigInput | null | undefined;
  /** How much to solve again. */
  kind?: TrainingRunKind | null | undefined;
  /** true: the candidate goes live by itself if it is not worse than the live model on the same hold-out. */
  promote?: boolean | null | undefined;
  /** Take the best configuration that this tuning found so far, and events weighed as there. Not beside `config`. */
  tuningId?: string | null | undefined;
};

/** Where a run stands; the last three are final. */
export type TrainingRunState =
  /** It was stopped. */
  | 'CANCELLED'
  /** It ended in a candidate. */
  | 'DONE'
  /** It ended without one; `error` says why. */
  | 'FAILED'
  /** It waits for a worker. */
  | 'QUEUED'
  /** A worker has it. */
  | 'RUNNING';

/** Input of tuningCancel. */
export type TuningCancelInput = {
  /** The tuning's id. */
  tuningId: string;
};

/** Input of tuningStart. */
export type TuningStartInput = {
  /** How long to search, 1 to 1,440 minutes. */
  budgetMinutes?: number | null | undefined;
  /** What to search by, of lists of 20: `ndcg` or `recall`. */
  metric?: string | null | undefined;
  /** true: ask only for products new to the customer. */
  newPairs?: boolean | null | undefined;
  /** Makes what is tried. A decimal number of up to 20 digits. */
  seed?: string | null | undefined;
};

/** What a trial changed. */
export type TuningStep =
  /** Weights and gains; all parts stay. */
  | 'BLEND'
  /** The factors, or how events age. */
  | 'FACTORS'
  /** The neighbours; the factors stay. */
  | 'NEIGHBOURS'
  /** Nothing: the search begins with it. */
  | 'START';

/** What kind of thing the caller can mend. */
export type UserErrorCode =
  /** A value is missing, malformed or out of range. */
  | 'BAD_USER_INPUT'
  /** It exists already, or changed meanwhile. */
  | 'CONFLICT'
  /** There is nothing to order. */
  | 'EMPTY_CART'
  /** Training on what there is would mean nothing. */
  | 'NOT_ENOUGH_DATA'
  /** The thing named does not exist. */
  | 'NOT_FOUND'
  /** Fewer are left than were asked for. */
  | 'OUT_OF_STOCK'
  /** The price is no longer the one the caller saw. */
  | 'PRICE_CHANGED'
  /** The email or password is wrong. */
  | 'UNAUTHENTICATED';

/** Input of vendorCreate. */
export type VendorCreateInput = {
  /** What it is called. */
  name: string;
  /** Its name in addresses and filters; made from the name if not given. */
  slug?: string | null | undefined;
};

/** Input of vendorDelete. */
export type VendorDeleteInput = {
  /** Which vendor. */
  slug: string;
};

/** Keeps vendors that match all that is set. */
export type VendorFilter = {
  /** true: only those with products on offer; false: only those without. */
  hasProducts?: boolean | null | undefined;
};

/** The order of a list of vendors. */
export type VendorSort =
  /** By name, A first. */
  | 'NAME'
  /** Those with the most products on offer first. */
  | 'PRODUCT_COUNT';

/** Input of vendorUpdate. */
export type VendorUpdateInput = {
  /** What it is called from now on. */
  name: string;
  /** Which vendor. */
  slug: string;
};

/** Input of viewerDelete. */
export type ViewerDeleteInput = {
  /** The password of now. UNAUTHENTICATED if it is wrong. */
  password: string;
};

/** Something the visitor of this page did. */
export type ViewerEventInput = {
  /** Its id, best a UUID of version 7: the same id again is the same event. Made here if not given. */
  id?: string | null | undefined;
  /** What was searched for, of a SEARCH. */
  query?: string | null | undefined;
  /** 1 to 5, of a RATING. */
  rating?: number | null | undefined;
  /** The answer that led here. */
  recommendationId?: string | null | undefined;
  /** The id of the event that shall not count, of an EXCLUDED_FROM_TASTE. Give its sku too: of what happened long ago the model knows the product only. */
  ref?: string | null | undefined;
  /** The product. */
  sku?: string | null | undefined;
  /** PRODUCT_VIEW, RATING, NOT_INTERESTED, EXCLUDED_FROM_TASTE, SEARCH, IMPRESSION or CLICK; others have commands of their own. */
  type: EventType;
};

/** Input of viewerUpdate. */
export type ViewerUpdateInput = {
  /** Where to write to; unique among customers, upper and lower case alike. */
  email?: string | null | undefined;
  /** What to call them. */
  name?: string | null | undefined;
  /** 8 to 200 characters. Other sessions of the account end. */
  newPassword?: string | null | undefined;
  /** The password of now; needed for a new email or password. UNAUTHENTICATED if it is wrong. */
  password?: string | null | undefined;
};

export type AccountViewerFragment = { signedIn: boolean, customer: { id: string, name: string, email: string | null } | null } & { ' $fragmentName'?: 'AccountViewerFragment' };

export type AccountQueryVariables = Exact<{ [key: string]: never; }>;


export type AccountQuery = { viewer: { ' $fragmentRefs'?: { 'AccountViewerFragment': AccountViewerFragment } } };

export type DemoCustomersQueryVariables = Exact<{ [key: string]: never; }>;


export type DemoCustomersQuery = { demoCustomers: Array<{ id: string, name: string, taste: string }> };

export type SignInMutationVariables = Exact<{
  input: CustomerSignInInput;
}>;


export type SignInMutation = { customerSignIn: { viewer: { ' $fragmentRefs'?: { 'AccountViewerFragment': AccountViewerFragment } } | null, userErrors: Array<{ field: string | null, message: string, code: UserErrorCode }> } };

export type SignUpMutationVariables = Exact<{
  input: CustomerSignUpInput;
}>;


export type SignUpMutation = { customerSignUp: { viewer: { ' $fragmentRefs'?: { 'AccountViewerFragment': AccountViewerFragment } } | null, userErrors: Array<{ field: string | null, message: string, code: UserErrorCode }> } };

export type SignOutMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutMutation = { customerSignOut: { viewer: { ' $fragmentRefs'?: { 'AccountViewerFragment': AccountViewerFragment } } | null, userErrors: Array<{ message: string }> } };

export type DemoCustomerBecomeMutationVariables = Exact<{
  input: DemoCustomerBecomeInput;
}>;


export type DemoCustomerBecomeMutation = { demoCustomerBecome: { viewer: { ' $fragmentRefs'?: { 'AccountViewerFragment': AccountViewerFragment } } | null, userErrors: Array<{ field: string | null, message: string, code: UserErrorCode }> } };

export type ViewerUpdateMutationVariables = Exact<{
  input: ViewerUpdateInput;
}>;


export type ViewerUpdateMutation = { viewerUpdate: { viewer: { ' $fragmentRefs'?: { 'AccountViewerFragment': AccountViewerFragment } } | null, userErrors: Array<{ field: string | null, message: string, code: UserErrorCode }> } };

export type ViewerDeleteMutationVariables = Exact<{
  input: ViewerDeleteInput;
}>;


export type ViewerDeleteMutation = { viewerDelete: { viewer: { signedIn: boolean } | null, userErrors: Array<{ field: string | null, message: string, code: UserErrorCode }> } };

export type AllOrdersQueryVariables = Exact<{
  filter?: OrderFilter | null | undefined;
  sort?: OrderSort | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type AllOrdersQuery = { orders: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: (
        { id: string }
        & { ' $fragmentRefs'?: { 'OrderRowFragment': OrderRowFragment } }
      ) }> } };

export type OrderRowFragment = { id: string, number: string, placedAt: string, state: OrderState, cancelledAt: string | null, total: { amount: string, currency: string }, lines: Array<{ quantity: number }>, customer: { id: string, name: string, email: string | null, externalId: string | null } | null } & { ' $fragmentName'?: 'OrderRowFragment' };

export type OneOfAllOrdersQueryVariables = Exact<{
  number: string;
}>;


export type OneOfAllOrdersQuery = { order: (
    { id: string, cancellable: boolean, delivery: { name: string, street: string, postcode: string, city: string, country: string } | null }
    & { ' $fragmentRefs'?: { 'OrderRowFragment': OrderRowFragment;'OrderLinesFragment': OrderLinesFragment } }
  ) | null };

export type OrderLinesFragment = { lines: Array<{ sku: string, quantity: number, recommendationId: string | null, price: { amount: string, currency: string }, total: { amount: string, currency: string }, product: { name: string, image: string, stock: number } | null }> } & { ' $fragmentName'?: 'OrderLinesFragment' };

export type OrderCancelAnyMutationVariables = Exact<{
  input: OrderCancelInput;
}>;


export type OrderCancelAnyMutation = { orderCancel: { order: (
      { id: string, cancellable: boolean }
      & { ' $fragmentRefs'?: { 'OrderRowFragment': OrderRowFragment;'OrderLinesFragment': OrderLinesFragment } }
    ) | null, userErrors: Array<{ message: string, code: UserErrorCode }> } };

export type OpenCartsQueryVariables = Exact<{
  first: number;
}>;


export type OpenCartsQuery = { carts: { totalCount: number, edges: Array<{ node: { count: number, since: string | null, total: { amount: string, currency: string } | null, lines: Array<{ sku: string, quantity: number, product: { name: string } | null }>, customer: { id: string, name: string, email: string | null, externalId: string | null } | null } }> } };

export type CartContentFragment = { count: number, total: { amount: string, currency: string } | null, lines: Array<{ sku: string, quantity: number, total: { amount: string, currency: string } | null, product: { ' $fragmentRefs'?: { 'ProductCardFragment': ProductCardFragment } } | null }> } & { ' $fragmentName'?: 'CartContentFragment' };

export type CartQueryVariables = Exact<{ [key: string]: never; }>;


export type CartQuery = { viewer: { cart: { ' $fragmentRefs'?: { 'CartContentFragment': CartContentFragment } } } };

export type CartLineSetMutationVariables = Exact<{
  input: CartLineSetInput;
}>;


export type CartLineSetMutation = { cartLineSet: { cart: { ' $fragmentRefs'?: { 'CartContentFragment': CartContentFragment } } | null, userErrors: Array<{ field: string | null, message: string, code: UserErrorCode }> } };

export type OrderPlaceMutationVariables = Exact<{
  input: OrderPlaceInput;
}>;


export type OrderPlaceMutation = { orderPlace: { order: { id: string, number: string, total: { amount: string, currency: string } } | null, viewer: { cart: { ' $fragmentRefs'?: { 'CartContentFragment': CartContentFragment } } } | null, userErrors: Array<{ field: string | null, message: string, code: UserErrorCode }> } };

export type CheckoutQueryVariables = Exact<{ [key: string]: never; }>;


export type CheckoutQuery = { viewer: { customer: { name: string } | null, orders: { edges: Array<{ node: { delivery: { name: string, street: string, postcode: string, city: string, country: string } | null } }> } } };

export type CatalogueProductsQueryVariables = Exact<{
  query?: string | null | undefined;
  filter?: ProductFilter | null | undefined;
  sort?: ProductSort | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type CatalogueProductsQuery = { products: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: (
        { sku: string }
        & { ' $fragmentRefs'?: { 'CatalogueRowFragment': CatalogueRowFragment } }
      ) }> } };

export type CatalogueRowFragment = { sku: string, name: string, image: string, status: ProductStatus, stock: number, price: { amount: string, currency: string } | null, vendor: { name: string } | null, categories: Array<{ slug: string, name: string }> } & { ' $fragmentName'?: 'CatalogueRowFragment' };

export type CatalogueProductQueryVariables = Exact<{
  sku: string;
}>;


export type CatalogueProductQuery = { product: { ' $fragmentRefs'?: { 'CatalogueProductFieldsFragment': CatalogueProductFieldsFragment } } | null };

export type CatalogueProductFieldsFragment = { sku: string, name: string, description: string, image: string, status: ProductStatus, stock: number, version: number, images: Array<{ url: string, alt: string }>, price: { amount: string, currency: string } | null, vendor: { slug: string } | null, categories: Array<{ slug: string }> } & { ' $fragmentName'?: 'CatalogueProductFieldsFragment' };

export type CatalogueSimilarQueryVariables = Exact<{
  sku: string;
  first: number;
}>;


export type CatalogueSimilarQuery = { product: { similar: { edges: Array<{ score: number, node: { sku: string, name: string, image: string } }> } } | null };

export type CatalogueNamesQueryVariables = Exact<{ [key: string]: never; }>;


export type CatalogueNamesQuery = { vendors: { edges: Array<{ node: { slug: string, name: string } }> }, categories: { edges: Array<{ node: { slug: string, name: string } }> } };

export type ProductCreateMutationVariables = Exact<{
  input: ProductCreateInput;
}>;


export type ProductCreateMutation = { productCreate: { product: { sku: string } | null, userErrors: Array<{ field: string | null, message: string }> } };

export type ProductUpdateMutationVariables = Exact<{
  input: ProductUpdateInput;
}>;


export type ProductUpdateMutation = { productUpdate: { product: { ' $fragmentRefs'?: { 'CatalogueProductFieldsFragment': CatalogueProductFieldsFragment } } | null, userErrors: Array<{ field: string | null, message: string, code: UserErrorCode }> } };

export type ProductDeleteMutationVariables = Exact<{
  input: ProductDeleteInput;
}>;


export type ProductDeleteMutation = { productDelete: { deletedId: string | null, userErrors: Array<{ message: string, code: UserErrorCode }> } };

export type CatalogueCategoriesQueryVariables = Exact<{
  query?: string | null | undefined;
  filter?: CategoryFilter | null | undefined;
  sort?: CategorySort | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type CatalogueCategoriesQuery = { categories: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { ' $fragmentRefs'?: { 'CatalogueCategoryFragment': CatalogueCategoryFragment } } }> } };

export type CatalogueCategoryFragment = { slug: string, name: string, productCount: number, parent: { slug: string, name: string } | null, children: Array<{ slug: string }>, every: { totalCount: number }, best: { edges: Array<{ node: { sku: string, name: string, image: string } }> } } & { ' $fragmentName'?: 'CatalogueCategoryFragment' };

export type CategoryCreateMutationVariables = Exact<{
  input: CategoryCreateInput;
}>;


export type CategoryCreateMutation = { categoryCreate: { category: { slug: string } | null, userErrors: Array<{ field: string | null, message: string }> } };

export type CategoryUpdateMutationVariables = Exact<{
  input: CategoryUpdateInput;
}>;


export type CategoryUpdateMutation = { categoryUpdate: { category: { slug: string } | null, userErrors: Array<{ field: string | null, message: string }> } };

export type CategoryDeleteMutationVariables = Exact<{
  input: CategoryDeleteInput;
}>;


export type CategoryDeleteMutation = { categoryDelete: { deletedId: string | null, userErrors: Array<{ field: string | null, message: string }> } };

export type CatalogueVendorsQueryVariables = Exact<{
  query?: string | null | undefined;
  filter?: VendorFilter | null | undefined;
  sort?: VendorSort | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type CatalogueVendorsQuery = { vendors: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { ' $fragmentRefs'?: { 'CatalogueVendorFragment': CatalogueVendorFragment } } }> } };

export type CatalogueVendorFragment = { slug: string, name: string, productCount: number, every: { totalCount: number }, best: { edges: Array<{ node: { sku: string, name: string, image: string } }> } } & { ' $fragmentName'?: 'CatalogueVendorFragment' };

export type VendorCreateMutationVariables = Exact<{
  input: VendorCreateInput;
}>;


export type VendorCreateMutation = { vendorCreate: { vendor: { slug: string } | null, userErrors: Array<{ field: string | null, message: string }> } };

export type VendorUpdateMutationVariables = Exact<{
  input: VendorUpdateInput;
}>;


export type VendorUpdateMutation = { vendorUpdate: { vendor: { slug: string } | null, userErrors: Array<{ field: string | null, message: string }> } };

export type VendorDeleteMutationVariables = Exact<{
  input: VendorDeleteInput;
}>;


export type VendorDeleteMutation = { vendorDelete: { deletedId: string | null, userErrors: Array<{ field: string | null, message: string }> } };

export type ConsoleSessionQueryVariables = Exact<{ [key: string]: never; }>;


export type ConsoleSessionQuery = { viewer: { role: Role | null } };

export type CustomerListQueryVariables = Exact<{
  query?: string | null | undefined;
  filter?: CustomerFilter | null | undefined;
  sort?: CustomerSort | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type CustomerListQuery = { customers: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, name: string, email: string | null, externalId: string | null, createdAt: string, hasAccount: boolean, orderCount: number, lastSeenAt: string | null } }> } };

export type CustomerFindQueryVariables = Exact<{
  externalId: string;
}>;


export type CustomerFindQuery = { customer: { id: string } | null };

export type CustomerDetailQueryVariables = Exact<{
  id: string;
}>;


export type CustomerDetailQuery = { customer: (
    { id: string, cart: { count: number, total: { amount: string, currency: string } | null }, orders: { edges: Array<{ node: { id: string, number: string, placedAt: string, state: OrderState, total: { amount: string, currency: string } } }> } }
    & { ' $fragmentRefs'?: { 'CustomerFactsFragment': CustomerFactsFragment } }
  ) | null };

export type CustomerFactsFragment = { id: string, name: string, email: string | null, externalId: string | null, createdAt: string, hasAccount: boolean, orderCount: number, lastSeenAt: string | null } & { ' $fragmentName'?: 'CustomerFactsFragment' };

export type CustomerTasteQueryVariables = Exact<{
  id: string;
  placement: string;
  events: number;
  products: number;
}>;


export type CustomerTasteQuery = { customer: { id: string, history: { pageInfo: { hasNextPage: boolean }, edges: Array<{ node: (
          { id: string, occurredAt: string, sku: string | null }
          & { ' $fragmentRefs'?: { 'HappeningFragment': HappeningFragment } }
        ) }> }, profile: Array<{ sku: string, influence: number, product: { name: string } | null }>, recommendations: { edges: Array<{ source: RecommendationSource, score: number, node: { sku: string, name: string, image: string, vendor: { name: string } | null }, reasons: Array<{ kind: ReasonKind, share: number | null, text: string, product: { sku: string, name: string } | null, event: { id: string } | null }> }>, freshness: { served: Served, profileThrough: string | null, trainedAt: string | null, pendingEvents: number, late: Array<RecommendationSource>, tookMs: number }, model: { name: string } | null } | null } | null };

export type CustomerUpdateMutationVariables = Exact<{
  input: CustomerUpdateInput;
}>;


export type CustomerUpdateMutation = { customerUpdate: { customer: { ' $fragmentRefs'?: { 'CustomerFactsFragment': CustomerFactsFragment } } | null, userErrors: Array<{ field: string | null, message: string, code: UserErrorCode }> } };

export type CustomerDeleteMutationVariables = Exact<{
  input: CustomerDeleteInput;
}>;


export type CustomerDeleteMutation = { customerDelete: { forgetting: { ' $fragmentRefs'?: { 'ForgettingReceiptFragment': ForgettingReceiptFragment } } | null, userErrors: Array<{ message: string, code: UserErrorCode }> } };

export type ForgettingStateQueryVariables = Exact<{
  id: string;
}>;


export type ForgettingStateQuery = { forgetting: { ' $fragmentRefs'?: { 'ForgettingReceiptFragment': ForgettingReceiptFragment } } | null };

export type ForgettingReceiptFragment = { id: string, requestedAt: string, erasedAt: string | null, sessions: number, carts: number, orders: number, recentEvents: number, lists: number, erasedEvents: number, keptSales: number, rewrittenFiles: number, models: Array<{ id: string, name: string }> } & { ' $fragmentName'?: 'ForgettingReceiptFragment' };

export type HappeningFragment = { type: EventType, sku: string | null, quantity: number | null, rating: number | null, query: string | null, product: { name: string } | null } & { ' $fragmentName'?: 'HappeningFragment' };

export type DepartmentsQueryVariables = Exact<{ [key: string]: never; }>;


export type DepartmentsQuery = { categories: { edges: Array<{ node: { slug: string, name: string, parent: { slug: string } | null } }> } };

export type EventsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: EventFilter | null | undefined;
}>;


export type EventsQuery = { events: { searchedTo: string | null, edges: Array<{ node: { ' $fragmentRefs'?: { 'EventRowFragment': EventRowFragment } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type EventRowFragment = { id: string, type: EventType, occurredAt: string, sku: string | null, user: string | null, query: string | null, source: string, position: number | null, product: { name: string } | null, customer: { id: string, externalId: string | null, name: string } | null } & { ' $fragmentName'?: 'EventRowFragment' };

export type EventsRecordedSubscriptionVariables = Exact<{
  filter?: EventFilter | null | undefined;
}>;


export type EventsRecordedSubscription = { eventsRecorded: { dropped: number, gap: boolean, events: Array<{ ' $fragmentRefs'?: { 'EventRowFragment': EventRowFragment } }> } };

export type EventWayQueryVariables = Exact<{
  id: string;
}>;


export type EventWayQuery = { event: { excluded: boolean, event: (
      { recordedAt: string, order: string | null, recommendationId: string | null, quantity: number | null, price: { amount: string, currency: string } | null }
      & { ' $fragmentRefs'?: { 'EventRowFragment': EventRowFragment } }
    ), steps: Array<{ kind: EventStepKind, state: EventStepState, at: string | null, tookMs: number | null, text: string }> } | null };

export type ExampleFactsQueryVariables = Exact<{ [key: string]: never; }>;


export type ExampleFactsQuery = { viewer: { role: Role | null }, products: { edges: Array<{ node: { sku: string, name: string, vendor: { slug: string } | null, categories: Array<{ slug: string }> } }> }, demoCustomers: Array<{ id: string }> };

export type ExampleAdminFactsQueryVariables = Exact<{ [key: string]: never; }>;


export type ExampleAdminFactsQuery = { customers: { edges: Array<{ node: { id: string, externalId: string | null } }> }, orders: { edges: Array<{ node: { number: string } }> }, events: { edges: Array<{ node: { id: string } }> }, models: { edges: Array<{ node: { id: string, name: string } }> }, settings: { shopName: string, modelMaxAgeDays: number } };

export type ExampleCustomerMutationVariables = Exact<{
  input: CustomerCreateInput;
}>;


export type ExampleCustomerMutation = { customerCreate: { customer: { id: string } | null, userErrors: Array<{ message: string }> } };

export type ExampleOrderMutationVariables = Exact<{
  input: OrderCreateInput;
}>;


export type ExampleOrderMutation = { orderCreate: { order: { id: string, number: string } | null, userErrors: Array<{ message: string }> } };

export type ExampleKeyMutationVariables = Exact<{
  input: KeyCreateInput;
}>;


export type ExampleKeyMutation = { keyCreate: { key: { id: string } | null, userErrors: Array<{ message: string }> } };

export type ExampleRunMutationVariables = Exact<{
  input: TrainingRunStartInput;
}>;


export type ExampleRunMutation = { trainingRunStart: { run: { id: string } | null, userErrors: Array<{ message: string }> } };

export type ExampleImportMutationVariables = Exact<{
  input: ImportStartInput;
}>;


export type ExampleImportMutation = { importStart: { import: { id: string } | null, userErrors: Array<{ message: string }> } };

export type ExampleImportStateQueryVariables = Exact<{
  id: string;
}>;


export type ExampleImportStateQuery = { import: { endedAt: string | null } | null };

export type ImportsQueryVariables = Exact<{
  first: number;
}>;


export type ImportsQuery = { imports: { edges: Array<{ node: (
        { id: string, state: ImportState }
        & { ' $fragmentRefs'?: { 'ImportDetailsFragment': ImportDetailsFragment } }
      ) }> } };

export type ImportPreviewQueryVariables = Exact<{
  input: ImportPreviewInput;
}>;


export type ImportPreviewQuery = { importPreview: { uploadId: string, fileName: string, kind: ImportKind, rows: Array<Array<string>>, currencyNeeded: boolean, columns: Array<{ name: string, type: ImportColumnType }>, fields: Array<{ name: string, needed: boolean, about: string }>, mapping: Array<{ field: string, column: string | null, expression: string }> } };

export type ImportStartMutationVariables = Exact<{
  input: ImportStartInput;
}>;


export type ImportStartMutation = { importStart: { import: (
      { id: string, state: ImportState }
      & { ' $fragmentRefs'?: { 'ImportDetailsFragment': ImportDetailsFragment } }
    ) | null, userErrors: Array<{ field: string | null, message: string, code: UserErrorCode }> } };

export type ImportCancelMutationVariables = Exact<{
  input: ImportCancelInput;
}>;


export type ImportCancelMutation = { importCancel: { import: { id: string, state: ImportState, cancelAsked: boolean } | null, userErrors: Array<{ message: string, code: UserErrorCode }> } };

export type ImportDeleteMutationVariables = Exact<{
  input: ImportDeleteInput;
}>;


export type ImportDeleteMutation = { importDelete: { deletedId: string | null, userErrors: Array<{ message: string, code: UserErrorCode }> } };

export type ImportProgressSubscriptionVariables = Exact<{
  id: string;
}>;


export type ImportProgressSubscription = { importProgress: (
    { id: string, state: ImportState }
    & { ' $fragmentRefs'?: { 'ImportDetailsFragment': ImportDetailsFragment } }
  ) };

export type ImportDetailsFragment = { id: string, kind: ImportKind, state: ImportState, fileName: string, phase: ImportPhase | null, rowsDone: number, rowsToDo: number | null, rows: number, accepted: number, duplicates: number, rejected: number, rejectsUrl: string | null, queuedAt: string, startedAt: string | null, endedAt: string | null, attempts: number, cancelAsked: boolean, error: string | null, reasons: Array<{ reason: string, rows: number }>, rejects: Array<{ line: number, reason: string, row: string }> } & { ' $fragmentName'?: 'ImportDetailsFragment' };

export type KeysQueryVariables = Exact<{ [key: string]: never; }>;


export type KeysQuery = { keys: Array<(
    { id: string }
    & { ' $fragmentRefs'?: { 'KeyRowFragment': KeyRowFragment } }
  )> };

export type KeyRowFragment = { id: string, name: string, role: Role, createdAt: string, revokedAt: string | null } & { ' $fragmentName'?: 'KeyRowFragment' };

export type KeyCreateMutationVariables = Exact<{
  input: KeyCreateInput;
}>;


export type KeyCreateMutation = { keyCreate: { secret: string | null, key: (
      { id: string }
      & { ' $fragmentRefs'?: { 'KeyRowFragment': KeyRowFragment } }
    ) | null, userErrors: Array<{ field: string | null, message: string, code: UserErrorCode }> } };

export type KeyRevokeMutationVariables = Exact<{
  input: KeyRevokeInput;
}>;


export type KeyRevokeMutation = { keyRevoke: { key: (
      { id: string }
      & { ' $fragmentRefs'?: { 'KeyRowFragment': KeyRowFragment } }
    ) | null, userErrors: Array<{ message: string, code: UserErrorCode }> } };

export type ModelComparisonQueryVariables = Exact<{
  a: string;
  b: string;
}>;


export type ModelComparisonQuery = { modelComparison: (
    { id: string }
    & { ' $fragmentRefs'?: { 'ComparisonFragment': ComparisonFragment } }
  ) | null };

export type ModelComparisonStartMutationVariables = Exact<{
  input: ModelComparisonStartInput;
}>;


export type ModelComparisonStartMutation = { modelComparisonStart: { comparison: (
      { id: string }
      & { ' $fragmentRefs'?: { 'ComparisonFragment': ComparisonFragment } }
    ) | null, userErrors: Array<{ message: string, code: UserErrorCode }> } };

export type ModelComparisonProgressSubscriptionVariables = Exact<{
  id: string;
}>;


export type ModelComparisonProgressSubscription = { modelComparisonProgress: (
    { id: string }
    & { ' $fragmentRefs'?: { 'ComparisonFragment': ComparisonFragment } }
  ) };

export type ComparisonFragment = { id: string, state: TrainingRunState, step: ModelComparisonStep | null, progress: number, error: string | null, a: (
    { id: string }
    & { ' $fragmentRefs'?: { 'ComparedModelFragment': ComparedModelFragment } }
  ), b: (
    { id: string }
    & { ' $fragmentRefs'?: { 'ComparedModelFragment': ComparedModelFragment } }
  ), judgement: (
    { repeats: { ' $fragmentRefs'?: { 'JudgedFragment': JudgedFragment } } | null, neverSold: { ' $fragmentRefs'?: { 'ComparisonJudgementFragment': ComparisonJudgementFragment } } | null }
    & { ' $fragmentRefs'?: { 'ComparisonJudgementFragment': ComparisonJudgementFragment;'ComparisonVendorsFragment': ComparisonVendorsFragment } }
  ) | null, difference: { ' $fragmentRefs'?: { 'ComparisonListsFragment': ComparisonListsFragment } } | null } & { ' $fragmentName'?: 'ComparisonFragment' };

export type ComparedModelFragment = { id: string, name: string, title: string | null, state: ModelState, trainedAt: string } & { ' $fragmentName'?: 'ComparedModelFragment' };

export type ComparisonJudgementFragment = { protocol: string, users: number, a: Array<{ ' $fragmentRefs'?: { 'MetricValueFragment': MetricValueFragment } }>, b: Array<{ ' $fragmentRefs'?: { 'MetricValueFragment': MetricValueFragment } }>, differences: Array<{ name: string, mean: number, low: number, high: number, verdict: ModelVerdict, text: string }> } & { ' $fragmentName'?: 'ComparisonJudgementFragment' };

export type ComparisonVendorsFragment = { vendors: Array<{ slug: string, a: number, b: number, vendor: { slug: string, name: string } | null }> } & { ' $fragmentName'?: 'ComparisonVendorsFragment' };

export type ComparisonListsFragment = { sampled: number, changed: number, listable: number, onlyA: number, onlyB: number, sample: Array<{ changed: number, customer: { id: string, name: string, externalId: string | null } | null, a: Array<{ ' $fragmentRefs'?: { 'ListedProductFragment': ListedProductFragment } }>, b: Array<{ ' $fragmentRefs'?: { 'ListedProductFragment': ListedProductFragment } }> }> } & { ' $fragmentName'?: 'ComparisonListsFragment' };

export type ListedProductFragment = { sku: string, name: string, image: string } & { ' $fragmentName'?: 'ListedProductFragment' };

export type ModelPageQueryVariables = Exact<{
  name: string;
}>;


export type ModelPageQuery = { model: (
    { id: string }
    & { ' $fragmentRefs'?: { 'ModelDetailFragment': ModelDetailFragment } }
  ) | null, live: { edges: Array<{ node: { id: string } }> } };

export type ModelUpdateMutationVariables = Exact<{
  input: ModelUpdateInput;
}>;


export type ModelUpdateMutation = { modelUpdate: { model: { id: string, title: string | null, note: string | null } | null, userErrors: Array<{ field: string | null, message: string, code: UserErrorCode }> } };

export type ModelDeleteMutationVariables = Exact<{
  input: ModelDeleteInput;
}>;


export type ModelDeleteMutation = { modelDelete: { deletedId: string | null, userErrors: Array<{ message: string, code: UserErrorCode }> } };

export type ModelDetailFragment = { id: string, name: string, title: string | null, note: string | null, state: ModelState, createdAt: string, trainedAt: string, trainer: string, users: number, items: number, entries: number, events: number, bytes: number, learntFrom: string | null, learntUntil: string | null, weighing: { text: string | null }, parts: Array<{ name: string, bytes: number | null, text: string }>, run: { id: string, losses: Array<number>, chosen: string | null } | null, config: { dim: number, epochs: number, objective: string, unobserved: number, lambda: number, nu: number, seed: string, solver: string }, metrics: (
    { repeats: { ' $fragmentRefs'?: { 'JudgedFragment': JudgedFragment } } | null, neverSold: { ' $fragmentRefs'?: { 'JudgedFragment': JudgedFragment } } | null }
    & { ' $fragmentRefs'?: { 'JudgedFragment': JudgedFragment } }
  ) | null } & { ' $fragmentName'?: 'ModelDetailFragment' };

export type JudgedFragment = { protocol: string, users: number, model: Array<{ ' $fragmentRefs'?: { 'MetricValueFragment': MetricValueFragment } }>, baselines: Array<{ name: string, metrics: Array<{ ' $fragmentRefs'?: { 'MetricValueFragment': MetricValueFragment } }>, better: Array<{ name: string, verdict: ModelVerdict, text: string }> }> } & { ' $fragmentName'?: 'JudgedFragment' };

export type ModelsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: ModelFilter | null | undefined;
  sort?: ModelSort | null | undefined;
}>;


export type ModelsQuery = { models: { edges: Array<{ node: (
        { id: string }
        & { ' $fragmentRefs'?: { 'ModelRowFragment': ModelRowFragment } }
      ) }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type ModelRowFragment = { id: string, name: string, title: string | null, state: ModelState, createdAt: string, trainedAt: string, bytes: number, config: { dim: number }, metrics: { model: Array<{ ' $fragmentRefs'?: { 'MetricValueFragment': MetricValueFragment } }> } | null } & { ' $fragmentName'?: 'ModelRowFragment' };

export type MetricValueFragment = { name: string, mean: number, low: number, high: number } & { ' $fragmentName'?: 'MetricValueFragment' };

export type ModelSwitchPreviewQueryVariables = Exact<{
  modelId: string;
}>;


export type ModelSwitchPreviewQuery = { modelPromotePreview: { isRollBack: boolean, text: Array<string>, from: { id: string, name: string, title: string | null, trainedAt: string } | null, to: { id: string, name: string, title: string | null, trainedAt: string }, differences: Array<{ name: string, verdict: ModelVerdict, text: string }> | null, difference: { sampled: number, changed: number } | null } };

export type ModelPromoteMutationVariables = Exact<{
  input: ModelPromoteInput;
}>;


export type ModelPromoteMutation = { modelPromote: { model: { id: string, name: string, state: ModelState } | null, change: { rollBackTo: { id: string, name: string } | null } | null, userErrors: Array<{ message: string, code: UserErrorCode }> } };

export type ModelRollBackMutationVariables = Exact<{ [key: string]: never; }>;


export type ModelRollBackMutation = { modelRollBack: { model: { id: string, name: string, state: ModelState } | null, change: { rollBackTo: { id: string, name: string } | null } | null, userErrors: Array<{ message: string, code: UserErrorCode }> } };

export type OrdersQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type OrdersQuery = { viewer: { orders: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: (
          { id: string }
          & { ' $fragmentRefs'?: { 'OrderSummaryFragment': OrderSummaryFragment } }
        ) }> } } };

export type OrderQueryVariables = Exact<{
  id: string;
}>;


export type OrderQuery = { node:
    | { __typename: 'Category' }
    | { __typename: 'Customer' }
    | { __typename: 'Import' }
    | { __typename: 'Key' }
    | { __typename: 'Model' }
    | (
      { __typename: 'Order', id: string, lines: Array<{ sku: string }> }
      & { ' $fragmentRefs'?: { 'OrderSummaryFragment': OrderSummaryFragment } }
    )
    | { __typename: 'Product' }
    | { __typename: 'TrainingRun' }
    | { __typename: 'Tuning' }
    | { __typename: 'Vendor' }
   | null };

export type OrderCancelMutationVariables = Exact<{
  input: OrderCancelInput;
}>;


export type OrderCancelMutation = { orderCancel: { order: (
      { id: string }
      & { ' $fragmentRefs'?: { 'OrderSummaryFragment': OrderSummaryFragment } }
    ) | null, userErrors: Array<{ message: string, code: UserErrorCode }> } };

export type OrderSummaryFragment = { id: string, number: string, placedAt: string, state: OrderState, cancellable: boolean, delivery: { name: string, street: string, postcode: string, city: string, country: string } | null, total: { amount: string, currency: string }, lines: Array<{ sku: string, quantity: number, price: { amount: string, currency: string }, total: { amount: string, currency: string }, product: { name: string, image: string } | null }> } & { ' $fragmentName'?: 'OrderSummaryFragment' };

export type OverviewQueryVariables = Exact<{
  period: KpiPeriod;
  slices: number;
}>;


export type OverviewQuery = { kpis: (
    { slices: Array<{ ' $fragmentRefs'?: { 'OverviewFiguresFragment': OverviewFiguresFragment } }>, before: { ' $fragmentRefs'?: { 'OverviewFiguresFragment': OverviewFiguresFragment } } | null }
    & { ' $fragmentRefs'?: { 'OverviewFiguresFragment': OverviewFiguresFragment } }
  ) };

export type OverviewFiguresFragment = { from: string, to: string, events: number, users: number, orders: number, pieces: number, clickThroughRate: number | null, conversion: number | null, recommendedShare: number | null, revenue: Array<{ amount: string, currency: string }>, recommendedRevenue: Array<{ amount: string, currency: string }> } & { ' $fragmentName'?: 'OverviewFiguresFragment' };

export type ProblemsQueryVariables = Exact<{ [key: string]: never; }>;


export type ProblemsQuery = { problems: Array<{ code: string, severity: ProblemSeverity, sentence: string, reason: string, nextLabel: string, nextPath: string }> };

export type HealthQueryVariables = Exact<{ [key: string]: never; }>;


export type HealthQuery = { transporter: { through: number, visible: { count: number, p99Ms: number } }, models: { edges: Array<{ node: { name: string, state: ModelState, trainedThrough: number, createdAt: string } }> } };

export type ProductPageQueryVariables = Exact<{
  sku: string;
}>;


export type ProductPageQuery = { product: { ' $fragmentRefs'?: { 'ProductFactsFragment': ProductFactsFragment;'ProductCardFragment': ProductCardFragment } } | null };

export type ProductFactsFragment = { id: string, sku: string, name: string, description: string, image: string, stock: number, images: Array<{ url: string, alt: string }>, price: { amount: string, currency: string } | null, vendor: { slug: string, name: string } | null, categories: Array<{ slug: string, name: string, parent: { slug: string, name: string } | null }>, attributes: Array<{ name: string, value: string }> } & { ' $fragmentName'?: 'ProductFactsFragment' };

export type SearchSuggestionsQueryVariables = Exact<{
  query: string;
}>;


export type SearchSuggestionsQuery = { searchSuggestions: { didYouMean: string | null, products: Array<{ sku: string, name: string, image: string, price: { amount: string, currency: string } | null }>, categories: Array<{ slug: string, name: string, parent: { name: string } | null }>, vendors: Array<{ slug: string, name: string }> } };

export type ListingQueryVariables = Exact<{
  query?: string | null | undefined;
  filter?: ProductFilter | null | undefined;
  sort?: ProductSort | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type ListingQuery = { products: { totalCount: number, didYouMean: string | null, pageInfo: { hasNextPage: boolean, endCursor: string | null }, facets: { ' $fragmentRefs'?: { 'ListingFacetsFragment': ListingFacetsFragment } }, edges: Array<{ node: (
        { sku: string }
        & { ' $fragmentRefs'?: { 'ProductCardFragment': ProductCardFragment } }
      ) }> } };

export type ListingFacetsFragment = { inStock: number, attributes: Array<{ name: string, values: Array<{ value: string, count: number }> }>, categories: Array<{ count: number, category: { slug: string, name: string } }>, vendors: Array<{ count: number, vendor: { slug: string, name: string } }>, prices: Array<{ count: number, min: { amount: string, currency: string }, max: { amount: string, currency: string } }> } & { ' $fragmentName'?: 'ListingFacetsFragment' };

export type ListingCategoryQueryVariables = Exact<{
  slug: string;
}>;


export type ListingCategoryQuery = { category: { name: string, parent: { slug: string, name: string } | null, children: Array<{ slug: string, name: string }> } | null };

export type ListingVendorQueryVariables = Exact<{
  slug: string;
}>;


export type ListingVendorQuery = { vendor: { name: string } | null };

export type NothingFoundQueryVariables = Exact<{
  query: string;
}>;


export type NothingFoundQuery = { searchSuggestions: { products: Array<(
      { sku: string }
      & { ' $fragmentRefs'?: { 'ProductCardFragment': ProductCardFragment } }
    )> }, products: { edges: Array<{ node: (
        { sku: string }
        & { ' $fragmentRefs'?: { 'ProductCardFragment': ProductCardFragment } }
      ) }> } };

export type SettingsQueryVariables = Exact<{ [key: string]: never; }>;


export type SettingsQuery = { settings: (
    { groups: Array<{ name: string, settings: Array<{ key: string, name: string, value: string, explanation: string, change: string }> }> }
    & { ' $fragmentRefs'?: { 'SettingsFormFragment': SettingsFormFragment } }
  ) };

export type SettingsFormFragment = { shopName: string, trainingSchedule: string, nextTrainingAt: string | null, promoteAutomatically: boolean, modelMaxAgeDays: number, updatedAt: string | null } & { ' $fragmentName'?: 'SettingsFormFragment' };

export type SettingsUpdateMutationVariables = Exact<{
  input: SettingsUpdateInput;
}>;


export type SettingsUpdateMutation = { settingsUpdate: { settings: { ' $fragmentRefs'?: { 'SettingsFormFragment': SettingsFormFragment } } | null, userErrors: Array<{ field: string | null, message: string }> } };

export type ShelfQueryVariables = Exact<{
  placement: string;
  products?: Array<string> | string | null | undefined;
  filter?: RecommendationFilter | null | undefined;
  first: number;
}>;


export type ShelfQuery = { recommendations: { ' $fragmentRefs'?: { 'ShelfAnswerFragment': ShelfAnswerFragment } } | null };

export type ShelfUpdatedSubscriptionVariables = Exact<{
  placement: string;
  products?: Array<string> | string | null | undefined;
  first: number;
}>;


export type ShelfUpdatedSubscription = { recommendationsUpdated: { ' $fragmentRefs'?: { 'ShelfAnswerFragment': ShelfAnswerFragment } } };

export type ShelfAnswerFragment = { recommendationId: string, edges: Array<{ source: RecommendationSource, node: (
      { sku: string, name: string }
      & { ' $fragmentRefs'?: { 'ProductCardFragment': ProductCardFragment } }
    ), reasons: Array<{ kind: ReasonKind, text: string, product: { sku: string, name: string } | null }> }>, freshness: { ' $fragmentRefs'?: { 'ShelfFreshnessFragment': ShelfFreshnessFragment } } } & { ' $fragmentName'?: 'ShelfAnswerFragment' };

export type ShelfFreshnessFragment = { served: Served, profileThrough: string | null, trainedAt: string | null, pendingEvents: number } & { ' $fragmentName'?: 'ShelfFreshnessFragment' };

export type WhyQueryVariables = Exact<{
  placement: string;
  products?: Array<string> | string | null | undefined;
  filter: RecommendationFilter;
}>;


export type WhyQuery = { recommendations: { edges: Array<{ score: number, reasons: Array<{ ' $fragmentRefs'?: { 'WhyReasonFragment': WhyReasonFragment } }> }> } | null };

export type WhyReasonFragment = { kind: ReasonKind, share: number | null, text: string, product: { sku: string, name: string } | null, event: { id: string, type: EventType, occurredAt: string } | null } & { ' $fragmentName'?: 'WhyReasonFragment' };

export type TasteQueryVariables = Exact<{
  first: number;
}>;


export type TasteQuery = { viewer: { signedIn: boolean, taste: { beliefs: Array<(
        { sku: string }
        & { ' $fragmentRefs'?: { 'TasteBeliefFragment': TasteBeliefFragment } }
      )>, events: Array<(
        { id: string }
        & { ' $fragmentRefs'?: { 'TasteEventFragment': TasteEventFragment } }
      )> } } };

export type TasteBeliefFragment = { sku: string, influence: number, bought: boolean, rejected: boolean, excluded: boolean, product: { sku: string, name: string, image: string } | null, event: { id: string, type: EventType, occurredAt: string, quantity: number | null, rating: number | null } | null } & { ' $fragmentName'?: 'TasteBeliefFragment' };

export type TasteEventFragment = { id: string, type: EventType, occurredAt: string, sku: string | null, quantity: number | null, rating: number | null, query: string | null, product: { sku: string, name: string, image: string } | null } & { ' $fragmentName'?: 'TasteEventFragment' };

export type TrainingRunsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: TrainingRunFilter | null | undefined;
  sort?: TrainingRunSort | null | undefined;
}>;


export type TrainingRunsQuery = { trainingRuns: { edges: Array<{ node: (
        { id: string }
        & { ' $fragmentRefs'?: { 'RunRowFragment': RunRowFragment } }
      ) }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type TrainingQueueQueryVariables = Exact<{ [key: string]: never; }>;


export type TrainingQueueQuery = { trainingRuns: { edges: Array<{ node: (
        { id: string, state: TrainingRunState }
        & { ' $fragmentRefs'?: { 'QueuedRunFragment': QueuedRunFragment } }
      ) }> }, newest: { edges: Array<{ node: { id: string } }> } };

export type TrainingRunQueryVariables = Exact<{
  id: string;
}>;


export type TrainingRunQuery = { trainingRun: (
    { id: string }
    & { ' $fragmentRefs'?: { 'RunProgressFragment': RunProgressFragment } }
  ) | null };

export type TrainingDefaultsQueryVariables = Exact<{ [key: string]: never; }>;


export type TrainingDefaultsQuery = { trainingDefaults: { users: number, items: number, entries: number, exact: boolean, problem: string | null, parameters: Array<(
      { name: string }
      & { ' $fragmentRefs'?: { 'FormParameterFragment': FormParameterFragment } }
    )> } };

export type TrainingRunStartMutationVariables = Exact<{
  input: TrainingRunStartInput;
}>;


export type TrainingRunStartMutation = { trainingRunStart: { run: { id: string, state: TrainingRunState } | null, userErrors: Array<{ field: string | null, message: string, code: UserErrorCode }> } };

export type TrainingRunCancelMutationVariables = Exact<{
  input: TrainingRunCancelInput;
}>;


export type TrainingRunCancelMutation = { trainingRunCancel: { run: { id: string, state: TrainingRunState, cancelAsked: boolean } | null, userErrors: Array<{ message: string, code: UserErrorCode }> } };

export type TrainingRunDeleteMutationVariables = Exact<{
  input: TrainingRunDeleteInput;
}>;


export type TrainingRunDeleteMutation = { trainingRunDelete: { deletedId: string | null, userErrors: Array<{ message: string, code: UserErrorCode }> } };

export type TrainingRunProgressSubscriptionVariables = Exact<{
  id: string;
}>;


export type TrainingRunProgressSubscription = { trainingRunProgress: (
    { id: string, state: TrainingRunState }
    & { ' $fragmentRefs'?: { 'RunProgressFragment': RunProgressFragment } }
  ) };

export type FormParameterFragment = { name: string, label: string, value: number, choices: Array<string>, low: number | null, above: number | null, high: number | null, whole: boolean, unit: string | null, what: string, why: string } & { ' $fragmentName'?: 'FormParameterFragment' };

export type QueuedRunFragment = { id: string, kind: TrainingRunKind, state: TrainingRunState, place: number | null, queuedAt: string } & { ' $fragmentName'?: 'QueuedRunFragment' };

export type RunRowFragment = { id: string, kind: TrainingRunKind, state: TrainingRunState, queuedAt: string, startedAt: string | null, endedAt: string | null, promoted: boolean, error: string | null, config: { dim: number, epochs: number }, model: { id: string, name: string, title: string | null } | null } & { ' $fragmentName'?: 'RunRowFragment' };

export type RunProgressFragment = { id: string, kind: TrainingRunKind, state: TrainingRunState, phase: TrainingPhase | null, choose: boolean, epoch: number, epochs: number, losses: Array<number>, rate: number | null, timeLeftMs: number | null, queuedAt: string, startedAt: string | null, endedAt: string | null, attempts: number, promote: boolean, promoted: boolean, note: string | null, error: string | null, errorCode: string | null, cancelAsked: boolean, place: number | null, logDropped: number, log: Array<{ at: string, level: TrainingLogLevel, text: string }>, model: { id: string, name: string, state: ModelState } | null } & { ' $fragmentName'?: 'RunProgressFragment' };

export type TuningsQueryVariables = Exact<{ [key: string]: never; }>;


export type TuningsQuery = { tunings: Array<(
    { id: string }
    & { ' $fragmentRefs'?: { 'TuningViewFragment': TuningViewFragment } }
  )> };

export type TuningStartMutationVariables = Exact<{
  input?: TuningStartInput | null | undefined;
}>;


export type TuningStartMutation = { tuningStart: { tuning: (
      { id: string }
      & { ' $fragmentRefs'?: { 'TuningViewFragment': TuningViewFragment } }
    ) | null, userErrors: Array<{ field: string | null, message: string, code: UserErrorCode }> } };

export type TuningCancelMutationVariables = Exact<{
  input: TuningCancelInput;
}>;


export type TuningCancelMutation = { tuningCancel: { tuning: { id: string, state: TrainingRunState, cancelAsked: boolean } | null, userErrors: Array<{ message: string, code: UserErrorCode }> } };

export type TuningProgressSubscriptionVariables = Exact<{
  id: string;
}>;


export type TuningProgressSubscription = { tuningProgress: (
    { id: string, state: TrainingRunState }
    & { ' $fragmentRefs'?: { 'TuningViewFragment': TuningViewFragment } }
  ) };

export type TuningViewFragment = { id: string, state: TrainingRunState, budgetMs: number, metric: string, newPairs: boolean, how: string | null, askedAt: string, startedAt: string | null, endedAt: string | null, error: string | null, cancelAsked: boolean, best: { number: number, text: string, value: number, recall: number, ndcg: number } | null, trials: Array<{ number: number, step: TuningStep, text: string, whole: boolean, trained: number, blends: number, value: number, difference: number | null, uncertainty: number | null, best: boolean, elapsedMs: number, error: string | null, config: { epochs: number } }> } & { ' $fragmentName'?: 'TuningViewFragment' };

export type TransporterQueryVariables = Exact<{ [key: string]: never; }>;


export type TransporterQuery = { transporter: { carried: boolean, through: number, visible: { count: number, p50Ms: number, p90Ms: number, p99Ms: number }, pipes: Array<{ key: string, kind: PipeKind, name: string, text: string, state: PipeState, entries: number, lagMs: number, rate: number, movedAt: string | null, failure: string | null, failedAt: string | null, holder: string | null, history: Array<{ at: string, lagMs: number }> }> } };

export type ViewerEventsMutationVariables = Exact<{
  events: Array<ViewerEventInput> | ViewerEventInput;
}>;


export type ViewerEventsMutation = { viewerEventsRecord: { accepted: number, userErrors: Array<{ message: string }> } };

export type ShopNameQueryVariables = Exact<{ [key: string]: never; }>;


export type ShopNameQuery = { shop: { name: string } };

export type ProductCardFragment = { sku: string, name: string, image: string, stock: number, price: { amount: string, currency: string } | null, vendor: { slug: string, name: string } | null } & { ' $fragmentName'?: 'ProductCardFragment' };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const AccountViewerFragmentDoc = new TypedDocumentString(`
    fragment AccountViewer on Viewer {
  signedIn
  customer {
    id
    name
    email
  }
}
    `, {"fragmentName":"AccountViewer"}) as unknown as TypedDocumentString<AccountViewerFragment, unknown>;
export const OrderRowFragmentDoc = new TypedDocumentString(`
    fragment OrderRow on Order {
  id
  number
  placedAt
  state
  cancelledAt
  total {
    amount
    currency
  }
  lines {
    quantity
  }
  customer {
    id
    name
    email
    externalId
  }
}
    `, {"fragmentName":"OrderRow"}) as unknown as TypedDocumentString<OrderRowFragment, unknown>;
export const OrderLinesFragmentDoc = new TypedDocumentString(`
    fragment OrderLines on Order {
  lines {
    sku
    quantity
    recommendationId
    price {
      amount
      currency
    }
    total {
      amount
      currency
    }
    product {
      name
      image
      stock
    }
  }
}
    `, {"fragmentName":"OrderLines"}) as unknown as TypedDocumentString<OrderLinesFragment, unknown>;
export const ProductCardFragmentDoc = new TypedDocumentString(`
    fragment ProductCard on Product {
  sku
  name
  image
  stock
  price {
    amount
    currency
  }
  vendor {
    slug
    name
  }
}
    `, {"fragmentName":"ProductCard"}) as unknown as TypedDocumentString<ProductCardFragment, unknown>;
export const CartContentFragmentDoc = new TypedDocumentString(`
    fragment CartContent on Cart {
  count
  total {
    amount
    currency
  }
  lines {
    sku
    quantity
    total {
      amount
      currency
    }
    product {
      ...ProductCard
    }
  }
}
    fragment ProductCard on Product {
  sku
  name
  image
  stock
  price {
    amount
    currency
  }
  vendor {
    slug
    name
  }
}`, {"fragmentName":"CartContent"}) as unknown as TypedDocumentString<CartContentFragment, unknown>;
export const CatalogueRowFragmentDoc = new TypedDocumentString(`
    fragment CatalogueRow on Product {
  sku
  name
  image
  status
  stock
  price {
    amount
    currency
  }
  vendor {
    name
  }
  categories {
    slug
    name
  }
}
    `, {"fragmentName":"CatalogueRow"}) as unknown as TypedDocumentString<CatalogueRowFragment, unknown>;
export const CatalogueProductFieldsFragmentDoc = new TypedDocumentString(`
    fragment CatalogueProductFields on Product {
  sku
  name
  description
  image
  images {
    url
    alt
  }
  status
  stock
  version
  price {
    amount
    currency
  }
  vendor {
    slug
  }
  categories {
    slug
  }
}
    `, {"fragmentName":"CatalogueProductFields"}) as unknown as TypedDocumentString<CatalogueProductFieldsFragment, unknown>;
export const CatalogueCategoryFragmentDoc = new TypedDocumentString(`
    fragment CatalogueCategory on Category {
  slug
  name
  productCount
  parent {
    slug
    name
  }
  children {
    slug
  }
  every: products(first: 1, filter: {statuses: [DRAFT, ACTIVE, ARCHIVED]}) {
    totalCount
  }
  best: products(first: 3, sort: BEST_SELLING) {
    edges {
      node {
        sku
        name
        image
      }
    }
  }
}
    `, {"fragmentName":"CatalogueCategory"}) as unknown as TypedDocumentString<CatalogueCategoryFragment, unknown>;
export const CatalogueVendorFragmentDoc = new TypedDocumentString(`
    fragment CatalogueVendor on Vendor {
  slug
  name
  productCount
  every: products(first: 1, filter: {statuses: [DRAFT, ACTIVE, ARCHIVED]}) {
    totalCount
  }
  best: products(first: 3, sort: BEST_SELLING) {
    edges {
      node {
        sku
        name
        image
      }
    }
  }
}
    `, {"fragmentName":"CatalogueVendor"}) as unknown as TypedDocumentString<CatalogueVendorFragment, unknown>;
export const CustomerFactsFragmentDoc = new TypedDocumentString(`
    fragment CustomerFacts on Customer {
  id
  name
  email
  externalId
  createdAt
  hasAccount
  orderCount
  lastSeenAt
}
    `, {"fragmentName":"CustomerFacts"}) as unknown as TypedDocumentString<CustomerFactsFragment, unknown>;
export const ForgettingReceiptFragmentDoc = new TypedDocumentString(`
    fragment ForgettingReceipt on Forgetting {
  id
  requestedAt
  erasedAt
  sessions
  carts
  orders
  recentEvents
  lists
  erasedEvents
  keptSales
  rewrittenFiles
  models {
    id
    name
  }
}
    `, {"fragmentName":"ForgettingReceipt"}) as unknown as TypedDocumentString<ForgettingReceiptFragment, unknown>;
export const HappeningFragmentDoc = new TypedDocumentString(`
    fragment Happening on Event {
  type
  sku
  quantity
  rating
  query
  product {
    name
  }
}
    `, {"fragmentName":"Happening"}) as unknown as TypedDocumentString<HappeningFragment, unknown>;
export const EventRowFragmentDoc = new TypedDocumentString(`
    fragment EventRow on Event {
  id
  type
  occurredAt
  sku
  user
  query
  source
  position
  product {
    name
  }
  customer {
    id
    externalId
    name
  }
}
    `, {"fragmentName":"EventRow"}) as unknown as TypedDocumentString<EventRowFragment, unknown>;
export const ImportDetailsFragmentDoc = new TypedDocumentString(`
    fragment ImportDetails on Import {
  id
  kind
  state
  fileName
  phase
  rowsDone
  rowsToDo
  rows
  accepted
  duplicates
  rejected
  reasons {
    reason
    rows
  }
  rejects(first: 3) {
    line
    reason
    row
  }
  rejectsUrl
  queuedAt
  startedAt
  endedAt
  attempts
  cancelAsked
  error
}
    `, {"fragmentName":"ImportDetails"}) as unknown as TypedDocumentString<ImportDetailsFragment, unknown>;
export const KeyRowFragmentDoc = new TypedDocumentString(`
    fragment KeyRow on Key {
  id
  name
  role
  createdAt
  revokedAt
}
    `, {"fragmentName":"KeyRow"}) as unknown as TypedDocumentString<KeyRowFragment, unknown>;
export const ComparedModelFragmentDoc = new TypedDocumentString(`
    fragment ComparedModel on Model {
  id
  name
  title
  state
  trainedAt
}
    `, {"fragmentName":"ComparedModel"}) as unknown as TypedDocumentString<ComparedModelFragment, unknown>;
export const MetricValueFragmentDoc = new TypedDocumentString(`
    fragment MetricValue on Metric {
  name
  mean
  low
  high
}
    `, {"fragmentName":"MetricValue"}) as unknown as TypedDocumentString<MetricValueFragment, unknown>;
export const ComparisonJudgementFragmentDoc = new TypedDocumentString(`
    fragment ComparisonJudgement on ModelJudgement {
  protocol
  users
  a {
    ...MetricValue
  }
  b {
    ...MetricValue
  }
  differences {
    name
    mean
    low
    high
    verdict
    text
  }
}
    fragment MetricValue on Metric {
  name
  mean
  low
  high
}`, {"fragmentName":"ComparisonJudgement"}) as unknown as TypedDocumentString<ComparisonJudgementFragment, unknown>;
export const ComparisonVendorsFragmentDoc = new TypedDocumentString(`
    fragment ComparisonVendors on ModelJudgement {
  vendors {
    slug
    a
    b
    vendor {
      slug
      name
    }
  }
}
    `, {"fragmentName":"ComparisonVendors"}) as unknown as TypedDocumentString<ComparisonVendorsFragment, unknown>;
export const JudgedFragmentDoc = new TypedDocumentString(`
    fragment Judged on ModelMetrics {
  protocol
  users
  model {
    ...MetricValue
  }
  baselines {
    name
    metrics {
      ...MetricValue
    }
    better {
      name
      verdict
      text
    }
  }
}
    fragment MetricValue on Metric {
  name
  mean
  low
  high
}`, {"fragmentName":"Judged"}) as unknown as TypedDocumentString<JudgedFragment, unknown>;
export const ListedProductFragmentDoc = new TypedDocumentString(`
    fragment ListedProduct on Product {
  sku
  name
  image
}
    `, {"fragmentName":"ListedProduct"}) as unknown as TypedDocumentString<ListedProductFragment, unknown>;
export const ComparisonListsFragmentDoc = new TypedDocumentString(`
    fragment ComparisonLists on ModelDifference {
  sampled
  changed
  listable
  onlyA
  onlyB
  sample {
    changed
    customer {
      id
      name
      externalId
    }
    a {
      ...ListedProduct
    }
    b {
      ...ListedProduct
    }
  }
}
    fragment ListedProduct on Product {
  sku
  name
  image
}`, {"fragmentName":"ComparisonLists"}) as unknown as TypedDocumentString<ComparisonListsFragment, unknown>;
export const ComparisonFragmentDoc = new TypedDocumentString(`
    fragment Comparison on ModelComparison {
  id
  state
  step
  progress
  error
  a {
    id
    ...ComparedModel
  }
  b {
    id
    ...ComparedModel
  }
  judgement {
    ...ComparisonJudgement
    ...ComparisonVendors
    repeats {
      ...Judged
    }
    neverSold {
      ...ComparisonJudgement
    }
  }
  difference {
    ...ComparisonLists
  }
}
    fragment ComparedModel on Model {
  id
  name
  title
  state
  trainedAt
}
fragment ComparisonJudgement on ModelJudgement {
  protocol
  users
  a {
    ...MetricValue
  }
  b {
    ...MetricValue
  }
  differences {
    name
    mean
    low
    high
    verdict
    text
  }
}
fragment ComparisonVendors on ModelJudgement {
  vendors {
    slug
    a
    b
    vendor {
      slug
      name
    }
  }
}
fragment ComparisonLists on ModelDifference {
  sampled
  changed
  listable
  onlyA
  onlyB
  sample {
    changed
    customer {
      id
      name
      externalId
    }
    a {
      ...ListedProduct
    }
    b {
      ...ListedProduct
    }
  }
}
fragment ListedProduct on Product {
  sku
  name
  image
}
fragment Judged on ModelMetrics {
  protocol
  users
  model {
    ...MetricValue
  }
  baselines {
    name
    metrics {
      ...MetricValue
    }
    better {
      name
      verdict
      text
    }
  }
}
fragment MetricValue on Metric {
  name
  mean
  low
  high
}`, {"fragmentName":"Comparison"}) as unknown as TypedDocumentString<ComparisonFragment, unknown>;
export const ModelDetailFragmentDoc = new TypedDocumentString(`
    fragment ModelDetail on Model {
  id
  name
  title
  note
  state
  createdAt
  trainedAt
  trainer
  users
  items
  entries
  events
  bytes
  learntFrom
  learntUntil
  weighing {
    text
  }
  parts {
    name
    bytes
    text
  }
  run {
    id
    losses
    chosen
  }
  config {
    dim
    epochs
    objective
    unobserved
    lambda
    nu
    seed
    solver
  }
  metrics {
    ...Judged
    repeats {
      ...Judged
    }
    neverSold {
      ...Judged
    }
  }
}
    fragment Judged on ModelMetrics {
  protocol
  users
  model {
    ...MetricValue
  }
  baselines {
    name
    metrics {
      ...MetricValue
    }
    better {
      name
      verdict
      text
    }
  }
}
fragment MetricValue on Metric {
  name
  mean
  low
  high
}`, {"fragmentName":"ModelDetail"}) as unknown as TypedDocumentString<ModelDetailFragment, unknown>;
export const ModelRowFragmentDoc = new TypedDocumentString(`
    fragment ModelRow on Model {
  id
  name
  title
  state
  createdAt
  trainedAt
  bytes
  config {
    dim
  }
  metrics {
    model {
      ...MetricValue
    }
  }
}
    fragment MetricValue on Metric {
  name
  mean
  low
  high
}`, {"fragmentName":"ModelRow"}) as unknown as TypedDocumentString<ModelRowFragment, unknown>;
export const OrderSummaryFragmentDoc = new TypedDocumentString(`
    fragment OrderSummary on Order {
  id
  delivery {
    name
    street
    postcode
    city
    country
  }
  number
  placedAt
  state
  cancellable
  total {
    amount
    currency
  }
  lines {
    sku
    quantity
    price {
      amount
      currency
    }
    total {
      amount
      currency
    }
    product {
      name
      image
    }
  }
}
    `, {"fragmentName":"OrderSummary"}) as unknown as TypedDocumentString<OrderSummaryFragment, unknown>;
export const OverviewFiguresFragmentDoc = new TypedDocumentString(`
    fragment OverviewFigures on Kpis {
  from
  to
  events
  users
  orders
  pieces
  clickThroughRate
  conversion
  recommendedShare
  revenue {
    amount
    currency
  }
  recommendedRevenue {
    amount
    currency
  }
}
    `, {"fragmentName":"OverviewFigures"}) as unknown as TypedDocumentString<OverviewFiguresFragment, unknown>;
export const ProductFactsFragmentDoc = new TypedDocumentString(`
    fragment ProductFacts on Product {
  id
  sku
  name
  description
  image
  images {
    url
    alt
  }
  stock
  price {
    amount
    currency
  }
  vendor {
    slug
    name
  }
  categories {
    slug
    name
    parent {
      slug
      name
    }
  }
  attributes {
    name
    value
  }
}
    `, {"fragmentName":"ProductFacts"}) as unknown as TypedDocumentString<ProductFactsFragment, unknown>;
export const ListingFacetsFragmentDoc = new TypedDocumentString(`
    fragment ListingFacets on ProductFacets {
  inStock
  attributes {
    name
    values {
      value
      count
    }
  }
  categories {
    count
    category {
      slug
      name
    }
  }
  vendors {
    count
    vendor {
      slug
      name
    }
  }
  prices {
    count
    min {
      amount
      currency
    }
    max {
      amount
      currency
    }
  }
}
    `, {"fragmentName":"ListingFacets"}) as unknown as TypedDocumentString<ListingFacetsFragment, unknown>;
export const SettingsFormFragmentDoc = new TypedDocumentString(`
    fragment SettingsForm on Settings {
  shopName
  trainingSchedule
  nextTrainingAt
  promoteAutomatically
  modelMaxAgeDays
  updatedAt
}
    `, {"fragmentName":"SettingsForm"}) as unknown as TypedDocumentString<SettingsFormFragment, unknown>;
export const ShelfFreshnessFragmentDoc = new TypedDocumentString(`
    fragment ShelfFreshness on Freshness {
  served
  profileThrough
  trainedAt
  pendingEvents
}
    `, {"fragmentName":"ShelfFreshness"}) as unknown as TypedDocumentString<ShelfFreshnessFragment, unknown>;
export const ShelfAnswerFragmentDoc = new TypedDocumentString(`
    fragment ShelfAnswer on RecommendationConnection {
  recommendationId
  edges {
    source
    node {
      sku
      name
      ...ProductCard
    }
    reasons(first: 1) {
      kind
      text
      product {
        sku
        name
      }
    }
  }
  freshness {
    ...ShelfFreshness
  }
}
    fragment ShelfFreshness on Freshness {
  served
  profileThrough
  trainedAt
  pendingEvents
}
fragment ProductCard on Product {
  sku
  name
  image
  stock
  price {
    amount
    currency
  }
  vendor {
    slug
    name
  }
}`, {"fragmentName":"ShelfAnswer"}) as unknown as TypedDocumentString<ShelfAnswerFragment, unknown>;
export const WhyReasonFragmentDoc = new TypedDocumentString(`
    fragment WhyReason on Reason {
  kind
  share
  text
  product {
    sku
    name
  }
  event {
    id
    type
    occurredAt
  }
}
    `, {"fragmentName":"WhyReason"}) as unknown as TypedDocumentString<WhyReasonFragment, unknown>;
export const TasteBeliefFragmentDoc = new TypedDocumentString(`
    fragment TasteBelief on Belief {
  sku
  influence
  bought
  rejected
  excluded
  product {
    sku
    name
    image
  }
  event {
    id
    type
    occurredAt
    quantity
    rating
  }
}
    `, {"fragmentName":"TasteBelief"}) as unknown as TypedDocumentString<TasteBeliefFragment, unknown>;
export const TasteEventFragmentDoc = new TypedDocumentString(`
    fragment TasteEvent on Event {
  id
  type
  occurredAt
  sku
  quantity
  rating
  query
  product {
    sku
    name
    image
  }
}
    `, {"fragmentName":"TasteEvent"}) as unknown as TypedDocumentString<TasteEventFragment, unknown>;
export const FormParameterFragmentDoc = new TypedDocumentString(`
    fragment FormParameter on TrainingParameter {
  name
  label
  value
  choices
  low
  above
  high
  whole
  unit
  what
  why
}
    `, {"fragmentName":"FormParameter"}) as unknown as TypedDocumentString<FormParameterFragment, unknown>;
export const QueuedRunFragmentDoc = new TypedDocumentString(`
    fragment QueuedRun on TrainingRun {
  id
  kind
  state
  place
  queuedAt
}
    `, {"fragmentName":"QueuedRun"}) as unknown as TypedDocumentString<QueuedRunFragment, unknown>;
export const RunRowFragmentDoc = new TypedDocumentString(`
    fragment RunRow on TrainingRun {
  id
  kind
  state
  queuedAt
  startedAt
  endedAt
  promoted
  error
  config {
    dim
    epochs
  }
  model {
    id
    name
    title
  }
}
    `, {"fragmentName":"RunRow"}) as unknown as TypedDocumentString<RunRowFragment, unknown>;
export const RunProgressFragmentDoc = new TypedDocumentString(`
    fragment RunProgress on TrainingRun {
  id
  kind
  state
  phase
  choose
  epoch
  epochs
  losses
  rate
  timeLeftMs
  queuedAt
  startedAt
  endedAt
  attempts
  promote
  promoted
  note
  error
  errorCode
  cancelAsked
  place
  logDropped
  log {
    at
    level
    text
  }
  model {
    id
    name
    state
  }
}
    `, {"fragmentName":"RunProgress"}) as unknown as TypedDocumentString<RunProgressFragment, unknown>;
export const TuningViewFragmentDoc = new TypedDocumentString(`
    fragment TuningView on Tuning {
  id
  state
  budgetMs
  metric
  newPairs
  how
  askedAt
  startedAt
  endedAt
  error
  cancelAsked
  best {
    number
    text
    value
    recall
    ndcg
  }
  trials {
    number
    step
    text
    whole
    trained
    blends
    value
    difference
    uncertainty
    best
    elapsedMs
    error
    config {
      epochs
    }
  }
}
    `, {"fragmentName":"TuningView"}) as unknown as TypedDocumentString<TuningViewFragment, unknown>;
export const AccountDocument = new TypedDocumentString(`
    query Account {
  viewer {
    ...AccountViewer
  }
}
    fragment AccountViewer on Viewer {
  signedIn
  customer {
    id
    name
    email
  }
}`) as unknown as TypedDocumentString<AccountQuery, AccountQueryVariables>;
export const DemoCustomersDocument = new TypedDocumentString(`
    query DemoCustomers {
  demoCustomers {
    id
    name
    taste
  }
}
    `) as unknown as TypedDocumentString<DemoCustomersQuery, DemoCustomersQueryVariables>;
export const SignInDocument = new TypedDocumentString(`
    mutation SignIn($input: CustomerSignInInput!) {
  customerSignIn(input: $input) {
    viewer {
      ...AccountViewer
    }
    userErrors {
      field
      message
      code
    }
  }
}
    fragment AccountViewer on Viewer {
  signedIn
  customer {
    id
    name
    email
  }
}`) as unknown as TypedDocumentString<SignInMutation, SignInMutationVariables>;
export const SignUpDocument = new TypedDocumentString(`
    mutation SignUp($input: CustomerSignUpInput!) {
  customerSignUp(input: $input) {
    viewer {
      ...AccountViewer
    }
    userErrors {
      field
      message
      code
    }
  }
}
    fragment AccountViewer on Viewer {
  signedIn
  customer {
    id
    name
    email
  }
}`) as unknown as TypedDocumentString<SignUpMutation, SignUpMutationVariables>;
export const SignOutDocument = new TypedDocumentString(`
    mutation SignOut {
  customerSignOut {
    viewer {
      ...AccountViewer
    }
    userErrors {
      message
    }
  }
}
    fragment AccountViewer on Viewer {
  signedIn
  customer {
    id
    name
    email
  }
}`) as unknown as TypedDocumentString<SignOutMutation, SignOutMutationVariables>;
export const DemoCustomerBecomeDocument = new TypedDocumentString(`
    mutation DemoCustomerBecome($input: DemoCustomerBecomeInput!) {
  demoCustomerBecome(input: $input) {
    viewer {
      ...AccountViewer
    }
    userErrors {
      field
      message
      code
    }
  }
}
    fragment AccountViewer on Viewer {
  signedIn
  customer {
    id
    name
    email
  }
}`) as unknown as TypedDocumentString<DemoCustomerBecomeMutation, DemoCustomerBecomeMutationVariables>;
export const ViewerUpdateDocument = new TypedDocumentString(`
    mutation ViewerUpdate($input: ViewerUpdateInput!) {
  viewerUpdate(input: $input) {
    viewer {
      ...AccountViewer
    }
    userErrors {
      field
      message
      code
    }
  }
}
    fragment AccountViewer on Viewer {
  signedIn
  customer {
    id
    name
    email
  }
}`) as unknown as TypedDocumentString<ViewerUpdateMutation, ViewerUpdateMutationVariables>;
export const ViewerDeleteDocument = new TypedDocumentString(`
    mutation ViewerDelete($input: ViewerDeleteInput!) {
  viewerDelete(input: $input) {
    viewer {
      signedIn
    }
    userErrors {
      field
      message
      code
    }
  }
}
    `) as unknown as TypedDocumentString<ViewerDeleteMutation, ViewerDeleteMutationVariables>;
export const AllOrdersDocument = new TypedDocumentString(`
    query AllOrders($filter: OrderFilter, $sort: OrderSort, $first: Int!, $after: String) {
  orders(filter: $filter, sort: $sort, first: $first, after: $after) {
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        id
        ...OrderRow
      }
    }
  }
}
    fragment OrderRow on Order {
  id
  number
  placedAt
  state
  cancelledAt
  total {
    amount
    currency
  }
  lines {
    quantity
  }
  customer {
    id
    name
    email
    externalId
  }
}`) as unknown as TypedDocumentString<AllOrdersQuery, AllOrdersQueryVariables>;
export const OneOfAllOrdersDocument = new TypedDocumentString(`
    query OneOfAllOrders($number: UUID!) {
  order(number: $number) {
    id
    cancellable
    delivery {
      name
      street
      postcode
      city
      country
    }
    ...OrderRow
    ...OrderLines
  }
}
    fragment OrderRow on Order {
  id
  number
  placedAt
  state
  cancelledAt
  total {
    amount
    currency
  }
  lines {
    quantity
  }
  customer {
    id
    name
    email
    externalId
  }
}
fragment OrderLines on Order {
  lines {
    sku
    quantity
    recommendationId
    price {
      amount
      currency
    }
    total {
      amount
      currency
    }
    product {
      name
      image
      stock
    }
  }
}`) as unknown as TypedDocumentString<OneOfAllOrdersQuery, OneOfAllOrdersQueryVariables>;
export const OrderCancelAnyDocument = new TypedDocumentString(`
    mutation OrderCancelAny($input: OrderCancelInput!) {
  orderCancel(input: $input) {
    order {
      id
      cancellable
      ...OrderRow
      ...OrderLines
    }
    userErrors {
      message
      code
    }
  }
}
    fragment OrderRow on Order {
  id
  number
  placedAt
  state
  cancelledAt
  total {
    amount
    currency
  }
  lines {
    quantity
  }
  customer {
    id
    name
    email
    externalId
  }
}
fragment OrderLines on Order {
  lines {
    sku
    quantity
    recommendationId
    price {
      amount
      currency
    }
    total {
      amount
      currency
    }
    product {
      name
      image
      stock
    }
  }
}`) as unknown as TypedDocumentString<OrderCancelAnyMutation, OrderCancelAnyMutationVariables>;
export const OpenCartsDocument = new TypedDocumentString(`
    query OpenCarts($first: Int!) {
  carts(first: $first) {
    totalCount
    edges {
      node {
        count
        since
        total {
          amount
          currency
        }
        lines {
          sku
          quantity
          product {
            name
          }
        }
        customer {
          id
          name
          email
          externalId
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<OpenCartsQuery, OpenCartsQueryVariables>;
export const CartDocument = new TypedDocumentString(`
    query Cart {
  viewer {
    cart {
      ...CartContent
    }
  }
}
    fragment CartContent on Cart {
  count
  total {
    amount
    currency
  }
  lines {
    sku
    quantity
    total {
      amount
      currency
    }
    product {
      ...ProductCard
    }
  }
}
fragment ProductCard on Product {
  sku
  name
  image
  stock
  price {
    amount
    currency
  }
  vendor {
    slug
    name
  }
}`) as unknown as TypedDocumentString<CartQuery, CartQueryVariables>;
export const CartLineSetDocument = new TypedDocumentString(`
    mutation CartLineSet($input: CartLineSetInput!) {
  cartLineSet(input: $input) {
    cart {
      ...CartContent
    }
    userErrors {
      field
      message
      code
    }
  }
}
    fragment CartContent on Cart {
  count
  total {
    amount
    currency
  }
  lines {
    sku
    quantity
    total {
      amount
      currency
    }
    product {
      ...ProductCard
    }
  }
}
fragment ProductCard on Product {
  sku
  name
  image
  stock
  price {
    amount
    currency
  }
  vendor {
    slug
    name
  }
}`) as unknown as TypedDocumentString<CartLineSetMutation, CartLineSetMutationVariables>;
export const OrderPlaceDocument = new TypedDocumentString(`
    mutation OrderPlace($input: OrderPlaceInput!) {
  orderPlace(input: $input) {
    order {
      id
      number
      total {
        amount
        currency
      }
    }
    viewer {
      cart {
        ...CartContent
      }
    }
    userErrors {
      field
      message
      code
    }
  }
}
    fragment CartContent on Cart {
  count
  total {
    amount
    currency
  }
  lines {
    sku
    quantity
    total {
      amount
      currency
    }
    product {
      ...ProductCard
    }
  }
}
fragment ProductCard on Product {
  sku
  name
  image
  stock
  price {
    amount
    currency
  }
  vendor {
    slug
    name
  }
}`) as unknown as TypedDocumentString<OrderPlaceMutation, OrderPlaceMutationVariables>;
export const CheckoutDocument = new TypedDocumentString(`
    query Checkout {
  viewer {
    customer {
      name
    }
    orders(first: 1) {
      edges {
        node {
          delivery {
            name
            street
            postcode
            city
            country
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CheckoutQuery, CheckoutQueryVariables>;
export const CatalogueProductsDocument = new TypedDocumentString(`
    query CatalogueProducts($query: String, $filter: ProductFilter, $sort: ProductSort, $first: Int!, $after: String) {
  products(
    query: $query
    filter: $filter
    sort: $sort
    first: $first
    after: $after
  ) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        sku
        ...CatalogueRow
      }
    }
  }
}
    fragment CatalogueRow on Product {
  sku
  name
  image
  status
  stock
  price {
    amount
    currency
  }
  vendor {
    name
  }
  categories {
    slug
    name
  }
}`) as unknown as TypedDocumentString<CatalogueProductsQuery, CatalogueProductsQueryVariables>;
export const CatalogueProductDocument = new TypedDocumentString(`
    query CatalogueProduct($sku: String!) {
  product(sku: $sku) {
    ...CatalogueProductFields
  }
}
    fragment CatalogueProductFields on Product {
  sku
  name
  description
  image
  images {
    url
    alt
  }
  status
  stock
  version
  price {
    amount
    currency
  }
  vendor {
    slug
  }
  categories {
    slug
  }
}`) as unknown as TypedDocumentString<CatalogueProductQuery, CatalogueProductQueryVariables>;
export const CatalogueSimilarDocument = new TypedDocumentString(`
    query CatalogueSimilar($sku: String!, $first: Int!) {
  product(sku: $sku) {
    similar(first: $first) {
      edges {
        score
        node {
          sku
          name
          image
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CatalogueSimilarQuery, CatalogueSimilarQueryVariables>;
export const CatalogueNamesDocument = new TypedDocumentString(`
    query CatalogueNames {
  vendors(first: 100) {
    edges {
      node {
        slug
        name
      }
    }
  }
  categories(first: 100) {
    edges {
      node {
        slug
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CatalogueNamesQuery, CatalogueNamesQueryVariables>;
export const ProductCreateDocument = new TypedDocumentString(`
    mutation ProductCreate($input: ProductCreateInput!) {
  productCreate(input: $input) {
    product {
      sku
    }
    userErrors {
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ProductCreateMutation, ProductCreateMutationVariables>;
export const ProductUpdateDocument = new TypedDocumentString(`
    mutation ProductUpdate($input: ProductUpdateInput!) {
  productUpdate(input: $input) {
    product {
      ...CatalogueProductFields
    }
    userErrors {
      field
      message
      code
    }
  }
}
    fragment CatalogueProductFields on Product {
  sku
  name
  description
  image
  images {
    url
    alt
  }
  status
  stock
  version
  price {
    amount
    currency
  }
  vendor {
    slug
  }
  categories {
    slug
  }
}`) as unknown as TypedDocumentString<ProductUpdateMutation, ProductUpdateMutationVariables>;
export const ProductDeleteDocument = new TypedDocumentString(`
    mutation ProductDelete($input: ProductDeleteInput!) {
  productDelete(input: $input) {
    deletedId
    userErrors {
      message
      code
    }
  }
}
    `) as unknown as TypedDocumentString<ProductDeleteMutation, ProductDeleteMutationVariables>;
export const CatalogueCategoriesDocument = new TypedDocumentString(`
    query CatalogueCategories($query: String, $filter: CategoryFilter, $sort: CategorySort, $first: Int!, $after: String) {
  categories(
    query: $query
    filter: $filter
    sort: $sort
    first: $first
    after: $after
  ) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        ...CatalogueCategory
      }
    }
  }
}
    fragment CatalogueCategory on Category {
  slug
  name
  productCount
  parent {
    slug
    name
  }
  children {
    slug
  }
  every: products(first: 1, filter: {statuses: [DRAFT, ACTIVE, ARCHIVED]}) {
    totalCount
  }
  best: products(first: 3, sort: BEST_SELLING) {
    edges {
      node {
        sku
        name
        image
      }
    }
  }
}`) as unknown as TypedDocumentString<CatalogueCategoriesQuery, CatalogueCategoriesQueryVariables>;
export const CategoryCreateDocument = new TypedDocumentString(`
    mutation CategoryCreate($input: CategoryCreateInput!) {
  categoryCreate(input: $input) {
    category {
      slug
    }
    userErrors {
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CategoryCreateMutation, CategoryCreateMutationVariables>;
export const CategoryUpdateDocument = new TypedDocumentString(`
    mutation CategoryUpdate($input: CategoryUpdateInput!) {
  categoryUpdate(input: $input) {
    category {
      slug
    }
    userErrors {
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CategoryUpdateMutation, CategoryUpdateMutationVariables>;
export const CategoryDeleteDocument = new TypedDocumentString(`
    mutation CategoryDelete($input: CategoryDeleteInput!) {
  categoryDelete(input: $input) {
    deletedId
    userErrors {
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CategoryDeleteMutation, CategoryDeleteMutationVariables>;
export const CatalogueVendorsDocument = new TypedDocumentString(`
    query CatalogueVendors($query: String, $filter: VendorFilter, $sort: VendorSort, $first: Int!, $after: String) {
  vendors(
    query: $query
    filter: $filter
    sort: $sort
    first: $first
    after: $after
  ) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        ...CatalogueVendor
      }
    }
  }
}
    fragment CatalogueVendor on Vendor {
  slug
  name
  productCount
  every: products(first: 1, filter: {statuses: [DRAFT, ACTIVE, ARCHIVED]}) {
    totalCount
  }
  best: products(first: 3, sort: BEST_SELLING) {
    edges {
      node {
        sku
        name
        image
      }
    }
  }
}`) as unknown as TypedDocumentString<CatalogueVendorsQuery, CatalogueVendorsQueryVariables>;
export const VendorCreateDocument = new TypedDocumentString(`
    mutation VendorCreate($input: VendorCreateInput!) {
  vendorCreate(input: $input) {
    vendor {
      slug
    }
    userErrors {
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<VendorCreateMutation, VendorCreateMutationVariables>;
export const VendorUpdateDocument = new TypedDocumentString(`
    mutation VendorUpdate($input: VendorUpdateInput!) {
  vendorUpdate(input: $input) {
    vendor {
      slug
    }
    userErrors {
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<VendorUpdateMutation, VendorUpdateMutationVariables>;
export const VendorDeleteDocument = new TypedDocumentString(`
    mutation VendorDelete($input: VendorDeleteInput!) {
  vendorDelete(input: $input) {
    deletedId
    userErrors {
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<VendorDeleteMutation, VendorDeleteMutationVariables>;
export const ConsoleSessionDocument = new TypedDocumentString(`
    query ConsoleSession {
  viewer {
    role
  }
}
    `) as unknown as TypedDocumentString<ConsoleSessionQuery, ConsoleSessionQueryVariables>;
export const CustomerListDocument = new TypedDocumentString(`
    query CustomerList($query: String, $filter: CustomerFilter, $sort: CustomerSort, $first: Int!, $after: String) {
  customers(
    query: $query
    filter: $filter
    sort: $sort
    first: $first
    after: $after
  ) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        id
        name
        email
        externalId
        createdAt
        hasAccount
        orderCount
        lastSeenAt
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CustomerListQuery, CustomerListQueryVariables>;
export const CustomerFindDocument = new TypedDocumentString(`
    query CustomerFind($externalId: String!) {
  customer(externalId: $externalId) {
    id
  }
}
    `) as unknown as TypedDocumentString<CustomerFindQuery, CustomerFindQueryVariables>;
export const CustomerDetailDocument = new TypedDocumentString(`
    query CustomerDetail($id: ID!) {
  customer(id: $id) {
    id
    ...CustomerFacts
    cart {
      count
      total {
        amount
        currency
      }
    }
    orders(first: 5) {
      edges {
        node {
          id
          number
          placedAt
          state
          total {
            amount
            currency
          }
        }
      }
    }
  }
}
    fragment CustomerFacts on Customer {
  id
  name
  email
  externalId
  createdAt
  hasAccount
  orderCount
  lastSeenAt
}`) as unknown as TypedDocumentString<CustomerDetailQuery, CustomerDetailQueryVariables>;
export const CustomerTasteDocument = new TypedDocumentString(`
    query CustomerTaste($id: ID!, $placement: String!, $events: Int!, $products: Int!) {
  customer(id: $id) {
    id
    history(first: $events) {
      pageInfo {
        hasNextPage
      }
      edges {
        node {
          id
          occurredAt
          sku
          ...Happening
        }
      }
    }
    profile(first: 12) {
      sku
      influence
      product {
        name
      }
    }
    recommendations(placement: $placement, first: $products) {
      edges {
        source
        score
        node {
          sku
          name
          image
          vendor {
            name
          }
        }
        reasons {
          kind
          share
          text
          product {
            sku
            name
          }
          event {
            id
          }
        }
      }
      freshness {
        served
        profileThrough
        trainedAt
        pendingEvents
        late
        tookMs
      }
      model {
        name
      }
    }
  }
}
    fragment Happening on Event {
  type
  sku
  quantity
  rating
  query
  product {
    name
  }
}`) as unknown as TypedDocumentString<CustomerTasteQuery, CustomerTasteQueryVariables>;
export const CustomerUpdateDocument = new TypedDocumentString(`
    mutation CustomerUpdate($input: CustomerUpdateInput!) {
  customerUpdate(input: $input) {
    customer {
      ...CustomerFacts
    }
    userErrors {
      field
      message
      code
    }
  }
}
    fragment CustomerFacts on Customer {
  id
  name
  email
  externalId
  createdAt
  hasAccount
  orderCount
  lastSeenAt
}`) as unknown as TypedDocumentString<CustomerUpdateMutation, CustomerUpdateMutationVariables>;
export const CustomerDeleteDocument = new TypedDocumentString(`
    mutation CustomerDelete($input: CustomerDeleteInput!) {
  customerDelete(input: $input) {
    forgetting {
      ...ForgettingReceipt
    }
    userErrors {
      message
      code
    }
  }
}
    fragment ForgettingReceipt on Forgetting {
  id
  requestedAt
  erasedAt
  sessions
  carts
  orders
  recentEvents
  lists
  erasedEvents
  keptSales
  rewrittenFiles
  models {
    id
    name
  }
}`) as unknown as TypedDocumentString<CustomerDeleteMutation, CustomerDeleteMutationVariables>;
export const ForgettingStateDocument = new TypedDocumentString(`
    query ForgettingState($id: ID!) {
  forgetting(id: $id) {
    ...ForgettingReceipt
  }
}
    fragment ForgettingReceipt on Forgetting {
  id
  requestedAt
  erasedAt
  sessions
  carts
  orders
  recentEvents
  lists
  erasedEvents
  keptSales
  rewrittenFiles
  models {
    id
    name
  }
}`) as unknown as TypedDocumentString<ForgettingStateQuery, ForgettingStateQueryVariables>;
export const DepartmentsDocument = new TypedDocumentString(`
    query Departments {
  categories(first: 100) {
    edges {
      node {
        slug
        name
        parent {
          slug
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<DepartmentsQuery, DepartmentsQueryVariables>;
export const EventsDocument = new TypedDocumentString(`
    query Events($first: Int!, $after: String, $filter: EventFilter) {
  events(first: $first, after: $after, filter: $filter) {
    searchedTo
    edges {
      node {
        ...EventRow
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment EventRow on Event {
  id
  type
  occurredAt
  sku
  user
  query
  source
  position
  product {
    name
  }
  customer {
    id
    externalId
    name
  }
}`) as unknown as TypedDocumentString<EventsQuery, EventsQueryVariables>;
export const EventsRecordedDocument = new TypedDocumentString(`
    subscription EventsRecorded($filter: EventFilter) {
  eventsRecorded(filter: $filter) {
    dropped
    gap
    events {
      ...EventRow
    }
  }
}
    fragment EventRow on Event {
  id
  type
  occurredAt
  sku
  user
  query
  source
  position
  product {
    name
  }
  customer {
    id
    externalId
    name
  }
}`) as unknown as TypedDocumentString<EventsRecordedSubscription, EventsRecordedSubscriptionVariables>;
export const EventWayDocument = new TypedDocumentString(`
    query EventWay($id: UUID!) {
  event(id: $id) {
    excluded
    event {
      ...EventRow
      recordedAt
      order
      recommendationId
      quantity
      price {
        amount
        currency
      }
    }
    steps {
      kind
      state
      at
      tookMs
      text
    }
  }
}
    fragment EventRow on Event {
  id
  type
  occurredAt
  sku
  user
  query
  source
  position
  product {
    name
  }
  customer {
    id
    externalId
    name
  }
}`) as unknown as TypedDocumentString<EventWayQuery, EventWayQueryVariables>;
export const ExampleFactsDocument = new TypedDocumentString(`
    query ExampleFacts {
  viewer {
    role
  }
  products(first: 3, sort: BEST_SELLING, filter: {inStock: true}) {
    edges {
      node {
        sku
        name
        vendor {
          slug
        }
        categories {
          slug
        }
      }
    }
  }
  demoCustomers {
    id
  }
}
    `) as unknown as TypedDocumentString<ExampleFactsQuery, ExampleFactsQueryVariables>;
export const ExampleAdminFactsDocument = new TypedDocumentString(`
    query ExampleAdminFacts {
  customers(first: 1, sort: OLDEST) {
    edges {
      node {
        id
        externalId
      }
    }
  }
  orders(first: 1) {
    edges {
      node {
        number
      }
    }
  }
  events(first: 1, filter: {types: [PRODUCT_VIEW, PURCHASE]}) {
    edges {
      node {
        id
      }
    }
  }
  models(first: 2) {
    edges {
      node {
        id
        name
      }
    }
  }
  settings {
    shopName
    modelMaxAgeDays
  }
}
    `) as unknown as TypedDocumentString<ExampleAdminFactsQuery, ExampleAdminFactsQueryVariables>;
export const ExampleCustomerDocument = new TypedDocumentString(`
    mutation ExampleCustomer($input: CustomerCreateInput!) {
  customerCreate(input: $input) {
    customer {
      id
    }
    userErrors {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ExampleCustomerMutation, ExampleCustomerMutationVariables>;
export const ExampleOrderDocument = new TypedDocumentString(`
    mutation ExampleOrder($input: OrderCreateInput!) {
  orderCreate(input: $input) {
    order {
      id
      number
    }
    userErrors {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ExampleOrderMutation, ExampleOrderMutationVariables>;
export const ExampleKeyDocument = new TypedDocumentString(`
    mutation ExampleKey($input: KeyCreateInput!) {
  keyCreate(input: $input) {
    key {
      id
    }
    userErrors {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ExampleKeyMutation, ExampleKeyMutationVariables>;
export const ExampleRunDocument = new TypedDocumentString(`
    mutation ExampleRun($input: TrainingRunStartInput!) {
  trainingRunStart(input: $input) {
    run {
      id
    }
    userErrors {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ExampleRunMutation, ExampleRunMutationVariables>;
export const ExampleImportDocument = new TypedDocumentString(`
    mutation ExampleImport($input: ImportStartInput!) {
  importStart(input: $input) {
    import {
      id
    }
    userErrors {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ExampleImportMutation, ExampleImportMutationVariables>;
export const ExampleImportStateDocument = new TypedDocumentString(`
    query ExampleImportState($id: ID!) {
  import(id: $id) {
    endedAt
  }
}
    `) as unknown as TypedDocumentString<ExampleImportStateQuery, ExampleImportStateQueryVariables>;
export const ImportsDocument = new TypedDocumentString(`
    query Imports($first: Int!) {
  imports(first: $first) {
    edges {
      node {
        id
        state
        ...ImportDetails
      }
    }
  }
}
    fragment ImportDetails on Import {
  id
  kind
  state
  fileName
  phase
  rowsDone
  rowsToDo
  rows
  accepted
  duplicates
  rejected
  reasons {
    reason
    rows
  }
  rejects(first: 3) {
    line
    reason
    row
  }
  rejectsUrl
  queuedAt
  startedAt
  endedAt
  attempts
  cancelAsked
  error
}`) as unknown as TypedDocumentString<ImportsQuery, ImportsQueryVariables>;
export const ImportPreviewDocument = new TypedDocumentString(`
    query ImportPreview($input: ImportPreviewInput!) {
  importPreview(input: $input) {
    uploadId
    fileName
    kind
    columns {
      name
      type
    }
    rows
    fields {
      name
      needed
      about
    }
    mapping {
      field
      column
      expression
    }
    currencyNeeded
  }
}
    `) as unknown as TypedDocumentString<ImportPreviewQuery, ImportPreviewQueryVariables>;
export const ImportStartDocument = new TypedDocumentString(`
    mutation ImportStart($input: ImportStartInput!) {
  importStart(input: $input) {
    import {
      id
      state
      ...ImportDetails
    }
    userErrors {
      field
      message
      code
    }
  }
}
    fragment ImportDetails on Import {
  id
  kind
  state
  fileName
  phase
  rowsDone
  rowsToDo
  rows
  accepted
  duplicates
  rejected
  reasons {
    reason
    rows
  }
  rejects(first: 3) {
    line
    reason
    row
  }
  rejectsUrl
  queuedAt
  startedAt
  endedAt
  attempts
  cancelAsked
  error
}`) as unknown as TypedDocumentString<ImportStartMutation, ImportStartMutationVariables>;
export const ImportCancelDocument = new TypedDocumentString(`
    mutation ImportCancel($input: ImportCancelInput!) {
  importCancel(input: $input) {
    import {
      id
      state
      cancelAsked
    }
    userErrors {
      message
      code
    }
  }
}
    `) as unknown as TypedDocumentString<ImportCancelMutation, ImportCancelMutationVariables>;
export const ImportDeleteDocument = new TypedDocumentString(`
    mutation ImportDelete($input: ImportDeleteInput!) {
  importDelete(input: $input) {
    deletedId
    userErrors {
      message
      code
    }
  }
}
    `) as unknown as TypedDocumentString<ImportDeleteMutation, ImportDeleteMutationVariables>;
export const ImportProgressDocument = new TypedDocumentString(`
    subscription ImportProgress($id: ID!) {
  importProgress(id: $id) {
    id
    state
    ...ImportDetails
  }
}
    fragment ImportDetails on Import {
  id
  kind
  state
  fileName
  phase
  rowsDone
  rowsToDo
  rows
  accepted
  duplicates
  rejected
  reasons {
    reason
    rows
  }
  rejects(first: 3) {
    line
    reason
    row
  }
  rejectsUrl
  queuedAt
  startedAt
  endedAt
  attempts
  cancelAsked
  error
}`) as unknown as TypedDocumentString<ImportProgressSubscription, ImportProgressSubscriptionVariables>;
export const KeysDocument = new TypedDocumentString(`
    query Keys {
  keys {
    id
    ...KeyRow
  }
}
    fragment KeyRow on Key {
  id
  name
  role
  createdAt
  revokedAt
}`) as unknown as TypedDocumentString<KeysQuery, KeysQueryVariables>;
export const KeyCreateDocument = new TypedDocumentString(`
    mutation KeyCreate($input: KeyCreateInput!) {
  keyCreate(input: $input) {
    key {
      id
      ...KeyRow
    }
    secret
    userErrors {
      field
      message
      code
    }
  }
}
    fragment KeyRow on Key {
  id
  name
  role
  createdAt
  revokedAt
}`) as unknown as TypedDocumentString<KeyCreateMutation, KeyCreateMutationVariables>;
export const KeyRevokeDocument = new TypedDocumentString(`
    mutation KeyRevoke($input: KeyRevokeInput!) {
  keyRevoke(input: $input) {
    key {
      id
      ...KeyRow
    }
    userErrors {
      message
      code
    }
  }
}
    fragment KeyRow on Key {
  id
  name
  role
  createdAt
  revokedAt
}`) as unknown as TypedDocumentString<KeyRevokeMutation, KeyRevokeMutationVariables>;
export const ModelComparisonDocument = new TypedDocumentString(`
    query ModelComparison($a: ID!, $b: ID!) {
  modelComparison(a: $a, b: $b) {
    id
    ...Comparison
  }
}
    fragment Comparison on ModelComparison {
  id
  state
  step
  progress
  error
  a {
    id
    ...ComparedModel
  }
  b {
    id
    ...ComparedModel
  }
  judgement {
    ...ComparisonJudgement
    ...ComparisonVendors
    repeats {
      ...Judged
    }
    neverSold {
      ...ComparisonJudgement
    }
  }
  difference {
    ...ComparisonLists
  }
}
fragment ComparedModel on Model {
  id
  name
  title
  state
  trainedAt
}
fragment ComparisonJudgement on ModelJudgement {
  protocol
  users
  a {
    ...MetricValue
  }
  b {
    ...MetricValue
  }
  differences {
    name
    mean
    low
    high
    verdict
    text
  }
}
fragment ComparisonVendors on ModelJudgement {
  vendors {
    slug
    a
    b
    vendor {
      slug
      name
    }
  }
}
fragment ComparisonLists on ModelDifference {
  sampled
  changed
  listable
  onlyA
  onlyB
  sample {
    changed
    customer {
      id
      name
      externalId
    }
    a {
      ...ListedProduct
    }
    b {
      ...ListedProduct
    }
  }
}
fragment ListedProduct on Product {
  sku
  name
  image
}
fragment Judged on ModelMetrics {
  protocol
  users
  model {
    ...MetricValue
  }
  baselines {
    name
    metrics {
      ...MetricValue
    }
    better {
      name
      verdict
      text
    }
  }
}
fragment MetricValue on Metric {
  name
  mean
  low
  high
}`) as unknown as TypedDocumentString<ModelComparisonQuery, ModelComparisonQueryVariables>;
export const ModelComparisonStartDocument = new TypedDocumentString(`
    mutation ModelComparisonStart($input: ModelComparisonStartInput!) {
  modelComparisonStart(input: $input) {
    comparison {
      id
      ...Comparison
    }
    userErrors {
      message
      code
    }
  }
}
    fragment Comparison on ModelComparison {
  id
  state
  step
  progress
  error
  a {
    id
    ...ComparedModel
  }
  b {
    id
    ...ComparedModel
  }
  judgement {
    ...ComparisonJudgement
    ...ComparisonVendors
    repeats {
      ...Judged
    }
    neverSold {
      ...ComparisonJudgement
    }
  }
  difference {
    ...ComparisonLists
  }
}
fragment ComparedModel on Model {
  id
  name
  title
  state
  trainedAt
}
fragment ComparisonJudgement on ModelJudgement {
  protocol
  users
  a {
    ...MetricValue
  }
  b {
    ...MetricValue
  }
  differences {
    name
    mean
    low
    high
    verdict
    text
  }
}
fragment ComparisonVendors on ModelJudgement {
  vendors {
    slug
    a
    b
    vendor {
      slug
      name
    }
  }
}
fragment ComparisonLists on ModelDifference {
  sampled
  changed
  listable
  onlyA
  onlyB
  sample {
    changed
    customer {
      id
      name
      externalId
    }
    a {
      ...ListedProduct
    }
    b {
      ...ListedProduct
    }
  }
}
fragment ListedProduct on Product {
  sku
  name
  image
}
fragment Judged on ModelMetrics {
  protocol
  users
  model {
    ...MetricValue
  }
  baselines {
    name
    metrics {
      ...MetricValue
    }
    better {
      name
      verdict
      text
    }
  }
}
fragment MetricValue on Metric {
  name
  mean
  low
  high
}`) as unknown as TypedDocumentString<ModelComparisonStartMutation, ModelComparisonStartMutationVariables>;
export const ModelComparisonProgressDocument = new TypedDocumentString(`
    subscription ModelComparisonProgress($id: ID!) {
  modelComparisonProgress(id: $id) {
    id
    ...Comparison
  }
}
    fragment Comparison on ModelComparison {
  id
  state
  step
  progress
  error
  a {
    id
    ...ComparedModel
  }
  b {
    id
    ...ComparedModel
  }
  judgement {
    ...ComparisonJudgement
    ...ComparisonVendors
    repeats {
      ...Judged
    }
    neverSold {
      ...ComparisonJudgement
    }
  }
  difference {
    ...ComparisonLists
  }
}
fragment ComparedModel on Model {
  id
  name
  title
  state
  trainedAt
}
fragment ComparisonJudgement on ModelJudgement {
  protocol
  users
  a {
    ...MetricValue
  }
  b {
    ...MetricValue
  }
  differences {
    name
    mean
    low
    high
    verdict
    text
  }
}
fragment ComparisonVendors on ModelJudgement {
  vendors {
    slug
    a
    b
    vendor {
      slug
      name
    }
  }
}
fragment ComparisonLists on ModelDifference {
  sampled
  changed
  listable
  onlyA
  onlyB
  sample {
    changed
    customer {
      id
      name
      externalId
    }
    a {
      ...ListedProduct
    }
    b {
      ...ListedProduct
    }
  }
}
fragment ListedProduct on Product {
  sku
  name
  image
}
fragment Judged on ModelMetrics {
  protocol
  users
  model {
    ...MetricValue
  }
  baselines {
    name
    metrics {
      ...MetricValue
    }
    better {
      name
      verdict
      text
    }
  }
}
fragment MetricValue on Metric {
  name
  mean
  low
  high
}`) as unknown as TypedDocumentString<ModelComparisonProgressSubscription, ModelComparisonProgressSubscriptionVariables>;
export const ModelPageDocument = new TypedDocumentString(`
    query ModelPage($name: String!) {
  model(name: $name) {
    id
    ...ModelDetail
  }
  live: models(first: 1, filter: {states: [LIVE]}) {
    edges {
      node {
        id
      }
    }
  }
}
    fragment ModelDetail on Model {
  id
  name
  title
  note
  state
  createdAt
  trainedAt
  trainer
  users
  items
  entries
  events
  bytes
  learntFrom
  learntUntil
  weighing {
    text
  }
  parts {
    name
    bytes
    text
  }
  run {
    id
    losses
    chosen
  }
  config {
    dim
    epochs
    objective
    unobserved
    lambda
    nu
    seed
    solver
  }
  metrics {
    ...Judged
    repeats {
      ...Judged
    }
    neverSold {
      ...Judged
    }
  }
}
fragment Judged on ModelMetrics {
  protocol
  users
  model {
    ...MetricValue
  }
  baselines {
    name
    metrics {
      ...MetricValue
    }
    better {
      name
      verdict
      text
    }
  }
}
fragment MetricValue on Metric {
  name
  mean
  low
  high
}`) as unknown as TypedDocumentString<ModelPageQuery, ModelPageQueryVariables>;
export const ModelUpdateDocument = new TypedDocumentString(`
    mutation ModelUpdate($input: ModelUpdateInput!) {
  modelUpdate(input: $input) {
    model {
      id
      title
      note
    }
    userErrors {
      field
      message
      code
    }
  }
}
    `) as unknown as TypedDocumentString<ModelUpdateMutation, ModelUpdateMutationVariables>;
export const ModelDeleteDocument = new TypedDocumentString(`
    mutation ModelDelete($input: ModelDeleteInput!) {
  modelDelete(input: $input) {
    deletedId
    userErrors {
      message
      code
    }
  }
}
    `) as unknown as TypedDocumentString<ModelDeleteMutation, ModelDeleteMutationVariables>;
export const ModelsDocument = new TypedDocumentString(`
    query Models($first: Int!, $after: String, $filter: ModelFilter, $sort: ModelSort) {
  models(first: $first, after: $after, filter: $filter, sort: $sort) {
    edges {
      node {
        id
        ...ModelRow
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment ModelRow on Model {
  id
  name
  title
  state
  createdAt
  trainedAt
  bytes
  config {
    dim
  }
  metrics {
    model {
      ...MetricValue
    }
  }
}
fragment MetricValue on Metric {
  name
  mean
  low
  high
}`) as unknown as TypedDocumentString<ModelsQuery, ModelsQueryVariables>;
export const ModelSwitchPreviewDocument = new TypedDocumentString(`
    query ModelSwitchPreview($modelId: ID!) {
  modelPromotePreview(modelId: $modelId) {
    isRollBack
    text
    from {
      id
      name
      title
      trainedAt
    }
    to {
      id
      name
      title
      trainedAt
    }
    differences {
      name
      verdict
      text
    }
    difference {
      sampled
      changed
    }
  }
}
    `) as unknown as TypedDocumentString<ModelSwitchPreviewQuery, ModelSwitchPreviewQueryVariables>;
export const ModelPromoteDocument = new TypedDocumentString(`
    mutation ModelPromote($input: ModelPromoteInput!) {
  modelPromote(input: $input) {
    model {
      id
      name
      state
    }
    change {
      rollBackTo {
        id
        name
      }
    }
    userErrors {
      message
      code
    }
  }
}
    `) as unknown as TypedDocumentString<ModelPromoteMutation, ModelPromoteMutationVariables>;
export const ModelRollBackDocument = new TypedDocumentString(`
    mutation ModelRollBack {
  modelRollBack {
    model {
      id
      name
      state
    }
    change {
      rollBackTo {
        id
        name
      }
    }
    userErrors {
      message
      code
    }
  }
}
    `) as unknown as TypedDocumentString<ModelRollBackMutation, ModelRollBackMutationVariables>;
export const OrdersDocument = new TypedDocumentString(`
    query Orders($first: Int!, $after: String) {
  viewer {
    orders(first: $first, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          ...OrderSummary
        }
      }
    }
  }
}
    fragment OrderSummary on Order {
  id
  delivery {
    name
    street
    postcode
    city
    country
  }
  number
  placedAt
  state
  cancellable
  total {
    amount
    currency
  }
  lines {
    sku
    quantity
    price {
      amount
      currency
    }
    total {
      amount
      currency
    }
    product {
      name
      image
    }
  }
}`) as unknown as TypedDocumentString<OrdersQuery, OrdersQueryVariables>;
export const OrderDocument = new TypedDocumentString(`
    query Order($id: ID!) {
  node(id: $id) {
    __typename
    ... on Order {
      id
      lines {
        sku
      }
      ...OrderSummary
    }
  }
}
    fragment OrderSummary on Order {
  id
  delivery {
    name
    street
    postcode
    city
    country
  }
  number
  placedAt
  state
  cancellable
  total {
    amount
    currency
  }
  lines {
    sku
    quantity
    price {
      amount
      currency
    }
    total {
      amount
      currency
    }
    product {
      name
      image
    }
  }
}`) as unknown as TypedDocumentString<OrderQuery, OrderQueryVariables>;
export const OrderCancelDocument = new TypedDocumentString(`
    mutation OrderCancel($input: OrderCancelInput!) {
  orderCancel(input: $input) {
    order {
      id
      ...OrderSummary
    }
    userErrors {
      message
      code
    }
  }
}
    fragment OrderSummary on Order {
  id
  delivery {
    name
    street
    postcode
    city
    country
  }
  number
  placedAt
  state
  cancellable
  total {
    amount
    currency
  }
  lines {
    sku
    quantity
    price {
      amount
      currency
    }
    total {
      amount
      currency
    }
    product {
      name
      image
    }
  }
}`) as unknown as TypedDocumentString<OrderCancelMutation, OrderCancelMutationVariables>;
export const OverviewDocument = new TypedDocumentString(`
    query Overview($period: KpiPeriod!, $slices: Int!) {
  kpis(period: $period, slices: $slices) {
    ...OverviewFigures
    slices {
      ...OverviewFigures
    }
    before {
      ...OverviewFigures
    }
  }
}
    fragment OverviewFigures on Kpis {
  from
  to
  events
  users
  orders
  pieces
  clickThroughRate
  conversion
  recommendedShare
  revenue {
    amount
    currency
  }
  recommendedRevenue {
    amount
    currency
  }
}`) as unknown as TypedDocumentString<OverviewQuery, OverviewQueryVariables>;
export const ProblemsDocument = new TypedDocumentString(`
    query Problems {
  problems {
    code
    severity
    sentence
    reason
    nextLabel
    nextPath
  }
}
    `) as unknown as TypedDocumentString<ProblemsQuery, ProblemsQueryVariables>;
export const HealthDocument = new TypedDocumentString(`
    query Health {
  transporter {
    through
    visible {
      count
      p99Ms
    }
  }
  models(first: 20) {
    edges {
      node {
        name
        state
        trainedThrough
        createdAt
      }
    }
  }
}
    `) as unknown as TypedDocumentString<HealthQuery, HealthQueryVariables>;
export const ProductPageDocument = new TypedDocumentString(`
    query ProductPage($sku: String!) {
  product(sku: $sku) {
    ...ProductFacts
    ...ProductCard
  }
}
    fragment ProductFacts on Product {
  id
  sku
  name
  description
  image
  images {
    url
    alt
  }
  stock
  price {
    amount
    currency
  }
  vendor {
    slug
    name
  }
  categories {
    slug
    name
    parent {
      slug
      name
    }
  }
  attributes {
    name
    value
  }
}
fragment ProductCard on Product {
  sku
  name
  image
  stock
  price {
    amount
    currency
  }
  vendor {
    slug
    name
  }
}`) as unknown as TypedDocumentString<ProductPageQuery, ProductPageQueryVariables>;
export const SearchSuggestionsDocument = new TypedDocumentString(`
    query SearchSuggestions($query: String!) {
  searchSuggestions(query: $query, first: 5) {
    didYouMean
    products {
      sku
      name
      image
      price {
        amount
        currency
      }
    }
    categories {
      slug
      name
      parent {
        name
      }
    }
    vendors {
      slug
      name
    }
  }
}
    `) as unknown as TypedDocumentString<SearchSuggestionsQuery, SearchSuggestionsQueryVariables>;
export const ListingDocument = new TypedDocumentString(`
    query Listing($query: String, $filter: ProductFilter, $sort: ProductSort, $first: Int!, $after: String) {
  products(
    query: $query
    filter: $filter
    sort: $sort
    first: $first
    after: $after
  ) {
    totalCount
    didYouMean
    pageInfo {
      hasNextPage
      endCursor
    }
    facets {
      ...ListingFacets
    }
    edges {
      node {
        sku
        ...ProductCard
      }
    }
  }
}
    fragment ListingFacets on ProductFacets {
  inStock
  attributes {
    name
    values {
      value
      count
    }
  }
  categories {
    count
    category {
      slug
      name
    }
  }
  vendors {
    count
    vendor {
      slug
      name
    }
  }
  prices {
    count
    min {
      amount
      currency
    }
    max {
      amount
      currency
    }
  }
}
fragment ProductCard on Product {
  sku
  name
  image
  stock
  price {
    amount
    currency
  }
  vendor {
    slug
    name
  }
}`) as unknown as TypedDocumentString<ListingQuery, ListingQueryVariables>;
export const ListingCategoryDocument = new TypedDocumentString(`
    query ListingCategory($slug: String!) {
  category(slug: $slug) {
    name
    parent {
      slug
      name
    }
    children {
      slug
      name
    }
  }
}
    `) as unknown as TypedDocumentString<ListingCategoryQuery, ListingCategoryQueryVariables>;
export const ListingVendorDocument = new TypedDocumentString(`
    query ListingVendor($slug: String!) {
  vendor(slug: $slug) {
    name
  }
}
    `) as unknown as TypedDocumentString<ListingVendorQuery, ListingVendorQueryVariables>;
export const NothingFoundDocument = new TypedDocumentString(`
    query NothingFound($query: String!) {
  searchSuggestions(query: $query, first: 6) {
    products {
      sku
      ...ProductCard
    }
  }
  products(first: 6, sort: BEST_SELLING) {
    edges {
      node {
        sku
        ...ProductCard
      }
    }
  }
}
    fragment ProductCard on Product {
  sku
  name
  image
  stock
  price {
    amount
    currency
  }
  vendor {
    slug
    name
  }
}`) as unknown as TypedDocumentString<NothingFoundQuery, NothingFoundQueryVariables>;
export const SettingsDocument = new TypedDocumentString(`
    query Settings {
  settings {
    ...SettingsForm
    groups {
      name
      settings {
        key
        name
        value
        explanation
        change
      }
    }
  }
}
    fragment SettingsForm on Settings {
  shopName
  trainingSchedule
  nextTrainingAt
  promoteAutomatically
  modelMaxAgeDays
  updatedAt
}`) as unknown as TypedDocumentString<SettingsQuery, SettingsQueryVariables>;
export const SettingsUpdateDocument = new TypedDocumentString(`
    mutation SettingsUpdate($input: SettingsUpdateInput!) {
  settingsUpdate(input: $input) {
    settings {
      ...SettingsForm
    }
    userErrors {
      field
      message
    }
  }
}
    fragment SettingsForm on Settings {
  shopName
  trainingSchedule
  nextTrainingAt
  promoteAutomatically
  modelMaxAgeDays
  updatedAt
}`) as unknown as TypedDocumentString<SettingsUpdateMutation, SettingsUpdateMutationVariables>;
export const ShelfDocument = new TypedDocumentString(`
    query Shelf($placement: String!, $products: [String!], $filter: RecommendationFilter, $first: Int!) {
  recommendations(
    placement: $placement
    products: $products
    filter: $filter
    first: $first
  ) {
    ...ShelfAnswer
  }
}
    fragment ShelfAnswer on RecommendationConnection {
  recommendationId
  edges {
    source
    node {
      sku
      name
      ...ProductCard
    }
    reasons(first: 1) {
      kind
      text
      product {
        sku
        name
      }
    }
  }
  freshness {
    ...ShelfFreshness
  }
}
fragment ShelfFreshness on Freshness {
  served
  profileThrough
  trainedAt
  pendingEvents
}
fragment ProductCard on Product {
  sku
  name
  image
  stock
  price {
    amount
    currency
  }
  vendor {
    slug
    name
  }
}`) as unknown as TypedDocumentString<ShelfQuery, ShelfQueryVariables>;
export const ShelfUpdatedDocument = new TypedDocumentString(`
    subscription ShelfUpdated($placement: String!, $products: [String!], $first: Int!) {
  recommendationsUpdated(
    placement: $placement
    products: $products
    first: $first
  ) {
    ...ShelfAnswer
  }
}
    fragment ShelfAnswer on RecommendationConnection {
  recommendationId
  edges {
    source
    node {
      sku
      name
      ...ProductCard
    }
    reasons(first: 1) {
      kind
      text
      product {
        sku
        name
      }
    }
  }
  freshness {
    ...ShelfFreshness
  }
}
fragment ShelfFreshness on Freshness {
  served
  profileThrough
  trainedAt
  pendingEvents
}
fragment ProductCard on Product {
  sku
  name
  image
  stock
  price {
    amount
    currency
  }
  vendor {
    slug
    name
  }
}`) as unknown as TypedDocumentString<ShelfUpdatedSubscription, ShelfUpdatedSubscriptionVariables>;
export const WhyDocument = new TypedDocumentString(`
    query Why($placement: String!, $products: [String!], $filter: RecommendationFilter!) {
  recommendations(
    placement: $placement
    products: $products
    filter: $filter
    first: 1
  ) {
    edges {
      score
      reasons(first: 12) {
        ...WhyReason
      }
    }
  }
}
    fragment WhyReason on Reason {
  kind
  share
  text
  product {
    sku
    name
  }
  event {
    id
    type
    occurredAt
  }
}`) as unknown as TypedDocumentString<WhyQuery, WhyQueryVariables>;
export const TasteDocument = new TypedDocumentString(`
    query Taste($first: Int!) {
  viewer {
    signedIn
    taste {
      beliefs(first: $first) {
        sku
        ...TasteBelief
      }
      events(first: 100) {
        id
        ...TasteEvent
      }
    }
  }
}
    fragment TasteBelief on Belief {
  sku
  influence
  bought
  rejected
  excluded
  product {
    sku
    name
    image
  }
  event {
    id
    type
    occurredAt
    quantity
    rating
  }
}
fragment TasteEvent on Event {
  id
  type
  occurredAt
  sku
  quantity
  rating
  query
  product {
    sku
    name
    image
  }
}`) as unknown as TypedDocumentString<TasteQuery, TasteQueryVariables>;
export const TrainingRunsDocument = new TypedDocumentString(`
    query TrainingRuns($first: Int!, $after: String, $filter: TrainingRunFilter, $sort: TrainingRunSort) {
  trainingRuns(first: $first, after: $after, filter: $filter, sort: $sort) {
    edges {
      node {
        id
        ...RunRow
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment RunRow on TrainingRun {
  id
  kind
  state
  queuedAt
  startedAt
  endedAt
  promoted
  error
  config {
    dim
    epochs
  }
  model {
    id
    name
    title
  }
}`) as unknown as TypedDocumentString<TrainingRunsQuery, TrainingRunsQueryVariables>;
export const TrainingQueueDocument = new TypedDocumentString(`
    query TrainingQueue {
  trainingRuns(first: 20, filter: {states: [QUEUED, RUNNING]}) {
    edges {
      node {
        id
        state
        ...QueuedRun
      }
    }
  }
  newest: trainingRuns(first: 1) {
    edges {
      node {
        id
      }
    }
  }
}
    fragment QueuedRun on TrainingRun {
  id
  kind
  state
  place
  queuedAt
}`) as unknown as TypedDocumentString<TrainingQueueQuery, TrainingQueueQueryVariables>;
export const TrainingRunDocument = new TypedDocumentString(`
    query TrainingRun($id: ID!) {
  trainingRun(id: $id) {
    id
    ...RunProgress
  }
}
    fragment RunProgress on TrainingRun {
  id
  kind
  state
  phase
  choose
  epoch
  epochs
  losses
  rate
  timeLeftMs
  queuedAt
  startedAt
  endedAt
  attempts
  promote
  promoted
  note
  error
  errorCode
  cancelAsked
  place
  logDropped
  log {
    at
    level
    text
  }
  model {
    id
    name
    state
  }
}`) as unknown as TypedDocumentString<TrainingRunQuery, TrainingRunQueryVariables>;
export const TrainingDefaultsDocument = new TypedDocumentString(`
    query TrainingDefaults {
  trainingDefaults {
    users
    items
    entries
    exact
    problem
    parameters {
      name
      ...FormParameter
    }
  }
}
    fragment FormParameter on TrainingParameter {
  name
  label
  value
  choices
  low
  above
  high
  whole
  unit
  what
  why
}`) as unknown as TypedDocumentString<TrainingDefaultsQuery, TrainingDefaultsQueryVariables>;
export const TrainingRunStartDocument = new TypedDocumentString(`
    mutation TrainingRunStart($input: TrainingRunStartInput!) {
  trainingRunStart(input: $input) {
    run {
      id
      state
    }
    userErrors {
      field
      message
      code
    }
  }
}
    `) as unknown as TypedDocumentString<TrainingRunStartMutation, TrainingRunStartMutationVariables>;
export const TrainingRunCancelDocument = new TypedDocumentString(`
    mutation TrainingRunCancel($input: TrainingRunCancelInput!) {
  trainingRunCancel(input: $input) {
    run {
      id
      state
      cancelAsked
    }
    userErrors {
      message
      code
    }
  }
}
    `) as unknown as TypedDocumentString<TrainingRunCancelMutation, TrainingRunCancelMutationVariables>;
export const TrainingRunDeleteDocument = new TypedDocumentString(`
    mutation TrainingRunDelete($input: TrainingRunDeleteInput!) {
  trainingRunDelete(input: $input) {
    deletedId
    userErrors {
      message
      code
    }
  }
}
    `) as unknown as TypedDocumentString<TrainingRunDeleteMutation, TrainingRunDeleteMutationVariables>;
export const TrainingRunProgressDocument = new TypedDocumentString(`
    subscription TrainingRunProgress($id: ID!) {
  trainingRunProgress(id: $id) {
    id
    state
    ...RunProgress
  }
}
    fragment RunProgress on TrainingRun {
  id
  kind
  state
  phase
  choose
  epoch
  epochs
  losses
  rate
  timeLeftMs
  queuedAt
  startedAt
  endedAt
  attempts
  promote
  promoted
  note
  error
  errorCode
  cancelAsked
  place
  logDropped
  log {
    at
    level
    text
  }
  model {
    id
    name
    state
  }
}`) as unknown as TypedDocumentString<TrainingRunProgressSubscription, TrainingRunProgressSubscriptionVariables>;
export const TuningsDocument = new TypedDocumentString(`
    query Tunings {
  tunings {
    id
    ...TuningView
  }
}
    fragment TuningView on Tuning {
  id
  state
  budgetMs
  metric
  newPairs
  how
  askedAt
  startedAt
  endedAt
  error
  cancelAsked
  best {
    number
    text
    value
    recall
    ndcg
  }
  trials {
    number
    step
    text
    whole
    trained
    blends
    value
    difference
    uncertainty
    best
    elapsedMs
    error
    config {
      epochs
    }
  }
}`) as unknown as TypedDocumentString<TuningsQuery, TuningsQueryVariables>;
export const TuningStartDocument = new TypedDocumentString(`
    mutation TuningStart($input: TuningStartInput) {
  tuningStart(input: $input) {
    tuning {
      id
      ...TuningView
    }
    userErrors {
      field
      message
      code
    }
  }
}
    fragment TuningView on Tuning {
  id
  state
  budgetMs
  metric
  newPairs
  how
  askedAt
  startedAt
  endedAt
  error
  cancelAsked
  best {
    number
    text
    value
    recall
    ndcg
  }
  trials {
    number
    step
    text
    whole
    trained
    blends
    value
    difference
    uncertainty
    best
    elapsedMs
    error
    config {
      epochs
    }
  }
}`) as unknown as TypedDocumentString<TuningStartMutation, TuningStartMutationVariables>;
export const TuningCancelDocument = new TypedDocumentString(`
    mutation TuningCancel($input: TuningCancelInput!) {
  tuningCancel(input: $input) {
    tuning {
      id
      state
      cancelAsked
    }
    userErrors {
      message
      code
    }
  }
}
    `) as unknown as TypedDocumentString<TuningCancelMutation, TuningCancelMutationVariables>;
export const TuningProgressDocument = new TypedDocumentString(`
    subscription TuningProgress($id: ID!) {
  tuningProgress(id: $id) {
    id
    state
    ...TuningView
  }
}
    fragment TuningView on Tuning {
  id
  state
  budgetMs
  metric
  newPairs
  how
  askedAt
  startedAt
  endedAt
  error
  cancelAsked
  best {
    number
    text
    value
    recall
    ndcg
  }
  trials {
    number
    step
    text
    whole
    trained
    blends
    value
    difference
    uncertainty
    best
    elapsedMs
    error
    config {
      epochs
    }
  }
}`) as unknown as TypedDocumentString<TuningProgressSubscription, TuningProgressSubscriptionVariables>;
export const TransporterDocument = new TypedDocumentString(`
    query Transporter {
  transporter {
    carried
    through
    visible {
      count
      p50Ms
      p90Ms
      p99Ms
    }
    pipes {
      key
      kind
      name
      text
      state
      entries
      lagMs
      rate
      movedAt
      failure
      failedAt
      holder
      history {
        at
        lagMs
      }
    }
  }
}
    `) as unknown as TypedDocumentString<TransporterQuery, TransporterQueryVariables>;
export const ViewerEventsDocument = new TypedDocumentString(`
    mutation ViewerEvents($events: [ViewerEventInput!]!) {
  viewerEventsRecord(input: {events: $events}) {
    accepted
    userErrors {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ViewerEventsMutation, ViewerEventsMutationVariables>;
export const ShopNameDocument = new TypedDocumentString(`
    query ShopName {
  shop {
    name
  }
}
    `) as unknown as TypedDocumentString<ShopNameQuery, ShopNameQueryVariables>;