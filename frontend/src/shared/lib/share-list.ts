import type { ReasonKind } from '~/gql/graphql';

/** A reason with its share of the score, as the API gives it. */
export interface SharedReason {
  kind: ReasonKind;
  share?: number | null;
}

/** What speaks for something, as parts of 100, and what speaks against it. */
export interface ShareList<Reason> {
  /** Widest first; whole percents that add up to exactly 100 with `others`. */
  pro: { reason: Reason; percent: number }[];
  /** The part of what is not listed. Below half of a percent it is 0. */
  others: number;
  /** What speaks against it, strongest first. */
  contra: Reason[];
}

/**
 * Turns exact shares into parts of 100. What is for the product adds up to
 * 100: the listed shares and, where the score is larger, the rest of it. The
 * product's own gain multiplies them all, so that it is no part among them.
 */
export function shareList<Reason extends SharedReason>(reasons: readonly Reason[], score: number): ShareList<Reason> {
  const withShare = reasons.filter(
    ({ kind, share }) => (kind === 'EVENT' || kind === 'PRIOR') && typeof share === 'number',
  );
  const gain = reasons.find((reason) => reason.kind === 'GAIN');
  const share = (reason: Reason) => reason.share ?? 0;
  const pro = withShare.filter((reason) => share(reason) > 0).sort((a, b) => share(b) - share(a));
  const contra = withShare.filter((reason) => share(reason) < 0).sort((a, b) => share(a) - share(b));
  const listed = pro.reduce((sum, reason) => sum + share(reason), 0);
  const all = withShare.reduce((sum, reason) => sum + share(reason), 0);
  const rest = Math.max(0, score - (gain?.share ?? 0) - all);
  const whole = listed + rest || 1;
  const percents = wholeParts([...pro.map(share), rest].map((part) => (100 * part) / whole));
  return {
    pro: pro.map((reason, at) => ({ reason, percent: percents[at] ?? 0 })),
    others: percents.at(-1) ?? 0,
    contra,
  };
}

/** Rounds parts so that they add up to what the exact ones do: the largest remainders are rounded up. */
function wholeParts(exact: number[]): number[] {
  const parts = exact.map(Math.floor);
  let left = Math.round(exact.reduce((sum, part) => sum + part, 0)) - parts.reduce((sum, part) => sum + part, 0);
  const byRemainder = exact.map((part, at) => ({ at, rest: part % 1 })).sort((a, b) => b.rest - a.rest);
  for (const { at } of byRemainder) {
    if (left-- <= 0) break;
    parts[at] = (parts[at] ?? 0) + 1;
  }
  return parts;
}

/** Writes a whole percent; what is there but rounds to nothing is less than one. */
export const percentText = (percent: number): string => `${percent < 1 ? '< 1' : percent} %`;
