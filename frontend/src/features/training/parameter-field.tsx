import { NativeSelect, NumberInput } from '@mantine/core';
import { type FragmentType, readFragment } from '~/gql';
import { type FormParameterFragment, FormParameterFragmentDoc } from '~/gql/graphql';
import styles from './training.module.css';

/** What is given for a parameter: a number, or one of its choices. */
export type Given = number | string;

/** One parameter: what it does, its default for these data, and why that. Left alone it stays the default. */
export function ParameterField({
  parameter: masked,
  value,
  onChange,
}: {
  parameter: FragmentType<typeof FormParameterFragmentDoc>;
  value: Given | undefined;
  onChange(value: Given | undefined): void;
}) {
  const parameter = readFragment(FormParameterFragmentDoc, masked);
  const [first] = parameter.choices;
  if (first) {
    return (
      <div className={styles.parameter}>
        <NativeSelect
          label={parameter.label}
          description={parameter.what}
          data={parameter.choices.map((choice) => ({ value: choice, label: inWords(choice) }))}
          value={value ?? first}
          onChange={(event) => onChange(event.currentTarget.value === first ? undefined : event.currentTarget.value)}
        />
        <p className={styles.why}>
          <strong>Default</strong> {parameter.why}
        </p>
      </div>
    );
  }
  const byDefault = formatParameter(parameter.value);
  return (
    <div className={styles.parameter}>
      <NumberInput
        label={parameter.label}
        description={parameter.what}
        placeholder={byDefault}
        min={parameter.low ?? undefined}
        max={parameter.high ?? undefined}
        allowDecimal={!parameter.whole}
        allowNegative={false}
        step={stepOf(parameter.value, parameter.whole)}
        value={value ?? ''}
        onChange={(next) => onChange(next === '' || next === undefined ? undefined : Number(next))}
        error={typeof value === 'number' && wrongWith(parameter, value)}
      />
      <p className={styles.why}>
        <strong>Default</strong> {parameter.why} <span className={styles.range}>{rangeOf(parameter)}</span>
      </p>
    </div>
  );
}

/** A parameter's value as people write it: at most three digits that matter. */
export const formatParameter = (value: number) =>
  Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(3)));

/** A choice as people read it: `CAPPED` is Capped. */
const inWords = (choice: string) => choice.charAt(0) + choice.slice(1).toLowerCase();

function stepOf(value: number, whole: boolean): number {
  if (whole) return value >= 32 ? 8 : 1;
  return value === 0 ? 0.1 : 10 ** Math.floor(Math.log10(value));
}

type Range = Pick<FormParameterFragment, 'low' | 'above' | 'high' | 'unit'>;

function rangeOf({ low, above, high, unit }: Range): string {
  const from = above != null ? `above ${above}` : `from ${low ?? 0}`;
  const to = high != null ? ` to ${high.toLocaleString('en')}` : ' up';
  return above != null && high == null ? `Allowed: ${from}.` : `Allowed: ${from}${to}${unit ? ` (${unit})` : ''}.`;
}

function wrongWith(range: Range, value: number): string | false {
  const { low, above, high } = range;
  const isOut = (low != null && value < low) || (above != null && value <= above) || (high != null && value > high);
  return isOut && rangeOf(range);
}
