import type { ReasonKind } from '~/gql/graphql';

/** A reason with its share of the score, as the API gives it. */
export interface SharedReason {
  kind: ReasonKind;
  share?: number | null;
}

/** What spoke for a product, as parts of 100, and what spoke against it. */
export interface ShareList<Reason> {
  /** Widest first; percents add up to 100 with `others`. */
  pro: { reason: Reason; percent: number }[];
  /** The part of what is not listed. */
  others: number;
  /** What speaks against it, strongest first. */
  contra: Reason[];
}

/**
 * Turns exact shares into parts of 100. What is for the product adds up to
 * 100: the listed shares and, where the score is larger, the rest of it.
 */
export function shareList<Reason extends SharedReason>(reasons: readonly Reason[], score: number): ShareList<Reason> {
  const withShare = reasons.filter((reason) => reason.kind === 'EVENT' && typeof reason.share === 'number');
  const share = (reason: Reason) => reason.share ?? 0;
  const pro = withShare.filter((reason) => share(reason) > 0).sort((a, b) => share(b) - share(a));
  const contra = withShare.filter((reason) => share(reason) < 0).sort((a, b) => share(a) - share(b));
  const listed = pro.reduce((sum, reason) => sum + share(reason), 0);
  const all = withShare.reduce((sum, reason) => sum + share(reason), 0);
  const rest = Math.max(0, score - all);
  const whole = listed + rest || 1;
  return {
    pro: pro.map((reason) => ({ reason, percent: (100 * share(reason)) / whole })),
    others: (100 * rest) / whole,
    contra,
  };
}
